"""The work behind the pages: events, claims, mails, and how long a decision takes to reach a mailbox."""

import os
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.db import transaction

from bench.dataset import Scene
from bench.letters import KIND, body
from bench.sink import Sink, sink
from parvis.access import Actor, Audience
from parvis.clients.actors import actor_for
from parvis.core.calendar import ONE_DAY
from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.deliverables.actions import decide
from parvis.deliverables.models import Verdict
from parvis.events.actions import record
from parvis.events.dispatching import dispatch
from parvis.events.kinds import EventKind
from parvis.outbox.claims import BATCH, claim
from parvis.outbox.delivery import deliver
from parvis.outbox.models import Message, MessageState
from parvis.reminders.actions import claim_runs
from parvis.reminders.models import Target
from parvis.reminders.rules import Cause, Planned, ReminderKind
from parvis.workspaces.calendar import calendar_of

EVENTS, MAILS, CLAIMS, RUNS, DECISIONS = 300, 500, 20_000, 1_000, 15
PATIENCE_SECONDS = 20


def measure_work(scene: Scene, port: int) -> dict[str, float]:
    """Every figure, each from the real functions on the real tables."""
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.MESSAGES = "bench.letters.MESSAGES"
    found = {
        "claims_per_second": _claims(scene),
        "reminder_runs_per_second": _reminder_runs(scene),
    }
    with sink(port) as mailbox:
        found |= _events_and_mails(scene, mailbox, port)
        found |= _decision_to_mail(scene, mailbox, port)
    return found


def _claims(scene: Scene) -> float:
    """Due rows leased and marked as done in batches of 100, by one worker."""
    at = now()
    _wait_to_be_sent(scene, CLAIMS)

    def work() -> int:
        done = 0
        while batch := claim(uuid7(), at, BATCH):
            ids = [message.pk for message in batch]
            done += Message.objects.filter(pk__in=ids).update(state=MessageState.SENT, lease_until=None)
        return done

    rate = _per_second(work, CLAIMS)
    Message.objects.all().delete()
    return rate


def _wait_to_be_sent(scene: Scene, number: int) -> None:
    """So many messages whose letter is made already."""
    at = now() - ONE_DAY
    rows = (
        Message(
            workspace=scene.workspace,
            kind=KIND,
            key=f"bench:{place}",
            due_at=at + timedelta(milliseconds=place),
            created_at=at,
            rfc_message_id=f"<{place}@bench>",
        )
        for place in range(number)
    )
    Message.objects.bulk_create(rows, batch_size=1000)


def _reminder_runs(scene: Scene) -> float:
    """Days of reminders claimed in batches of 100, cap and unique key included."""
    calendar, at = calendar_of(scene.workspace.pk), now()
    line = Planned(at.date(), Cause.EVERY_PERIOD)

    def work() -> int:
        lines = [(Target(scene.workspace.pk, "bench", uuid7(), scene.contact.pk), line) for _ in range(RUNS)]
        batches = (lines[first : first + BATCH] for first in range(0, RUNS, BATCH))
        claimed = (claim_runs(b, kind=ReminderKind.PERIODIC, calendar=calendar, at=at) for b in batches)
        return sum(map(len, claimed))

    return _per_second(work, RUNS)


def _events_and_mails(scene: Scene, mailbox: Sink, port: int) -> dict[str, float]:
    """Versions are published: every event is handed to its real subscribers, every mail really rendered."""
    system, at = Actor.system(scene.workspace.pk), now()
    for deliverable in scene.decidable[-EVENTS:]:
        with transaction.atomic():
            record(
                EventKind.DELIVERABLE_SUBMITTED,
                actor=system,
                subject=deliverable,
                at=at,
                audience=Audience.CLIENT,
                values={"version": 1, "version_id": deliverable.current_version_id},
            )
    handed_over = _count_until_idle(lambda: dispatch(now()))
    Message.objects.filter(state=MessageState.NEW).update(due_at=at)
    made = _mails_per_second(mailbox)
    _wait_to_be_sent(scene, MAILS)
    machinery = _mails_per_second(mailbox)
    bare = _bare_mails_per_second(port, MAILS)
    mailbox.forget()
    return {
        "deliveries_of_events_per_second": handed_over,
        "mails_per_second": made,
        "ready_mails_per_second": machinery,
        "bare_mails_per_second": bare,
    }


def _mails_per_second(mailbox: Sink) -> float:
    """Everything that waits, delivered by one worker; all of it has to arrive."""
    waiting = Message.objects.filter(state=MessageState.NEW).count()
    rate = _count_until_idle(lambda: deliver(now()).total())
    arrived, sent = mailbox.forget(), Message.objects.filter(state=MessageState.SENT)
    if not waiting or not arrived == waiting == sent.count():
        raise SystemExit(f"{waiting} mails waited, {sent.count()} were sent, {arrived} arrived.")
    Message.objects.all().delete()
    return rate


def _bare_mails_per_second(port: int, number: int) -> float:
    """The least a mail can cost: made with the standard library, sent over one connection kept open."""

    def work() -> int:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            for one in range(number):
                mail = EmailMessage()
                mail["Subject"], mail["From"] = f"Ready {one}", "studio@bench.test"
                mail["To"], mail["Message-ID"] = "sarah@bench.test", f"<{one}@bench.test>"
                mail.set_content(body())
                mail.add_alternative(f"<p>{body()}</p>" * 8, subtype="html")
                connection.send_message(mail)
        return number

    return _per_second(work, number)


def _decision_to_mail(scene: Scene, mailbox: Sink, port: int) -> dict[str, float]:
    """Seconds from the commit of a decision to the mail at the server, with a real worker in between."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "parvis", "worker"],
        env={**os.environ, "PARVIS_EMAIL_URL": f"smtp://127.0.0.1:{port}"},
    )
    try:
        actor = actor_for(scene.busy_contact.pk, scene.workspace.pk)
        first, *others = scene.decidable[: DECISIONS + 1]
        _one_decision(first, actor, mailbox)  # the worker loads its code on the way
        seconds = [_one_decision(deliverable, actor, mailbox) for deliverable in others]
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    return {"decision_to_mail_seconds": statistics.median(seconds), "decision_to_mail_worst": max(seconds)}


def _one_decision(deliverable: Any, actor: Actor, mailbox: Sink) -> float:
    decide(
        deliverable,
        version_id=deliverable.current_version_id,
        verdict=Verdict.APPROVED,
        actor=actor,
        at=now(),
    )
    committed = time.monotonic()
    arrived = mailbox.wait(PATIENCE_SECONDS)
    if arrived is None:
        raise SystemExit(f"A decision caused no mail within {PATIENCE_SECONDS} seconds.")
    mailbox.forget()  # the approver's receipt and the others who are told
    return arrived - committed


def _count_until_idle(step: Callable[[], int]) -> float:
    """What one worker gets done per second until nothing is left."""
    began, done = time.perf_counter(), 0
    while now_done := step():
        done += now_done
    return done / (time.perf_counter() - began)


def _per_second(work: Callable[[], int], expected: int) -> float:
    began = time.perf_counter()
    done = work()
    if done != expected:
        raise SystemExit(f"{done} instead of {expected}: what was measured did not do its work.")
    return done / (time.perf_counter() - began)
