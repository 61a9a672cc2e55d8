"""The internal stream (G1-30 to G1-32, G2-17a, G2-17f)."""

import pytest

from parvis.access import Audience, Forbidden, Role
from parvis.backstage.actions import add_note, add_staff_comment
from parvis.backstage.errors import NothingWritten
from parvis.backstage.models import ClientNote, StaffComment, StaffMention
from parvis.events.models import Event
from tests.factories import SUNDAY, canary, make_draft, make_member


def test_the_team_talks_about_a_deliverable_and_no_client_hears_of_it(agency, acting):
    """G1-30, G1-32: neither as a row nor as an event, nor as words in one."""
    homepage, words = make_draft(agency.website), canary("too late")
    comment = add_staff_comment(homepage, body=words, actor=acting(agency.alex), at=SUNDAY)
    assert comment in StaffComment.objects.visible_to(acting(agency.olga))
    assert not StaffComment.objects.visible_to(acting(agency.sarah)).exists()
    event = Event.objects.get(kind="staff.commented")
    assert event.audience == Audience.STAFF
    assert words not in str(event.values) + str(event.names.values)


def test_a_reply_to_a_reply_hangs_on_the_first_comment(agency, acting):
    alex = acting(agency.alex)
    root = add_staff_comment(agency.website, body="One", actor=alex, at=SUNDAY)
    reply = add_staff_comment(agency.website, body="Two", actor=alex, at=SUNDAY, parent=root)
    deeper = add_staff_comment(agency.website, body="Three", actor=alex, at=SUNDAY, parent=reply)
    assert deeper.parent == root


def test_only_members_who_see_the_project_are_mentioned(agency, acting):
    """G1-16."""
    outsider = make_member(agency.workspace, "Ines Kahn", role=Role.MEMBER)
    body = f"@{agency.alex.handle} @{outsider.handle} @client-sarah look"
    add_staff_comment(agency.website, body=body, actor=acting(agency.olga), at=SUNDAY)
    assert [mention.member for mention in StaffMention.objects.all()] == [agency.alex]


def test_no_contact_writes_or_reads_inside(agency, acting):
    """G2-17a, G2-17f."""
    with pytest.raises(Forbidden):
        add_staff_comment(agency.website, body="Hi", actor=acting(agency.sarah), at=SUNDAY)
    with pytest.raises(Forbidden):
        add_note(agency.acme, body="Hi", actor=acting(agency.sarah), at=SUNDAY)


def test_notes_carry_a_date_and_need_words(agency, acting):
    """G2-21d."""
    note = add_note(agency.acme, body=" Pays late. ", actor=acting(agency.olga), at=SUNDAY)
    assert (ClientNote.objects.get().at, note.body) == (SUNDAY, "Pays late.")
    with pytest.raises(NothingWritten):
        add_note(agency.acme, body="  ", actor=acting(agency.olga), at=SUNDAY)
