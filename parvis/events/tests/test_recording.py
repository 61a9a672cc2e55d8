"""What happened is written once, with its change, and stays as it is (G10)."""

import pytest
from django.db import DatabaseError, connection, transaction

from parvis.access import Actor, Audience, Guard
from parvis.events.actions import erase_names, record
from parvis.events.kinds import EventKind
from parvis.events.models import Event, EventDelivery, EventNames, EventSeal, SealHead, WaitingSeal
from parvis.events.sealing import seal, verify
from parvis.events.tests.factories import AT, Thing, make_contact, make_event, make_member, make_workspace
from parvis.events.triggers import drop_triggers, has_triggers, restore_triggers

LISTENERS = "parvis.events.tests.listeners.SUBSCRIBERS"


@pytest.mark.django_db
def test_an_event_names_who_did_what_to_what(settings):
    settings.SUBSCRIBERS = LISTENERS
    workspace = make_workspace()
    alex = make_member(workspace)

    event = make_event(workspace, alex, values={"version": 3}, names={"contact": "Sarah"})

    event.refresh_from_db()
    assert (event.actor_kind, event.actor_id, event.subject_type) == ("member", alex.member_id, "tests.Thing")
    assert event.values == {"version": 3}
    assert event.names.values == {"actor": "Alex", "subject": "Home page", "contact": "Sarah"}
    assert event.deliveries.count() == 2


@pytest.mark.django_db
def test_a_contact_previewed_by_a_member_acts_as_the_contact():
    workspace = make_workspace()
    sarah = make_contact(workspace)

    assert make_event(workspace, sarah).actor_id == sarah.contact_id


@pytest.mark.django_db(transaction=True)
def test_an_event_cannot_be_recorded_apart_from_its_change():
    workspace = make_workspace()

    with pytest.raises(RuntimeError):
        record(
            EventKind.DELIVERABLE_APPROVED,
            actor=Actor.system(workspace.pk),
            subject=Thing(Guard(workspace.pk)),
            at=AT,
            audience=Audience.STAFF,
        )

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_disappears_with_the_change_that_was_taken_back(settings):
    settings.SUBSCRIBERS = LISTENERS
    workspace = make_workspace()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_event(workspace)
        raise ZeroDivisionError

    for table in (Event, EventNames, EventDelivery, WaitingSeal):
        assert not table.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Please call Sarah", "two\nlines", "é", "x" * 81])
def test_free_text_does_not_get_into_the_values(text):
    with pytest.raises(ValueError, match="Free text"):
        make_event(make_workspace(), values={"note": text})


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, {"a": 1}, object()])
def test_what_is_no_plain_value_is_refused(value):
    with pytest.raises(TypeError):
        make_event(make_workspace(), values={"note": value})


@pytest.mark.django_db
def test_nobody_makes_history_in_another_workspace():
    nord, other = make_workspace(), make_workspace("other")

    with pytest.raises(ValueError, match="workspace"):
        make_event(nord, make_member(other))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(audience="staff"),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: EventSeal.objects.update(hash="0" * 64),
        lambda: EventSeal.objects.all().delete(),
        lambda: SealHead.objects.update(sequence=0),
        lambda: SealHead.objects.all().delete(),
    ],
)
def test_the_database_refuses_to_change_what_happened(change):
    make_event(make_workspace())
    seal()

    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.mark.django_db
def test_the_triggers_come_back_after_a_migration_dropped_them():
    drop_triggers(connection)
    assert not has_triggers(connection)

    restore_triggers(using="default")

    assert has_triggers(connection)


@pytest.mark.django_db
def test_names_can_be_erased_and_the_chain_stays_whole():
    workspace = make_workspace()
    event = make_event(workspace)
    seal()

    assert erase_names(Event.objects.filter(pk=event.pk)) == 1

    assert not EventNames.objects.exists()
    assert verify(workspace) is None
