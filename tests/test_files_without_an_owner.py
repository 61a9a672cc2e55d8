"""What belongs to nothing goes after a day; what anything points to stays, logos too (RELIABILITY E10)."""

from datetime import timedelta

import pytest

from parvis.clients.actions.portals import brand_portal
from parvis.core.ids import uuid7
from parvis.documents.actions import add_document, folders_of
from parvis.files.checking import report
from parvis.files.due import due
from parvis.files.holding import hold
from parvis.files.models import StorageUse, StoredFile
from parvis.files.owning import unowned
from parvis.files.storage import storage
from parvis.projects.actions import open_discussion
from parvis.team.actions.workspaces import brand_workspace
from tests.factories import SUNDAY, make_draft, make_file, publish

pytestmark = pytest.mark.django_db(transaction=True)

A_DAY_LATER = SUNDAY + timedelta(hours=24, minutes=1)
LOOK = {"colour": "#2f5d50", "at": SUNDAY}


def bytes_held():
    return {kept.key for kept in storage().everything()}


def test_an_upload_whose_action_never_came_goes_after_a_day(agency):
    """A process was killed between the two: row, bytes and their share of the quota."""
    left = make_file(agency.workspace)
    assert due(SUNDAY + timedelta(hours=23))["unowned_files_deleted"] == 0

    assert due(A_DAY_LATER)["unowned_files_deleted"] == 1

    assert not StoredFile.objects.filter(pk=left.pk).exists()
    assert left.storage_key not in bytes_held()
    assert StorageUse.objects.get(workspace=agency.workspace).used_bytes == 0


def test_whatever_something_points_to_stays(agency, acting):
    """Documents, versions, attachments, held uploads; logos, which are known by a bare id."""
    alex, olga = acting(agency.alex), acting(agency.olga)
    files = {name: make_file(agency.workspace, f"{name}.png") for name in "abcdef"}
    folder = folders_of(agency.website)[0]
    add_document(agency.website, folder=folder, title="Brief", file=files["a"], actor=alex, at=SUNDAY)
    publish(make_draft(agency.website, approvers=[agency.sarah]), files=[files["b"]])
    open_discussion(
        agency.website, title="Hosting", body="See there.", actor=alex, at=SUNDAY, files=[files["c"]]
    )
    hold([files["d"]], form_id=uuid7(), actor=alex, at=A_DAY_LATER)
    brand_workspace(agency.workspace, logo_id=files["e"].pk, actor=olga, **LOOK)
    brand_portal(agency.acme.portal, logo_id=files["f"].pk, actor=olga, **LOOK)

    assert unowned(A_DAY_LATER + timedelta(days=400)) == []
    assert report(delete_orphans=True, at=A_DAY_LATER).unowned == []

    assert StoredFile.objects.filter(pk__in=[file.pk for file in files.values()]).count() == 6
    assert {file.storage_key for file in files.values()} <= bytes_held()


def test_a_logo_that_was_replaced_or_taken_away_goes(agency, acting):
    """A-37."""
    olga = acting(agency.olga)
    old, new, portals = (make_file(agency.workspace, f"{name}.png") for name in ("old", "new", "portals"))
    for logo in (old, new):
        brand_workspace(agency.workspace, logo_id=logo.pk, actor=olga, **LOOK)
    for logo_id in (portals.pk, None):
        brand_portal(agency.acme.portal, logo_id=logo_id, actor=olga, **LOOK)

    found = report(delete_orphans=False, at=A_DAY_LATER)
    assert sorted(line.split(":")[0] for line in found.sentences()) == ["unowned", "unowned"]
    assert found.is_clean, "nothing was lost"
    assert report(delete_orphans=True, at=A_DAY_LATER).cleared == 2

    assert list(StoredFile.objects.all()) == [new]
    assert bytes_held() == {new.storage_key}


def test_all_files_are_looked_at_once_an_hour(agency):
    at = A_DAY_LATER + timedelta(days=1)
    make_file(agency.workspace)
    assert due(at)["unowned_files_deleted"] == 1
    make_file(agency.workspace)

    assert due(at + timedelta(minutes=1))["unowned_files_deleted"] == 0
    assert due(at + timedelta(hours=1))["unowned_files_deleted"] == 1
