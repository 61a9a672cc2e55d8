"""The worker: everything that happens without anybody waiting for it, in one process (ARCHITECTURE 2).

A loop hands events to their subscribers, delivers messages, seals the log and performs what the clock brings;
beside it a thread runs the longer jobs. Any number of workers may run at once.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

from parvis.events.dispatching import dispatch
from parvis.events.sealing import seal
from parvis.outbox.beats import beat
from parvis.outbox.delivery import deliver
from parvis.outbox.jobs import JobRunner, forget_finished_jobs, release_stale_jobs

POLL_SECONDS = 0.25
AFTER_AN_ERROR_SECONDS = 2.0
PATIENCE_SECONDS = 8.0  # `up` kills what has not ended after ten
TICK_EVERY = timedelta(seconds=15)
BEAT_SECONDS = 5.0
STUCK_AFTER_SECONDS = 600.0  # twice what a batch may take (`LEASE`)
MAX_ROUNDS = 1000

log = logging.getLogger(__name__)


def perform_due(at: datetime) -> Counter[str]:
    """Perform a slice of what the clock brings at `at`; one part that fails does not stop the others.

    There may be more as long as anything but errors was counted.
    """
    counts: Counter[str] = Counter()
    paths: Sequence[str] = import_string(settings.DUE)
    for path in paths:
        try:
            perform: Callable[[datetime], Mapping[str, int]] = import_string(path)
            counts.update(perform(at))
        except Exception:
            log.exception("%s could not be performed", path)
            counts["errors"] += 1
    return counts


def tick(at: datetime) -> Counter[str]:
    """Perform everything due at `at` once, and let what follows from it happen: events, then mail."""
    counts: Counter[str] = Counter()
    for _round in range(MAX_ROUNDS):
        performed = perform_due(at)
        handled = dispatch(at)
        outcomes = deliver(at)
        counts.update(performed)
        counts.update({"events": handled}, **outcomes)
        if not (_has_more(performed) or handled or outcomes):
            break
    counts["sealed"] += seal()
    return counts


def _has_more(performed: Counter[str]) -> bool:
    """Whether a part may have stopped at the end of its slice; what fails is not tried again at once."""
    return performed.total() > performed["errors"]


class Worker:
    """One worker process. `stop()` may be called from a signal handler; the step under way is finished."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        beat_seconds: float = BEAT_SECONDS,
        stuck_after_seconds: float = STUCK_AFTER_SECONDS,
    ) -> None:
        self._clock = clock
        self._beat_seconds = beat_seconds
        self._stuck_after_seconds = stuck_after_seconds
        self._round_began = time.monotonic()
        self._stopping = threading.Event()
        self._ticked_at: datetime | None = None
        self._more_is_due = False
        self._beaten_at: datetime | None = None
        self._started_at = clock()
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"

    def stop(self) -> None:
        """Finish what is under way and return from `run`."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped. A database that is away for a while is waited for."""
        jobs = JobRunner(self.name, self._stopping)
        heart = threading.Thread(target=self._beat_beside_the_loop, name="heart", daemon=True)
        jobs.start()
        heart.start()
        while not self._stopping.is_set():
            pause = POLL_SECONDS
            try:
                close_old_connections()
                if self.step():
                    continue
            except Exception:
                log.exception("The worker could not do its work; it tries again")
                close_old_connections()
                pause = AFTER_AN_ERROR_SECONDS
            self._stopping.wait(pause)
        heart.join(timeout=PATIENCE_SECONDS)
        jobs.join(timeout=PATIENCE_SECONDS)

    def step(self) -> bool:
        """One round; whether there was something to do. Raises what parts of it raised, after the others."""
        at = self._clock()
        self._round_began = time.monotonic()
        self._beat(at)
        parts: Sequence[Callable[[], object]] = (
            lambda: dispatch(at),
            lambda: deliver(self._clock()),
            seal,
            lambda: self._tick(at),
        )
        worked, errors = False, []
        for part in parts:
            try:
                worked |= bool(part())
            except Exception as error:  # noqa: BLE001 - the others have their turn all the same
                errors.append(error)
                close_old_connections()
        if errors:
            raise ExceptionGroup("Parts of the worker's round failed", errors)
        return worked

    def _tick(self, at: datetime) -> bool:
        """A slice of what the clock brings; whether there may be more."""
        if self._ticked_at is None or at - self._ticked_at >= TICK_EVERY:
            self._ticked_at, self._more_is_due = at, True
            release_stale_jobs(at)
            forget_finished_jobs(at)
        if self._more_is_due:  # a slice in each round: nobody's mail waits for the reminders of all others
            self._more_is_due = _has_more(perform_due(at))
        return self._more_is_due

    def _beat(self, at: datetime, silence: int = 1) -> None:
        """Say that this worker is alive, when it has not for so many beats."""
        if self._beaten_at is None or at - self._beaten_at >= timedelta(seconds=silence * self._beat_seconds):
            self._beaten_at = at
            beat(self.name, self._started_at, at, self._ticked_at)

    def _beat_beside_the_loop(self) -> None:
        """A batch for a slow mail server takes longer than a worker may be silent. The loop that hangs for
        good is not vouched for.
        """
        while not self._stopping.wait(self._beat_seconds):
            if time.monotonic() - self._round_began > self._stuck_after_seconds:
                continue
            try:
                self._beat(self._clock(), silence=2)
            except Exception:
                log.exception("The worker could not say that it is alive; it tries again")
            finally:
                connections.close_all()  # hardly ever open: as long as rounds are short, the loop beats
