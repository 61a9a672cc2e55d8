"""Preferences of a contact: language and zone, notices, devices (G1-33, A-25)."""

from parvis.clients.models import ContactDevice
from parvis.core.clock import now
from parvis.notifications.preferences import preferences_of
from tests.factories import open_device


def test_language_and_zone_are_the_contacts_own(sarahs, agency):
    """A-25."""
    assert (
        sarahs.post("/preferences/", {"language": "fr", "time_zone": "America/New_York"}).status_code == 302
    )
    agency.sarah.refresh_from_db()
    assert (agency.sarah.language, agency.sarah.time_zone) == ("fr", "America/New_York")
    assert '<html lang="fr"' in sarahs.get("/").content.decode()


def test_notices_are_switched_off_one_by_one(sarahs, agency):
    """G1-33."""
    sarahs.post("/preferences/notices/", {"notice": ["replies"]})
    assert [choice.kind for choice in preferences_of(agency.sarah) if choice.is_on] == ["replies"]


def test_a_contact_forgets_a_device(sarahs, agency):
    """C4 of RELIABILITY."""
    lost, _secret = open_device(agency.sarah, agency.acme, at=now())
    foreign, _secret = open_device(agency.bo, agency.borealis, at=now())
    open_device(agency.sarah, agency.acme, at=now())
    sarahs.enter(agency.sarah, agency.acme)
    assert sarahs.post(f"/preferences/devices/{lost.pk}/removal/").status_code == 302
    lost.refresh_from_db()
    assert lost.revoked_at is not None
    assert sarahs.post(f"/preferences/devices/{foreign.pk}/removal/").status_code == 404
    assert ContactDevice.objects.get(pk=foreign.pk).revoked_at is None
