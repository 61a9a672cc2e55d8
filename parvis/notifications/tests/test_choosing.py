"""Choosing messages: the signed address in the foot of a mail, and whose choice it is."""

import pytest
from django.core.exceptions import PermissionDenied

from parvis.notifications.kinds import ContactNotice
from parvis.notifications.models import Preference
from parvis.notifications.preferences import is_on, preferences_of, set_preferences
from parvis.outbox.models import Message
from tests.factories import SUNDAY, make_draft, publish

NOW = SUNDAY


@pytest.fixture
def address(agency, postbox):
    publish(make_draft(agency.website, approvers=[agency.sarah]))
    postbox.run(NOW)
    (mail,) = postbox.to(agency.sarah)
    return mail.links[-1].removeprefix("http://localhost:8000")


def test_a_look_changes_nothing(agency, client, address):
    """A link shows; it never does."""
    page = client.get(address)
    assert page.status_code == 200
    assert "sarah-lopez@acme-corp.test" in page.content.decode()
    assert not Preference.objects.exists()


def test_the_page_keeps_the_choice(agency, client, address):
    on = [kind.value for kind in ContactNotice if kind != ContactNotice.MILESTONES]
    answer = client.post(address, {"on": on}, follow=True)
    assert "Your choice is saved." in answer.content.decode()
    off = [choice.kind for choice in preferences_of(agency.sarah) if not choice.is_on]
    assert off == ["milestones"]


def test_one_press_in_the_mail_program_stops_this_kind(agency, client, address):
    """RFC 8058"""
    client.handler.enforce_csrf_checks = True
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 204
    assert not is_on(agency.sarah, ContactNotice.DELIVERABLE_READY)
    assert is_on(agency.sarah, ContactNotice.REPLIES)


def test_a_forged_address_is_refused(client, address):
    """C2"""
    head, signed, _end = address.rsplit("/", 2)
    answer = client.post(f"{head}/{signed[:-1]}{'A' if signed[-1] != 'A' else 'B'}/", {"on": []})
    assert answer.status_code == 404
    assert not Preference.objects.exists()


def test_the_page_speaks_the_readers_language(agency, client, address):
    agency.sarah.language = "fr"
    agency.sarah.save()
    assert '<html lang="fr"' in client.get(address).content.decode()


def test_nobody_chooses_for_somebody_else(agency, acting):
    with pytest.raises(PermissionDenied):
        set_preferences(agency.sarah, {"replies": False}, actor=acting(agency.mark), at=NOW)
    with pytest.raises(PermissionDenied):
        set_preferences(agency.sarah, {"replies": False}, actor=acting(agency.olga), at=NOW)


def test_an_unknown_kind_is_a_bug(agency, acting):
    with pytest.raises(ValueError, match="invoices"):
        set_preferences(agency.sarah, {"invoices": False}, actor=acting(agency.sarah), at=NOW)
    assert not Message.objects.exists()
