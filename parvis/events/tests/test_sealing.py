"""The chain of seals names the first place where history was changed (G10)."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from parvis.events.models import Event, EventDelivery, EventNames, EventSeal, SealHead, WaitingSeal
from parvis.events.sealing import seal, verify
from parvis.events.tests.factories import AT, make_event, make_workspace
from parvis.events.triggers import create_triggers, drop_triggers


@pytest.fixture
def chain(db):
    """A workspace with five sealed events, and the triggers lifted as by somebody who owns the database."""
    workspace = make_workspace()
    events = [make_event(workspace, values={"version": number}) for number in range(1, 6)]
    seal()
    drop_triggers(connection)
    yield workspace, events
    create_triggers(connection)


def test_an_untouched_chain_is_whole(chain, capsys):
    workspace, _events = chain
    create_triggers(connection)
    call_command("audit", "verify")
    assert "nord: whole, 5 " in capsys.readouterr().out
    assert verify(workspace) is None
    drop_triggers(connection)


def test_missing_triggers_are_told(chain):
    with pytest.raises(CommandError, match="triggers"):
        call_command("audit", "verify")


@pytest.mark.parametrize(
    "change",
    [
        {"values": {"version": 9}},
        {"audience": "staff"},
        {"actor_kind": "system"},
        {"kind": "deliverable.rejected"},
        {"at": AT.replace(year=2026)},
        {"names_digest": "0" * 64},
    ],
)
def test_an_edited_event_is_found(chain, change):
    workspace, events = chain
    Event.objects.filter(pk=events[2].pk).update(**change)

    found = verify(workspace)

    assert (found.sequence, found.event_id) == (3, events[2].pk)
    with pytest.raises(CommandError, match=str(events[2].pk)):
        call_command("audit", "verify")


def test_edited_names_are_found(chain):
    workspace, events = chain
    EventNames.objects.filter(event=events[1]).update(values={"actor": "Mark", "subject": "Home page"})
    assert verify(workspace).sequence == 2


def test_a_removed_link_is_found(chain):
    workspace, events = chain
    EventSeal.objects.filter(event=events[1]).delete()
    assert verify(workspace).sequence == 2


def test_exchanged_links_are_found(chain):
    workspace, events = chain
    EventSeal.objects.filter(event=events[1]).update(sequence=99)
    EventSeal.objects.filter(event=events[2]).update(sequence=2)
    EventSeal.objects.filter(event=events[1]).update(sequence=3)
    assert verify(workspace).sequence == 2


def test_a_tail_that_was_cut_off_is_found(chain):
    workspace, events = chain
    last = Event.objects.filter(pk=events[4].pk)
    EventSeal.objects.filter(event__in=last).delete()
    EventNames.objects.filter(event__in=last).delete()
    EventDelivery.objects.filter(event__in=last).delete()
    last.delete()
    assert verify(workspace).reason == "the end of the chain is cut off"


def test_an_event_slipped_in_beside_the_log_is_found(chain):
    workspace, events = chain
    smuggled = Event.objects.get(pk=events[0].pk)
    smuggled.pk = None
    smuggled.id = type(events[0].pk)(int=events[0].pk.int + 1)
    Event.objects.bulk_create([smuggled])
    assert verify(workspace).event_id == smuggled.pk


def test_a_rewritten_chain_is_found_by_the_head(chain):
    workspace, _events = chain
    SealHead.objects.filter(workspace=workspace).update(hash="1" * 64)
    assert verify(workspace) is not None


@pytest.mark.django_db(transaction=True)
def test_eight_writers_and_three_sealers_make_one_chain():
    workspace = make_workspace()
    start = threading.Barrier(11)
    finished = []

    def write():
        start.wait()
        for _ in range(15):
            make_event(workspace)
        finished.append("writer")
        connection.close()

    def close_up():
        start.wait()
        for _ in range(20):
            seal(limit=9)
        finished.append("sealer")
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    threads += [threading.Thread(target=close_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while seal():
        pass

    assert len(finished) == 11, "one of them met an error"
    assert not WaitingSeal.objects.exists()
    assert EventSeal.objects.count() == 120
    assert verify(workspace) is None
