"""Delivering what waits: claim, ask the owner again, make it, send it, mark it (RELIABILITY F7).

A row is marked `sending` before anything leaves and `sent` after it was confirmed. Whoever dies in between
leaves a row that `reap` turns to `unknown`: it is shown to a person, never silently sent again.
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from parvis.core.failpoints import failpoint
from parvis.core.ids import uuid7
from parvis.outbox.carrying import Carrier, PermanentFailure, TransientFailure, Uncertain
from parvis.outbox.claims import BATCH, LEASE, claim, start_sending, write_end
from parvis.outbox.kinds import kind_of
from parvis.outbox.models import Message, MessageState

PAUSES = (
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=5),
    timedelta(hours=17, minutes=43),
)
"""Five more attempts within 24 hours (F8)."""

log = logging.getLogger(__name__)


def deliver(at: datetime, carrier: Carrier | None = None, limit: int = BATCH) -> Counter[str]:
    """Deliver one batch; returns how many messages ended how. Any number of workers may do this at once."""
    reaped = reap(at)
    outcomes: Counter[str] = Counter({MessageState.UNKNOWN.value: reaped} if reaped else {})
    rows = claim(uuid7(), at, limit)
    if rows:
        outcomes.update(_Run(at, carrier).deliver_all(rows))
    return outcomes


def reap(at: datetime, limit: int = BATCH) -> int:
    """Turn rows whose worker died while sending to `unknown`; returns how many."""
    dead = Message.objects.filter(state=MessageState.SENDING, lease_until__lt=at)
    reaped = 0
    for message in dead.select_related("workspace").order_by("lease_until")[:limit]:
        with transaction.atomic():
            mine = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, lease_until__lt=at)
            if mine.update(state=MessageState.UNKNOWN, lease_until=None, error="lease"):
                reaped += 1
                _tell(message, MessageState.UNKNOWN, at)
    return reaped


@dataclass(frozen=True, slots=True)
class _Ending:
    """What became of a message that was ours; NEW when it is to be tried again."""

    message: Message
    state: MessageState
    code: str = ""

    @property
    def outcome(self) -> str:
        """How it is counted."""
        return "put_off" if self.state is MessageState.NEW else self.state.value


def _try_later(message: Message, code: str) -> _Ending:
    """Another attempt, or the end after the fifth repetition."""
    given_up = message.attempts >= len(PAUSES)
    return _Ending(message, MessageState.FAILED if given_up else MessageState.NEW, code[:300])


class _Run:
    """One batch of one worker: what time it is, and the connection it sends by (by default the settings')."""

    _carrier: Carrier

    def __init__(self, at: datetime, carrier: Carrier | None) -> None:
        self._began_at = at
        self._began = time.monotonic()
        self._given = carrier

    def moment(self) -> datetime:
        """`at`, moved on by what the batch has taken so far: leases must not be born expired."""
        return self._began_at + timedelta(seconds=time.monotonic() - self._began)

    def deliver_all(self, rows: list[Message]) -> Counter[str]:
        """Deliver every row, or put all of them off when there is no way out."""
        try:
            self._carrier = self._given or import_string(settings.CARRIER)()
            self._carrier.open()
        except Exception as error:  # an address nobody can connect to counts as a server that is away
            code = error.code if isinstance(error, TransientFailure) else type(error).__name__
            log.warning("No way out for mail (%s)", code, exc_info=not isinstance(error, TransientFailure))
            return self._end_all([_try_later(message, code) for message in rows])
        try:
            return self._deliver_each(rows)
        finally:
            self._carrier.close()

    def _end_all(self, endings: list[_Ending]) -> Counter[str]:
        """Several at once, none of which was sent."""
        for ending in endings:
            self._end(ending)
        return Counter(ending.outcome for ending in endings)

    def _deliver_each(self, rows: list[Message]) -> Counter[str]:
        """One after another; how one ended commits together with the next one's `sending`."""
        outcomes: Counter[str] = Counter()
        ended: _Ending | None = None
        for message in rows:
            if self.moment() > self._began_at + LEASE / 2:
                break  # too slow for the rest of the claim: its lease runs out and another takes it
            parcel, ended = self._turn_to(message, ended)
            if parcel is not None:
                ended = self._send(message, parcel)
            outcomes[ended.outcome if ended else message.state] += 1
        if ended is not None:
            self._end(ended)
            failpoint("outbox.after_mark")
        return outcomes

    def _turn_to(self, message: Message, ended: _Ending | None) -> tuple[Any, _Ending | None]:
        """End the message before and prepare this one in one commit: half the waiting for the disk.

        A parcel to send, or how this one ended without; neither when it was not ours or not wanted.
        """
        try:
            with transaction.atomic():
                if ended is not None:
                    self._end(ended)
                parcel = self._prepare(message)
        except Exception as error:  # a bug in one owner must not stop the mail of the others
            if ended is not None:
                self._end(ended)  # taken back with the rest, and true all the same
            if isinstance(error, PermanentFailure):
                return None, _Ending(message, MessageState.FAILED, error.code)
            log.exception("Message %s could not be made", message.pk)
            return None, _try_later(message, type(error).__name__)
        if ended is not None:
            failpoint("outbox.after_mark")
        return parcel, None

    def _send(self, message: Message, parcel: Any) -> _Ending:
        """Hand it over; how that ended."""
        failpoint("outbox.before_send")
        try:
            self._carrier.carry(parcel)
        except TransientFailure as failure:
            return _try_later(message, failure.code)
        except PermanentFailure as failure:
            return _Ending(message, MessageState.FAILED, failure.code)
        except Uncertain as failure:
            return _Ending(message, MessageState.UNKNOWN, failure.code)
        except Exception as error:  # a bug on the way out: nobody knows how far this one came
            log.exception("Message %s broke off on its way", message.pk)
            return _Ending(message, MessageState.UNKNOWN, type(error).__name__)
        failpoint("outbox.after_send")
        return _Ending(message, MessageState.SENT)

    def _prepare(self, message: Message) -> Any:
        """Mark `sending`, ask the owner, render: in one transaction, so that tokens exist when needed.

        None when the message is no longer ours or no longer wanted.
        """
        moment = self.moment()
        if not start_sending(message, moment):
            return None
        kind = kind_of(message)
        loaded = kind.loaded(message)
        reason = kind.reason_to_cancel(loaded, moment)
        if reason is not None:
            self._cancel(message, reason)
            return None
        parcel = self._carrier.pack(kind.rendered(loaded, moment), message, moment)
        failpoint("outbox.before_prepared")
        message.state = MessageState.SENDING
        return parcel

    def _cancel(self, message: Message, reason: str) -> None:
        """The owner no longer wants it: access was withdrawn, the thing was done, the portal closed."""
        message.state = MessageState.CANCELLED
        message.result_reason = reason[:80]
        Message.objects.filter(pk=message.pk).update(
            state=message.state, result_reason=message.result_reason, lease_until=None
        )
        kind_of(message).tell(message, MessageState.CANCELLED.value, self.moment())

    def _end(self, ending: _Ending) -> None:
        """Mark how it ended and tell the owner, together if that works; the mark alone if it does not."""
        if ending.state is MessageState.NEW:
            self._put_off(ending)
            return
        try:
            with transaction.atomic():
                self._mark(ending)
                _tell(ending.message, ending.state, self.moment())
        except Exception:
            log.exception("The owner of message %s could not take its result", ending.message.pk)
            self._mark(ending)

    def _put_off(self, ending: _Ending) -> None:
        """Try again later."""
        message = ending.message
        alive = (MessageState.NEW, MessageState.SENDING, MessageState.UNKNOWN)
        ours = Message.objects.filter(pk=message.pk, lease_owner=message.lease_owner, state__in=alive)
        ours.filter(result_reason="").update(
            state=MessageState.NEW,
            attempts=message.attempts + 1,
            due_at=self.moment() + PAUSES[message.attempts],
            lease_until=None,
            error=ending.code,
        )

    def _mark(self, ending: _Ending) -> None:
        """Write the end of it."""
        message = ending.message
        message.state, message.error = ending.state, ending.code
        message.sent_at = self.moment() if ending.state is MessageState.SENT else None
        write_end(message)


def _tell(message: Message, state: MessageState, at: datetime) -> None:
    """Tell the owner; a kind that nobody lists any more has no owner to tell."""
    try:
        kind = kind_of(message)
    except KeyError:
        return
    kind.tell(message, state.value, at)
