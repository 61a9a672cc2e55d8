"""Handing events to their subscribers: each exactly once, effect and mark in one transaction."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from parvis.core.failpoints import failpoint
from parvis.core.ids import uuid7
from parvis.events.models import DeliveryState, Event, EventDelivery

BATCH = 100  # larger claims make the writers of SQLite wait (PERFORMANCE 4)
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=10)

Handler = Callable[[Event], None]

log = logging.getLogger(__name__)


def dispatch(at: datetime, limit: int = BATCH) -> int:
    """Hand over up to `limit` waiting deliveries; returns how many were handled.

    Any number of workers may do this at once. The lease only spares them each other's work: that a
    delivery is handled once is the doing of the conditional mark in `_hand_over`.
    """
    owner = uuid7()
    handled = 0
    for delivery in _claim(owner, at, limit):
        try:
            handled += _hand_over(delivery, owner, at)
        except Exception as error:
            log.exception("%s failed on event %s", delivery.subscriber, delivery.event_id)
            _put_off(delivery, owner, at, error)
    return handled


def failed_deliveries() -> int:
    """How many deliveries were given up; shown by `doctor`."""
    return EventDelivery.objects.filter(state=DeliveryState.FAILED).count()


def retry_failed(at: datetime) -> Counter[str]:
    """Let what was given up be tried again from `at` on, as often as at first; how many for each subscriber.

    Subscribers that had handled the event have rows of their own, which stay as they are.
    """
    tried: Counter[str] = Counter()
    given_up = EventDelivery.objects.filter(state=DeliveryState.FAILED)
    for pk, subscriber in list(given_up.values_list("pk", "subscriber")):
        tried[subscriber] += given_up.filter(pk=pk).update(state=DeliveryState.NEW, attempts=0, next_at=at)
    return +tried


def _claim(owner: UUID, at: datetime, limit: int) -> list[EventDelivery]:
    """Deliveries now leased to `owner`, oldest first."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = EventDelivery.objects.filter(free, state=DeliveryState.NEW, next_at__lte=at)
    if not waiting.exists():
        return []  # a transaction takes SQLite's only write lock: none four times a second for nothing
    with transaction.atomic():
        # The lock is only against deadlocks on PostgreSQL; SQLite ignores it, and the update decides anyway.
        oldest = waiting.order_by("next_at", "pk").select_for_update(skip_locked=True)
        found = list(oldest.values_list("pk", flat=True)[:limit])
        waiting.filter(pk__in=found).update(lease_owner=owner, lease_until=at + LEASE)
    mine = EventDelivery.objects.filter(pk__in=found, lease_owner=owner, state=DeliveryState.NEW)
    return list(mine.select_related("event__workspace").order_by("event_id", "pk"))


@transaction.atomic
def _hand_over(delivery: EventDelivery, owner: UUID, at: datetime) -> bool:
    """Mark and effect together: a crash or an exception takes back both."""
    still_mine = EventDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.NEW, lease_owner=owner)
    if not still_mine.update(state=DeliveryState.HANDLED, handled_at=at, lease_until=None, error=""):
        return False
    handler: Handler = import_string(delivery.subscriber)
    handler(delivery.event)
    failpoint("events.before_handled")
    return True


def _put_off(delivery: EventDelivery, owner: UUID, at: datetime, error: Exception) -> None:
    """Try again later, each time twice as late; after the last attempt a person has to look."""
    attempts = delivery.attempts + 1
    given_up = attempts >= MAX_ATTEMPTS
    EventDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.NEW, lease_owner=owner).update(
        attempts=attempts,
        state=DeliveryState.FAILED if given_up else DeliveryState.NEW,
        next_at=at + FIRST_PAUSE * 2**delivery.attempts,
        lease_until=None,
        # The class alone: the text of an exception may quote what somebody wrote.
        error=type(error).__name__,
    )
    if given_up:
        log.error("%s is given up on event %s: parvis events retry", delivery.subscriber, delivery.event_id)
