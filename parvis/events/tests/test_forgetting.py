"""Deliveries that were handled are forgotten after a month; the record and what is in trouble stay."""

from datetime import timedelta

import pytest

from parvis.events.dispatching import MAX_ATTEMPTS, dispatch, failed_deliveries
from parvis.events.due import KEPT_FOR, due
from parvis.events.kinds import EventKind
from parvis.events.models import DeliveryState, Event, EventDelivery
from parvis.events.sealing import seal, verify
from parvis.events.tests.factories import LATER, make_event, make_workspace

MUCH_LATER = LATER + KEPT_FOR


@pytest.fixture(autouse=True)
def listeners(settings, db):
    settings.SUBSCRIBERS = "parvis.events.tests.listeners.SUBSCRIBERS"


def test_a_handled_delivery_is_forgotten_after_a_month_and_its_event_stays():
    workspace = make_workspace()
    event = make_event(workspace)
    dispatch(LATER)
    seal()

    assert due(MUCH_LATER) == {"deliveries_forgotten": 0}
    assert due(MUCH_LATER + timedelta(seconds=1)) == {"deliveries_forgotten": 2}

    assert list(Event.objects.all()) == [event]
    assert verify(workspace) is None
    assert dispatch(MUCH_LATER) == 0, "nobody hears of it again"


def test_what_waits_or_was_given_up_is_never_forgotten():
    make_event(make_workspace(), kind=EventKind.DELIVERABLE_REJECTED)
    moment = LATER
    for _attempt in range(MAX_ATTEMPTS):
        dispatch(moment)
        moment += timedelta(hours=1)
    make_event(make_workspace("other"), at=MUCH_LATER)

    due(MUCH_LATER + timedelta(days=365))

    assert failed_deliveries() == 1
    assert set(EventDelivery.objects.values_list("state", flat=True)) == {
        DeliveryState.FAILED,
        DeliveryState.NEW,
    }
