"""Each subscriber gets each event once: effect and mark together (ARCHITECTURE 2)."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from parvis.core.clock import now
from parvis.core.failpoints import FailpointReached, arm, disarm
from parvis.events.dispatching import LEASE, MAX_ATTEMPTS, dispatch, failed_deliveries, retry_failed
from parvis.events.kinds import EventKind
from parvis.events.models import DeliveryState, EventDelivery
from parvis.events.tests.factories import AT, LATER, make_event, make_workspace

LISTENERS = "parvis.events.tests.listeners"


@pytest.fixture(autouse=True)
def listeners(settings):
    settings.SUBSCRIBERS = "parvis.events.tests.listeners.SUBSCRIBERS"


def pluses(workspace):
    """How often a subscriber had its effect."""
    workspace.refresh_from_db()
    return workspace.name.count("+")


@pytest.mark.django_db
def test_every_subscriber_hears_an_event_once():
    workspace = make_workspace()
    make_event(workspace)

    assert [dispatch(LATER), dispatch(LATER)] == [2, 0]

    assert pluses(workspace) == 2


@pytest.mark.django_db
def test_a_failing_subscriber_stops_nobody_and_leaves_no_half_effect():
    workspace = make_workspace()
    make_event(workspace, kind=EventKind.DELIVERABLE_REJECTED)

    assert dispatch(LATER) == 1

    assert pluses(workspace) == 1
    waiting = EventDelivery.objects.get(state=DeliveryState.NEW)
    assert (waiting.attempts, waiting.error) == (1, "Stumbled"), "no text of the exception is kept"
    assert waiting.next_at > LATER


@pytest.mark.django_db
def test_a_subscriber_that_never_works_is_given_up_and_shown(caplog):
    make_event(make_workspace(), kind=EventKind.DELIVERABLE_REJECTED)

    moment = LATER
    for _attempt in range(MAX_ATTEMPTS + 2):
        dispatch(moment)
        moment += timedelta(hours=1)

    assert failed_deliveries() == 1
    assert EventDelivery.objects.get(state=DeliveryState.FAILED).attempts == MAX_ATTEMPTS
    assert [record.levelname for record in caplog.records if "parvis events retry" in record.message] == [
        "ERROR"
    ]


@pytest.mark.django_db
def test_what_was_given_up_is_done_after_all_once_its_cause_is_mended(capsys):
    """RELIABILITY F7: nothing is lost; who had handled the event does not hear it twice."""
    workspace = make_workspace()
    make_event(workspace, kind=EventKind.DELIVERABLE_REJECTED)
    moment = LATER
    for _attempt in range(MAX_ATTEMPTS):
        dispatch(moment)
        moment += timedelta(hours=1)
    assert (pluses(workspace), failed_deliveries()) == (1, 1)

    EventDelivery.objects.filter(state=DeliveryState.FAILED).update(subscriber=f"{LISTENERS}.count_too")
    call_command("events", "retry")
    call_command("events", "retry")

    assert capsys.readouterr().out.splitlines() == [
        f"{LISTENERS}.count_too: 1",
        "The worker tries them again now.",
        "Nothing was given up.",
    ]
    moment = now() + timedelta(minutes=1)
    assert [dispatch(moment), dispatch(moment), failed_deliveries()] == [1, 0, 0]
    assert pluses(workspace) == 2


@pytest.mark.django_db
def test_what_is_tried_again_in_vain_is_given_up_again():
    make_event(make_workspace(), kind=EventKind.DELIVERABLE_REJECTED)
    EventDelivery.objects.filter(subscriber__endswith="stumble").update(
        state=DeliveryState.FAILED, attempts=MAX_ATTEMPTS
    )

    assert retry_failed(LATER) == {f"{LISTENERS}.stumble": 1}
    for attempt in range(MAX_ATTEMPTS):
        assert failed_deliveries() == 0
        dispatch(LATER + timedelta(hours=attempt))

    assert failed_deliveries() == 1


@pytest.mark.django_db
def test_an_event_of_the_future_waits_for_its_moment():
    make_event(make_workspace(), at=LATER)

    assert dispatch(AT) == 0
    assert dispatch(LATER) == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_between_effect_and_mark_leaves_neither():
    workspace = make_workspace()
    make_event(workspace)
    arm("events.before_handled", "raise")
    try:
        with pytest.raises(FailpointReached):
            dispatch(LATER)
    finally:
        disarm()
    assert pluses(workspace) == 0

    assert dispatch(LATER) == 0, "the dead worker's lease still holds"
    assert dispatch(LATER + LEASE + timedelta(seconds=1)) == 2
    assert pluses(workspace) == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_together_hand_every_event_over_once():
    workspace = make_workspace()
    for _ in range(30):
        make_event(workspace)
    start = threading.Barrier(4)

    def work():
        start.wait()
        while dispatch(LATER, limit=7):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while dispatch(LATER + LEASE * 2):
        pass

    assert pluses(workspace) == 60
    assert not EventDelivery.objects.exclude(state=DeliveryState.HANDLED).exists()
