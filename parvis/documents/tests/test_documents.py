"""Documents and versions (G1-27 to G1-29, A-39)."""

import pytest

from parvis.access import Forbidden
from parvis.clients.actions.portals import configure_portal
from parvis.clients.models import Membership
from parvis.core.ids import uuid7
from parvis.documents.actions import (
    add_document,
    add_version,
    delete_document,
    edit_document,
    file_approved_version,
    folders_of,
    move_document,
    record_download,
    restore_document,
)
from parvis.documents.errors import DocumentDeleted, FolderElsewhere
from parvis.documents.models import Document, FolderKind
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import SUNDAY, make_file, make_project


@pytest.fixture
def brief(agency, acting):
    return add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title="Brief",
        file=make_file(agency.workspace),
        actor=acting(agency.olga),
        at=SUNDAY,
    )


def test_a_project_starts_with_the_default_tree_once(agency):
    """G1-28."""
    folders = {folder.kind: folder for folder in folders_of(agency.website)}
    assert [folder.pk for folder in folders_of(agency.website)] == [f.pk for f in folders.values()]
    assert folders[FolderKind.DESIGN].parent == folders[FolderKind.DELIVERABLES]
    assert folders[FolderKind.BRAND].parent == folders[FolderKind.REFERENCE]
    assert len(folders) == 9


def test_another_upload_is_another_version(agency, acting, brief):
    """G1-27: earlier ones stay, the newest is current, the first is the original."""
    second = add_version(
        brief, file=make_file(agency.workspace), note="Shorter", actor=acting(agency.olga), at=SUNDAY
    )
    brief.refresh_from_db()
    assert (brief.current_version, second.number) == (second, 2)
    assert [version.is_original for version in brief.versions.all()] == [False, True]


def test_two_uploads_at_once_get_two_numbers(agency, acting, brief):
    stale = Document.objects.get(pk=brief.pk)
    add_version(brief, file=make_file(agency.workspace), actor=acting(agency.olga), at=SUNDAY)
    third = add_version(stale, file=make_file(agency.workspace), actor=acting(agency.sarah), at=SUNDAY)
    assert third.number == 3
    assert third.uploaded_by_contact == agency.sarah


def test_an_approved_version_is_filed_once_without_a_second_upload(agency, acting):
    """G1-29."""
    file, version_id = make_file(agency.workspace), uuid7()
    filed = [
        file_approved_version(
            agency.website,
            version_id=version_id,
            title="Homepage, version 3",
            files=[file],
            actor=acting(agency.sarah),
            at=SUNDAY,
        )
        for _ in range(2)
    ]
    assert filed[0] == filed[1]
    assert filed[0].folder.kind == FolderKind.APPROVALS
    assert filed[0].current_version.file == file
    assert Document.objects.count() == 1


def test_a_document_named_after_a_long_file_is_added_with_a_shorter_name(agency, acting):
    """G1-27: a file name may have 180 bytes, a name here 160 characters."""
    file = make_file(agency.workspace, f"{'x' * 175}.png")
    added = add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title=file.name,
        file=file,
        actor=acting(agency.sarah),
        at=SUNDAY,
    )
    added.refresh_from_db()
    assert len(added.title) == 160
    assert added.title.endswith(".png")


def test_a_document_is_renamed_by_the_team_alone(agency, acting, brief):
    edit_document(brief, title=" Brief \n 2 ", client_visible=True, actor=acting(agency.alex), at=SUNDAY)
    brief.refresh_from_db()
    assert (brief.title, brief.search_text, brief.edition) == ("Brief 2", "brief 2", 2)
    with pytest.raises(Forbidden):
        edit_document(brief, title="Mine", client_visible=True, actor=acting(agency.sarah), at=SUNDAY)


def test_a_document_moves_within_its_project_only(agency, acting, brief):
    olga = acting(agency.olga)
    move_document(brief, folder=folders_of(agency.website)[1], actor=olga, at=SUNDAY)
    elsewhere = folders_of(make_project(agency.borealis, "Other"))[0]
    with pytest.raises(FolderElsewhere):
        move_document(brief, folder=elsewhere, actor=olga, at=SUNDAY)
    with pytest.raises(Forbidden):
        move_document(brief, folder=brief.folder, actor=acting(agency.sarah), at=SUNDAY)


def test_a_deleted_document_comes_back_with_its_versions(agency, acting, brief):
    olga = acting(agency.olga)
    delete_document(brief, actor=olga, at=SUNDAY)
    assert brief not in Document.objects.visible_to(acting(agency.sarah))
    with pytest.raises(DocumentDeleted):
        add_version(brief, file=make_file(agency.workspace), actor=olga, at=SUNDAY)
    restore_document(brief, actor=olga, at=SUNDAY)
    assert brief in Document.objects.visible_to(acting(agency.sarah))


def test_downloads_of_contacts_are_noted(agency, acting, brief):
    """A-39; the team's own are not."""
    record_download(brief.current_version, actor=acting(agency.olga), at=SUNDAY)
    record_download(brief.current_version, actor=acting(agency.sarah), at=SUNDAY)
    assert Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).count() == 1


def test_a_switch_that_is_off_refuses_uploads_and_downloads(agency, acting, brief):
    """G1-08d, G2-12d, A-03."""
    configure_portal(agency.acme.portal, switches=(), actor=acting(agency.olga), at=SUNDAY)
    sarah = acting(agency.sarah)
    with pytest.raises(Forbidden):
        record_download(brief.current_version, actor=sarah, at=SUNDAY)
    with pytest.raises(Forbidden):
        add_version(brief, file=make_file(agency.workspace), actor=sarah, at=SUNDAY)
    assert not Document.objects.visible_to(sarah).exists()


def test_a_document_kept_inside_reaches_no_contact(agency, acting):
    inside = add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title="Costs",
        file=make_file(agency.workspace),
        client_visible=False,
        actor=acting(agency.olga),
        at=SUNDAY,
    )
    assert inside not in Document.objects.visible_to(acting(agency.sarah))
    with pytest.raises(Forbidden):
        record_download(inside.current_version, actor=acting(agency.sarah), at=SUNDAY)
    assert Membership.objects.filter(contact=agency.sarah).exists()
