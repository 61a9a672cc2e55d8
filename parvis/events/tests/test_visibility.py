"""Who reads which events (A-03, A-38, G2-24a)."""

import pytest

from parvis.access import Audience
from parvis.core.ids import uuid7
from parvis.events.models import Event
from parvis.events.tests.factories import make_contact, make_event, make_member, make_workspace

ACME, BOREALIS = uuid7(), uuid7()
WEBSITE, LEAFLET = uuid7(), uuid7()


@pytest.fixture
def events(db):
    """Events of two clients, two projects, both audiences, and of another workspace."""
    nord = make_workspace()
    make_event(make_workspace("other"), client_id=ACME)
    return nord, {
        "acme": make_event(nord, client_id=ACME),
        "website": make_event(nord, client_id=ACME, project_id=WEBSITE),
        "leaflet": make_event(nord, client_id=ACME, project_id=LEAFLET),
        "staff": make_event(nord, client_id=ACME, project_id=WEBSITE, audience=Audience.STAFF),
        "borealis": make_event(nord, client_id=BOREALIS),
        "nobody's": make_event(nord),
    }


def seen(actor, events):
    """Names of the events an actor may read."""
    found = set(Event.objects.visible_to(actor).values_list("pk", flat=True))
    assert found <= {event.pk for event in events.values()}, "an event of another workspace"
    return {name for name, event in events.items() if event.pk in found}


def test_a_manager_reads_everything_of_the_workspace(events):
    nord, named = events
    assert seen(make_member(nord), named) == set(named)


def test_a_limited_member_reads_what_they_work_on(events):
    nord, named = events
    alex = make_member(nord, assigned_client_ids=frozenset({ACME}), assigned_project_ids=frozenset({WEBSITE}))
    assert seen(alex, named) == {"acme", "website", "staff"}


def test_a_contact_reads_the_client_facing_events_of_their_client(events):
    nord, named = events
    assert seen(make_contact(nord, ACME), named) == {"acme", "website", "leaflet"}


def test_a_contact_of_one_project_reads_nothing_of_the_others(events):
    nord, named = events
    sarah = make_contact(nord, ACME, project_ids=frozenset({WEBSITE}))
    assert seen(sarah, named) == {"acme", "website"}


def test_a_contact_of_two_clients_reads_both(events):
    nord, named = events
    assert seen(make_contact(nord, ACME, BOREALIS), named) == {"acme", "website", "leaflet", "borealis"}


def test_a_closed_portal_shows_nothing(events):
    nord, named = events
    assert seen(make_contact(nord, ACME, portal_enabled=False), named) == set()


def test_a_contact_without_a_client_reads_nothing(events):
    nord, named = events
    assert seen(make_contact(nord), named) == set()
