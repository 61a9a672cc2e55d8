"""Uploads on their way into an action: kept with it, or not at all."""

import pytest

from parvis.access import Actor, ActorKind
from parvis.core.ids import uuid7
from parvis.files.errors import FileDisguised
from parvis.files.models import StorageUse, StoredFile
from parvis.files.receiving import received
from parvis.files.tests.factories import AT, make_upload, make_workspace

pytestmark = pytest.mark.django_db(transaction=True)


def contact():
    return Actor(workspace_id=make_workspace().pk, kind=ActorKind.CONTACT, contact_id=uuid7())


def stored_names():
    return sorted(StoredFile.objects.values_list("name", flat=True))


def test_uploads_belong_to_whoever_sent_them():
    actor = contact()

    with received([make_upload("a.png"), make_upload("b.txt", b"b")], actor=actor, at=AT) as files:
        assert [file.name for file in files] == ["a.png", "b.txt"]

    assert stored_names() == ["a.png", "b.txt"]
    assert {file.uploaded_by_contact_id for file in files} == {actor.contact_id}
    assert {file.workspace_id for file in files} == {actor.workspace_id}


def test_an_action_that_refuses_leaves_none_of_them(files_folder):
    with pytest.raises(PermissionError), received([make_upload("a.png")], actor=contact(), at=AT):
        raise PermissionError

    assert stored_names() == []
    assert StorageUse.objects.get().used_bytes == 0
    assert not [path for path in files_folder.rglob("*") if path.is_file()]


def test_one_refused_upload_refuses_them_all(files_folder):
    uploads = [make_upload("a.png"), make_upload("b.png", b"<html>"), make_upload("c.png")]

    with pytest.raises(FileDisguised), received(uploads, actor=contact(), at=AT):
        pytest.fail("the action must not run")

    assert stored_names() == []
    assert not [path for path in files_folder.rglob("*") if path.is_file()]
