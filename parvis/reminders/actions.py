"""What the clock does with a plan. Called by the domain that owns the subject, from its `due.py`."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count

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

TARGET = ("workspace", "subject_type", "subject_id", "recipient_id")
"""The columns of a run that make its target."""


def claim_run(
    target: Target,
    line: Planned,
    *,
    kind: ReminderKind,
    calendar: WorkCalendar,
    at: datetime,
    cap: int = MAX_REMINDERS,
) -> ReminderRun | None:
    """Write down one line of a plan; None when the day is taken or the cap was reached meanwhile."""
    return next(iter(claim_runs([(target, line)], kind=kind, calendar=calendar, at=at, cap=cap)), None)


@transaction.atomic
def claim_runs(
    lines: Sequence[tuple[Target, Planned]],
    *,
    kind: ReminderKind,
    calendar: WorkCalendar,
    at: datetime,
    cap: int = MAX_REMINDERS,
) -> list[ReminderRun]:
    """Write down lines of plans, at most one that sends for each target; the runs that are now the caller's.

    Left out are days that are taken and mails beyond the cap. Only who gets a run with outcome `planned` may
    enqueue a mail, under `run.outbox_key` and in the same transaction; so three schedulers with three clocks
    send one mail a day (threats F9, G12).
    """
    counts = _counts_until_the_end([target for target, line in lines if line.sends])
    wanted = [
        _run_of(target, line, kind=kind, calendar=calendar, at=at)
        for target, line in lines
        if not line.sends or counts[target] < cap
    ]
    # Whoever inserts first owns the day; on PostgreSQL the second waits here until the first has committed.
    ReminderRun.objects.bulk_create(wanted, ignore_conflicts=True)
    ours = set(ReminderRun.objects.filter(pk__in=[run.pk for run in wanted]).values_list("pk", flat=True))
    return [run for run in wanted if run.pk in ours]


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
    if _counts_until_the_end([target])[target] >= cap:
        return False
    failed = ReminderRun.objects.filter(pk=run.pk, outcome=Outcome.FAILED)
    return bool(failed.update(outcome=Outcome.PLANNED))


def count_towards_cap(target: Target) -> int:
    """Reminders sent, perhaps sent or on their way (A-34)."""
    return counts_towards_cap([target])[target]


def counts_towards_cap(targets: Collection[Target]) -> Counter[Target]:
    """The same for many targets in one query."""
    runs = ReminderRun.objects.about(targets).counted().values_list(*TARGET)
    return Counter({Target(*key): count for *key, count in runs.annotate(Count("pk"))})


def history(target: Target) -> tuple[PastRun, ...]:
    """The days dealt with, oldest first, as `plan` wants them."""
    return histories([target]).get(target, ())


def histories(targets: Collection[Target]) -> dict[Target, tuple[PastRun, ...]]:
    """The same for many targets in one query; a target without a past is left out."""
    found: dict[Target, tuple[PastRun, ...]] = {}
    rows = ReminderRun.objects.about(targets).order_by("planned_for")
    for *key, run_on, outcome, reason in rows.values_list(*TARGET, "planned_for", "outcome", "reason"):
        run = PastRun(run_on, Outcome(outcome), SkipReason(reason) if reason else None)
        target = Target(*key)
        found[target] = (*found.get(target, ()), run)
    return found


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


def _counts_until_the_end(targets: Collection[Target]) -> Counter[Target]:
    """How many count, and nobody changes that before this transaction ends.

    The runs are locked before they are counted: a reminder by hand and the clock's catching up may claim two
    days in the same moment. In the order of their ids, so that two schedulers wait rather than block each
    other for ever. SQLite has one writer anyway.
    """
    if not targets:
        return Counter()
    if connection.features.has_select_for_update:
        list(ReminderRun.objects.about(targets).order_by("pk").select_for_update().values_list("pk"))
    return counts_towards_cap(targets)


def _run_of(
    target: Target, line: Planned, *, kind: ReminderKind, calendar: WorkCalendar, at: datetime
) -> ReminderRun:
    return ReminderRun(
        workspace_id=target.workspace_id,
        subject_type=target.subject_type,
        subject_id=target.subject_id,
        recipient_id=target.recipient_id,
        kind=kind,
        planned_for=line.on,
        planned_at=send_moment(line.on, calendar),
        outcome=_first_outcome(line),
        reason=line.reason or "",
        outbox_key=target.key(line.on) if line.sends else "",
        created_at=at,
    )


def _first_outcome(line: Planned) -> Outcome:
    if line.sends:
        return Outcome.PLANNED
    return Outcome.MISSED if line.reason == SkipReason.MISSED else Outcome.SKIPPED
