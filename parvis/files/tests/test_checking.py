"""Rows and bytes compared, and what a crash leaves at each point (RELIABILITY E10)."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files import File
from django.db import connections

from parvis.core import failpoints
from parvis.core.clock import now
from parvis.files.actions import delete_stored_file, store_upload
from parvis.files.checking import report
from parvis.files.due import make_waiting_previews
from parvis.files.models import StorageUse, StoredFile
from parvis.files.storage import FolderStorage, storage
from parvis.files.tests.factories import AT, make_stored_file, make_workspace
from parvis.workspaces.models import Branding

IN_TWO_DAYS = timedelta(days=2)
TIMES = 50 if os.environ.get("PARVIS_TIER") == "full" else 3


def make_owned_file():
    """A stored file that is in use: the logo of its workspace."""
    file = make_stored_file()
    Branding.objects.create(workspace_id=file.workspace_id, logo_id=file.pk)
    return file


@pytest.mark.django_db
def test_a_whole_storage_is_clean():
    make_owned_file()
    make_waiting_previews(AT)

    found = report(delete_orphans=True, at=now() + IN_TWO_DAYS)

    assert found.is_clean
    assert (found.checked, found.cleared, list(found.sentences())) == (1, 0, [])


@pytest.mark.django_db
def test_lost_and_changed_bytes_are_named(files_folder):
    lost, changed, pageless = make_owned_file(), make_owned_file(), make_owned_file()
    make_waiting_previews(AT)
    storage().delete(lost.storage_key)
    FolderStorage(files_folder).path(changed.storage_key).write_bytes(b"other")
    storage().delete(pageless.pages.get().key_small)

    found = report(delete_orphans=False, at=now())

    assert (found.missing, found.altered, found.without_pages) == ([lost], [changed], [pageless])
    assert [line.split(":")[0] for line in found.sentences()] == ["missing", "altered", "pages"]
    assert not found.is_clean


@pytest.mark.django_db(transaction=True)
def test_lost_page_pictures_are_drawn_again():
    file = make_owned_file()
    make_waiting_previews(AT)
    storage().delete(file.pages.get().key_small)

    assert report(delete_orphans=True, at=now()).cleared == 1
    make_waiting_previews(AT)

    assert report(delete_orphans=False, at=now()).is_clean


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_up_after_a_day_and_not_before():
    file = make_owned_file()
    StoredFile.objects.filter(pk=file.pk).delete()
    StorageUse.objects.update(used_bytes=0)

    assert report(delete_orphans=True, at=now()).unknown == []
    found = report(delete_orphans=True, at=now() + IN_TWO_DAYS)

    assert ([kept.key for kept in found.unknown], found.cleared) == ([file.storage_key], 1)
    assert list(storage().everything()) == []


@pytest.mark.django_db
def test_a_wrong_count_of_used_bytes_is_named_and_put_right():
    file = make_owned_file()
    StorageUse.objects.update(used_bytes=1)

    found = report(delete_orphans=True, at=now())

    assert [use.workspace_id for use in found.miscounted] == [file.workspace_id]
    assert StorageUse.objects.get().used_bytes == file.size_bytes


def in_a_process_that_dies(failpoint, passes, job):
    """Run `job` in a fork which is killed at the failpoint; answers whether it died there."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        # A connection of its own: after a browser test there may be one that `close_all` does not know,
        # and what the dead leave open on a shared one stays open in us.
        del connections["default"]
        failpoints.arm(failpoint, "kill", passes=passes)
        try:
            job()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


UPLOAD_FAILPOINTS = [
    ("files.before_row", 0),
    ("files.after_row", 0),
    ("files.half_written", 0),
    ("files.half_written", 2),
    ("files.after_inspection", 0),
    ("files.after_write", 0),
    ("files.after_rename", 0),
    ("files.before_ready", 0),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("failpoint", "passes"), UPLOAD_FAILPOINTS)
def test_killed_during_an_upload_nothing_half_done_is_ever_ready(failpoint, passes, files_folder):
    workspace = make_workspace()
    content = bytes(200_000)

    def upload():
        return store_upload(File(io.BytesIO(content), "a.bin"), workspace_id=workspace.pk, at=now())

    for _time in range(TIMES):
        assert in_a_process_that_dies(failpoint, passes, upload)

    assert not StoredFile.objects.ready().exists()
    found = report(delete_orphans=True, at=now() + IN_TWO_DAYS)
    assert found.is_clean
    assert not StoredFile.objects.exists()
    assert not [path for path in files_folder.rglob("*") if path.is_file()]
    assert not StorageUse.objects.filter(used_bytes__gt=0).exists()
    assert upload().is_ready  # the client tries again


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failpoint", ["files.after_row_deleted", "files.before_bytes_deleted"])
def test_killed_during_a_deletion_either_all_is_there_or_only_bytes_to_sweep_up(failpoint, files_folder):
    file = make_owned_file()

    assert in_a_process_that_dies(failpoint, 0, lambda: delete_stored_file(file))

    found = report(delete_orphans=True, at=now() + IN_TWO_DAYS)
    assert found.is_clean
    still_there = StoredFile.objects.filter(pk=file.pk).exists()
    assert still_there == (failpoint == "files.after_row_deleted")
    assert bool([path for path in files_folder.rglob("*") if path.is_file()]) == still_there


def test_a_failpoint_passes_unless_it_is_the_one_armed():
    failpoints.arm("files.elsewhere", "raise", passes=1)
    try:
        failpoints.failpoint("files.after_rename")
        failpoints.failpoint("files.elsewhere")
        with pytest.raises(failpoints.FailpointReached):
            failpoints.failpoint("files.elsewhere")
    finally:
        failpoints.disarm()
    failpoints.failpoint("files.elsewhere")
