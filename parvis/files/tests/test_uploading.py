"""Storing an upload: what is kept, what is refused, that a refusal leaves nothing (RELIABILITY E2, E8)."""

import errno
import hashlib
import io
import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from parvis.files import errors
from parvis.files.actions import delete_stored_file, store_upload
from parvis.files.media import Family
from parvis.files.models import FileState, PreviewState, StorageUse, StoredFile
from parvis.files.storage import FolderStorage, storage
from parvis.files.tests.factories import AT, make_stored_file, make_upload, make_workspace, pdf, picture


def stored_bytes(file):
    with storage().open(file.storage_key) as handle:
        return handle.read()


def used_bytes(workspace):
    return StorageUse.objects.get(workspace=workspace).used_bytes


@pytest.mark.django_db
def test_a_picture_is_kept_byte_for_byte_and_waits_for_its_preview():
    content = picture()

    file = make_stored_file("Homepage v2.PNG", content)

    file.refresh_from_db()
    assert file.state == FileState.READY
    assert (file.name, file.media_type, file.family) == ("Homepage v2.PNG", "image/png", Family.IMAGE)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.size_bytes == len(content)
    assert file.preview_state == PreviewState.WAITING
    assert stored_bytes(file) == content


@pytest.mark.django_db
def test_the_key_tells_nothing_and_the_uploaders_type_is_ignored(files_folder):
    file = make_stored_file("secret-merger.txt", b"words")

    assert file.media_type == "text/plain"  # the upload claimed text/html
    assert "secret" not in file.storage_key
    assert [path.name for path in files_folder.rglob("*") if path.is_file()] == [file.storage_key]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "media_type", "family"),
    [
        ("a.pdf", pdf(1), "application/pdf", Family.PDF),
        ("a.jpg", picture("JPEG"), "image/jpeg", Family.IMAGE),
        ("a.webp", picture("WEBP"), "image/webp", Family.IMAGE),
        ("a.csv", b"a;b\n1;2\n", "text/csv", Family.SHEET),
        ("a.docx", b"PK\x03\x04rest", None, Family.DOCUMENT),
        ("a.zip", b"PK\x03\x04rest", "application/zip", Family.ARCHIVE),
        ("a.mp4", b"\0\0\0\x20ftypisom", "video/mp4", Family.VIDEO),
        ("a.html", b"<script>1</script>", "application/octet-stream", Family.TEXT),
        ("a.svg", b"<svg onload='x()'/>", "application/octet-stream", Family.IMAGE),
        ("a.fig", b"anything", "application/octet-stream", Family.OTHER),
        ("no-dot", b"anything", "application/octet-stream", Family.OTHER),
    ],
)
def test_the_type_comes_from_our_table(name, content, media_type, family):
    file = make_stored_file(name, content)

    assert file.family == family
    assert media_type in {None, file.media_type}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("empty.txt", b"", errors.FileEmpty),
        ("page.jpg", b"<!doctype html><script>1</script>", errors.FileDisguised),
        ("photo.png", picture("JPEG"), errors.FileDisguised),
        ("program.png", b"MZ\x90\0", errors.FileDisguised),
        ("program.exe", b"MZ\x90\0", errors.ProgramRefused),
        ("program", b"\x7fELF\0\0", errors.ProgramRefused),
        ("photo.jpg.scr", picture("JPEG"), errors.ProgramRefused),
        ("cut.png", picture()[:2000], errors.ImageUnreadable),
        ("wide.png", picture(size=(6000, 5001)), errors.ImageTooBig),
    ],
)
def test_a_refused_upload_leaves_nothing_behind(name, content, refusal, files_folder):
    workspace = make_workspace()

    with pytest.raises(refusal):
        store_upload(make_upload(name, content), workspace_id=workspace.pk, at=AT)

    assert not StoredFile.objects.exists()
    assert not [path for path in files_folder.rglob("*") if path.is_file()]
    assert not StorageUse.objects.filter(used_bytes__gt=0).exists()


