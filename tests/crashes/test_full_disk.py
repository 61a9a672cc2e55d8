"""S5: the system takes no more bytes; the answer says so, nothing half-written stays, the next request works.

A limit of the process stands for the full disk: the kernel refuses the write in the middle, on any machine.
"""

import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.core.clock import now
from parvis.documents.models import Document
from parvis.events.models import Event
from parvis.files.actions import store_upload
from parvis.files.errors import StorageFull
from parvis.files.models import StorageUse, StoredFile
from tests.clients import PortalBrowser

ROOM = 16 * 1024 * 1024
TOO_MUCH = b"a line of a long text\n" * (ROOM // 20)


@contextmanager
def little_room():
    """No file of this process may grow beyond `ROOM`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left_behind(*folders):
    return [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]


@pytest.fixture
def sarahs(agency):
    return PortalBrowser(agency.workspace).enter(agency.sarah, agency.acme)


def upload(browser, project, content):
    file = SimpleUploadedFile("brief.txt", content)
    return browser.post("/documents/new/", {"project": project.pk, "file": file})


def test_a_disk_that_fills_while_the_form_comes_in(agency, sarahs, files_folder, settings, tmp_path):
    """E8, E10."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    with little_room():
        answer = upload(sarahs, agency.website, TOO_MUCH)
    assert answer.status_code == 507
    assert "There is no room left for this file. Nothing was saved" in answer.content.decode()
    assert not StoredFile.objects.exists() and not Document.objects.exists() and not Event.objects.exists()
    assert not left_behind(files_folder, tmp_path)

    assert upload(sarahs, agency.website, b"short enough").status_code == 302
    assert Document.objects.count() == 1


def test_a_disk_that_fills_while_the_file_is_stored(agency, files_folder):
    """E10: the pending row, its share of the quota and the bytes are gone together."""
    with little_room(), pytest.raises(StorageFull):
        store_upload(SimpleUploadedFile("brief.txt", TOO_MUCH), workspace_id=agency.workspace.pk, at=now())
    assert not StoredFile.objects.exists()
    assert StorageUse.objects.get().used_bytes == 0
    assert not left_behind(files_folder)
