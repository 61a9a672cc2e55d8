"""What the clock does with a plan. Called by the domain that owns the subject, from its `due.py`."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from parvis.core.calendar import WorkCalendar, send_moment
from parvis.reminders.models import ReminderRun, Sweep, Target
from parvis.reminders.rules import (
    MAX_REMINDERS,
    TRANSITIONS,
    Outcome,
    PastRun,
    Planned,
    ReminderKind,
    SkipReason,
)


@transaction.atomic
def claim_run(
    target: Target,
    line: Planned,
    *,
    kind: ReminderKind,
    calendar: WorkCalendar,
    at: datetime,
    cap: int = MAX_REMINDERS,
) -> ReminderRun | None:
    """Write down one line of a plan; None when the day is taken or the cap was reached meanwhile.

    Only who gets a run with outcome `planned` may enqueue a mail, under `run.outbox_key` and in the same
    transaction; so three schedulers with three clocks send one mail a day (threats F9, G12).
    """
    if line.sends and not _has_room(target, cap):
        return None
    run, created = ReminderRun.objects.get_or_create(
        subject_type=target.subject_type,
        subject_id=target.subject_id,
        recipient_id=target.recipient_id,
        planned_for=line.on,
        defaults={
            "workspace_id": target.workspace_id,
            "kind": kind,
            "planned_at": send_moment(line.on, calendar),
            "outcome": _first_outcome(line),
            "reason": line.reason or "",
            "outbox_key": target.key(line.on) if line.sends else "",
            "created_at": at,
        },
    )
    return run if created else None


def mark(outbox_key: str, outcome: Outcome, *, reason: SkipReason | None = None) -> bool:
    """Note what became of a reminder's mail; False when its run is past that change already.

    `skipped` needs the reason found when the mail was about to leave. A failure is not counted (K-58d).
    """
    if outcome == Outcome.PLANNED:
        raise ValueError("use retry_run: it looks at the cap")
    before = [state for state, following in TRANSITIONS.items() if outcome in following]
    changed = ReminderRun.objects.filter(outbox_key=outbox_key, outcome__in=before).update(
        outcome=outcome, reason=reason or ""
    )
    return bool(changed)


@transaction.atomic
def retry_run(run: ReminderRun, *, cap: int = MAX_REMINDERS) -> bool:
    """Let a failed reminder leave after all; False when it did not fail or others filled the cap since."""
    target = Target(run.workspace_id, run.subject_type, run.subject_id, run.recipient_id)
    if not _has_room(target, cap):
        return False
    failed = ReminderRun.objects.filter(pk=run.pk, outcome=Outcome.FAILED)
    return bool(failed.update(outcome=Outcome.PLANNED))


def count_towards_cap(target: Target) -> int:
    """Reminders sent, perhaps sent or on their way (A-34)."""
    return ReminderRun.objects.of(target).counted().count()


def history(target: Target) -> tuple[PastRun, ...]:
    """The days dealt with, oldest first, as `plan` wants them."""
    rows = ReminderRun.objects.of(target).order_by("planned_for")
    return tuple(
        PastRun(run_on, Outcome(outcome), SkipReason(reason) if reason else None)
        for run_on, outcome, reason in rows.values_list("planned_for", "outcome", "reason")
    )


def note_sweep(workspace_id: UUID, subject_type: str, subject_ids: Iterable[UUID], day: date) -> None:
    """Remember that everything due of these subjects up to a send day is written down.

    Call it after the runs were claimed: who dies in between looks again, and claims nothing twice.
    """
    rows = [
        Sweep(workspace_id=workspace_id, subject_type=subject_type, subject_id=subject_id, through=day)
        for subject_id in subject_ids
    ]
    Sweep.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["subject_type", "subject_id"], update_fields=["through"]
    )


def _has_room(target: Target, cap: int) -> bool:
    """Whether the cap leaves room for one more, until this transaction ends.

    The runs are locked before they are counted: a reminder by hand and the clock's catching up may claim two
    days in the same moment. SQLite has one writer anyway.
    """
    list(ReminderRun.objects.of(target).select_for_update().values_list("pk", flat=True))
    return count_towards_cap(target) < cap


def _first_outcome(line: Planned) -> Outcome:
    if line.sends:
        return Outcome.PLANNED
    return Outcome.MISSED if line.reason == SkipReason.MISSED else Outcome.SKIPPED