@pytest.mark.django_db
def test_thirty_million_pixels_are_just_accepted():
    assert make_stored_file("wide.png", picture(size=(6000, 5000))).is_ready


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_with_the_limit_in_words():
    with pytest.raises(errors.FileTooLarge, match="up to 1 MB"):
        make_stored_file("long.txt", b"x" * 1_048_577, limit_bytes=1_048_576)

    assert make_stored_file("long.txt", b"x" * 1_048_576, limit_bytes=1_048_576).is_ready


@pytest.mark.django_db
def test_the_quota_counts_to_the_byte(settings):
    settings.WORKSPACE_QUOTA_BYTES = 100
    workspace = make_workspace()

    make_stored_file("a.txt", b"x" * 60, workspace_id=workspace.pk)
    with pytest.raises(errors.StorageFull):
        make_stored_file("b.txt", b"x" * 41, workspace_id=workspace.pk)
    make_stored_file("c.txt", b"x" * 40, workspace_id=workspace.pk)

    assert used_bytes(workspace) == 100


@pytest.mark.django_db
def test_deleting_gives_the_room_back(settings, files_folder, django_capture_on_commit_callbacks):
    settings.WORKSPACE_QUOTA_BYTES = 100
    workspace = make_workspace()
    file = make_stored_file("a.txt", b"x" * 90, workspace_id=workspace.pk)

    with django_capture_on_commit_callbacks(execute=True):
        delete_stored_file(file)

    assert used_bytes(workspace) == 0
    assert not [path for path in files_folder.rglob("*") if path.is_file()]
    assert make_stored_file("b.txt", b"x" * 90, workspace_id=workspace.pk).is_ready


@pytest.mark.django_db(transaction=True)
def test_uploads_in_parallel_never_pass_the_quota_together(settings):
    settings.WORKSPACE_QUOTA_BYTES = 500
    workspace = make_workspace()
    outcomes = []

    def upload(number):
        try:
            make_stored_file(f"{number}.txt", b"x" * 90, workspace_id=workspace.pk)
            outcomes.append("stored")
        except errors.StorageFull:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["full"] * 7 + ["stored"] * 5
    assert used_bytes(workspace) == 450


class FullDisk(FolderStorage):
    """A disk which takes the first bytes and then has no room."""

    @contextmanager
    def incoming(self, key):
        with super().incoming(key) as incoming:
            incoming.handle = FullHandle(incoming.handle)
            yield incoming


class FullHandle(io.RawIOBase):
    def __init__(self, handle):
        self.handle = handle

    def write(self, data):
        self.handle.write(data[:10])
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.django_db
def test_a_full_disk_is_a_sentence_and_leaves_nothing(monkeypatch, files_folder):
    workspace = make_workspace()
    monkeypatch.setattr("parvis.files.actions.storage", lambda: FullDisk(files_folder))

    with pytest.raises(errors.StorageFull, match="Nothing was saved"):
        make_stored_file("a.txt", b"x" * 5000, workspace_id=workspace.pk)

    assert not StoredFile.objects.exists()
    assert used_bytes(workspace) == 0
    assert not [path for path in files_folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_an_upload_shorter_than_announced_is_refused():
    upload = make_upload("a.txt", b"short")
    upload.size = 50

    with pytest.raises(errors.UploadUnreadable):
        store_upload(upload, workspace_id=make_workspace().pk, at=AT)

    assert not StoredFile.objects.exists()


def test_an_address_of_a_storage_we_cannot_use_is_a_clear_sentence(settings):
    settings.FILES_URL = "s3://bucket"

    with pytest.raises(Exception, match="PARVIS_FILES_URL names an S3 storage"):
        storage()


@pytest.mark.parametrize("key", ["../../etc/passwd", "a" * 31, "a" * 31 + "/", ""])
def test_a_key_never_names_another_place(key, files_folder):
    with pytest.raises(ValueError, match="Not a storage key"):
        FolderStorage(files_folder).open(key)
