"""When to remind and when to stop. Plain values in, a list of days with their reasons out.

One function, `plan`, decides for approvals, for client requests and for the preview that staff see
before sending (N-02). Reminders count calendar days (A-23).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from parvis.core.calendar import ONE_DAY, WorkCalendar, last_send_day, next_send_day, send_moment

MAX_REMINDERS = 5  # K-52; more identical mail looks like spam (K-53)
AHEAD = timedelta(days=7)  # K-17
CATCH_UP = timedelta(hours=24)


class ReminderKind(TextChoices):
    """How often a client is reminded (K-16), or an approver (G1-23)."""

    GENTLE = "gentle", _("Gentle")
    URGENT = "urgent", _("Urgent")
    CUSTOM = "custom", _("Custom")
    PERIODIC = "periodic", _("Once per period")


class Outcome(TextChoices):
    """What became of one reminder."""

    PLANNED = "planned", _("On its way")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not sent")
    FAILED = "failed", _("Failed")
    MISSED = "missed", _("Missed")
    UNKNOWN = "unknown", _("Perhaps sent")


COUNTED = frozenset(
    {Outcome.PLANNED, Outcome.SENT, Outcome.UNKNOWN}
)  # A-34; K-58d: a failure uses up nothing

TRANSITIONS: dict[Outcome, frozenset[Outcome]] = {
    Outcome.PLANNED: frozenset({Outcome.SENT, Outcome.SKIPPED, Outcome.FAILED, Outcome.UNKNOWN}),
    Outcome.FAILED: frozenset({Outcome.PLANNED}),  # a retry
    Outcome.UNKNOWN: frozenset({Outcome.SENT, Outcome.FAILED}),  # a person has looked
}


class Cause(TextChoices):
    """Why a reminder falls on a day."""

    ON_DUE_DATE = "on_due_date", _("Due on this day.")
    SEVEN_DAYS_BEFORE = "seven_days_before", _("Due seven days later.")
    OVERDUE = "overdue", _("Overdue: reminded every day.")
    DAILY = "daily", _("Urgent: reminded every day.")
    EVERY_N_DAYS = "every_n_days", _("Reminded at the chosen interval.")
    EVERY_PERIOD = "every_period", _("Still without a decision after one more period.")


class SkipReason(TextChoices):
    """Why nothing is sent on a day that has a cause, or at all."""

    NOT_SENT = "not_sent", _("Nothing has been sent yet.")
    LOCKED = "locked", _("The project is completed.")
    DISABLED = "disabled", _("Reminders were switched off by the team.")
    NO_ACCESS = "no_access", _("The recipient cannot answer at the moment.")
    OPTED_OUT = "opted_out", _("The recipient asked for no reminders.")
    NO_ITEMS = "no_items", _("Nothing is asked for.")
    ALL_DONE = "all_done", _("Everything is done.")
    DATED_ITEM_DONE = "dated_item_done", _("An item with a due date is done.")
    NO_DUE_DATE = "no_due_date", _("No open item has a due date.")
    CAP = "cap", _("The highest number of reminders has been reached.")
    MISSED = "missed", _("The hour passed while no reminders could be sent.")


RULES: dict[Cause | SkipReason, str] = {
    Cause.ON_DUE_DATE: "K-17",
    Cause.SEVEN_DAYS_BEFORE: "K-17",
    Cause.OVERDUE: "K-17",
    Cause.DAILY: "K-18",
    Cause.EVERY_N_DAYS: "K-19",
    Cause.EVERY_PERIOD: "G1-23",
    SkipReason.NOT_SENT: "K-58a",
    SkipReason.LOCKED: "K-59",
    SkipReason.DISABLED: "K-58b",
    SkipReason.NO_ACCESS: "A-31",
    SkipReason.OPTED_OUT: "A-10",
    SkipReason.NO_ITEMS: "K-58c",
    SkipReason.ALL_DONE: "K-58c",
    SkipReason.DATED_ITEM_DONE: "K-57",
    SkipReason.NO_DUE_DATE: "K-12",
    SkipReason.CAP: "K-52",
    SkipReason.MISSED: "A-34",
}


@dataclass(frozen=True)
class Item:
    """One thing we wait for. An approval is a single item without a due date."""

    due_on: date | None = None
    done: bool = False


@dataclass(frozen=True)
class PastRun:
    """A day that was dealt with already."""

    on: date
    outcome: Outcome
    reason: SkipReason | None = None


@dataclass(frozen=True)
class Facts:
    """All that decides about the reminders of one sending (or of one approver's turn at one version).

    `sent_on` is the day of the sending or submission in the workspace's zone, None before it.
    `every_days` is read by the kinds custom and periodic. `one_done_stops` is the workspace's
    switch for the literal reading of K-57 (A-08).
    """

    kind: ReminderKind
    sent_on: date | None
    items: tuple[Item, ...]
    history: tuple[PastRun, ...] = ()
    every_days: int = 1
    switched_on: bool = True
    no_access: bool = False
    opted_out: bool = False
    locked: bool = False
    one_done_stops: bool = False
    cap: int = MAX_REMINDERS

    def __post_init__(self) -> None:
        if self.every_days < 1:
            raise ValueError("reminders are at least one day apart")


@dataclass(frozen=True)
class Planned:
    """A day with a reminder, or with the reason why there is none.

    `cause` is None only where no day has a cause and one line says why nothing is planned at all.
    """

    on: date
    cause: Cause | None
    reason: SkipReason | None = None

    @property
    def sends(self) -> bool:
        """Whether a mail leaves on that day."""
        return self.reason is None

    @property
    def rule(self) -> str:
        """The rule that causes the mail or blocks it (N-02)."""
        return RULES[self.reason or self.cause or SkipReason.NO_DUE_DATE]


def plan(facts: Facts, *, since: date, until: date, sendable_from: date | None = None) -> list[Planned]:
    """Every reminder from `since` up to and including `until`, at most one a day (A-28).

    Days before `since` were never planned and are dropped (A-30); days from `since` up to
    `sendable_from` have passed without a run and are missed (A-34). Days in the history are left out.
    """
    block = blocked(facts)
    if facts.sent_on is None:
        return [Planned(since, None, block)]

    first = max(since, facts.sent_on + ONE_DAY)
    handled = {run.on for run in facts.history}
    counted = sum(run.outcome in COUNTED for run in facts.history)
    planned = []
    for day, cause in _days_with_cause(facts, first, until):
        if day in handled:
            continue
        reason = block
        if reason is None and counted >= facts.cap:
            reason = SkipReason.CAP
        if reason is None and sendable_from is not None and day < sendable_from:
            reason = SkipReason.MISSED
        counted += reason is None
        planned.append(Planned(day, cause, reason))
    if not planned and block and first <= until and first not in handled:
        planned.append(Planned(first, None, block))
    return planned


def blocked(facts: Facts) -> SkipReason | None:
    """What keeps every reminder back, whatever the day: K-58 and the conditions added to it (A-33)."""
    needs_due_date = facts.kind != ReminderKind.PERIODIC  # approvals are reminded without one
    conditions = {
        SkipReason.NOT_SENT: facts.sent_on is None,
        SkipReason.LOCKED: facts.locked,
        SkipReason.DISABLED: not facts.switched_on,
        SkipReason.NO_ACCESS: facts.no_access,
        SkipReason.OPTED_OUT: facts.opted_out,
        SkipReason.NO_ITEMS: not facts.items,
        SkipReason.ALL_DONE: all(item.done for item in facts.items),
        SkipReason.DATED_ITEM_DONE: (
            facts.one_done_stops
            and facts.kind == ReminderKind.GENTLE
            and any(item.done and item.due_on for item in facts.items)
        ),
        SkipReason.NO_DUE_DATE: needs_due_date and not _open_due_dates(facts),
    }
    return next((reason for reason, holds in conditions.items() if holds), None)


def due_at(facts: Facts, *, valid_from: datetime, at: datetime, calendar: WorkCalendar) -> list[Planned]:
    """What has to be dealt with at a moment: the reminder to send, the days missed, a new reason to note.

    `valid_from` is when the present dates came to be: the sending, or the last edit of a due date
    (K-56). Of the days passed meanwhile only the latest is sent, and only within 24 hours (A-34). A reason
    that already stands in the history is not noted again day after day.
    """
    lines = plan(
        facts,
        since=next_send_day(valid_from, calendar),
        until=last_send_day(at, calendar),
        sendable_from=first_sendable_day(at, calendar),
    )
    noted = max(facts.history, key=lambda run: run.on).reason if facts.history else None
    due = []
    for line in lines:
        if line.sends or line.reason == SkipReason.MISSED or line.reason != noted:
            due.append(line)
        noted = line.reason
    return due


def upcoming(
    facts: Facts, *, valid_from: datetime, at: datetime, until: date, calendar: WorkCalendar
) -> list[Planned]:
    """The preview of what is still to come at a moment, by the same plan that sends (N-02)."""
    since = max(next_send_day(valid_from, calendar), first_sendable_day(at, calendar))
    return plan(facts, since=since, until=until)


def first_sendable_day(at: datetime, calendar: WorkCalendar) -> date:
    """The first day whose reminder may still leave: the latest one struck, for 24 hours (A-34)."""
    last = last_send_day(at, calendar)
    in_time = at - send_moment(last, calendar) < CATCH_UP  # not so in the 25th hour of a long day
    return last if in_time else last + ONE_DAY


def next_reminder(facts: Facts, *, since: date) -> Planned | None:
    """The next mail that will leave if nothing changes, to be kept beside the row as its due day."""
    latest = max([since, facts.sent_on or since, *_open_due_dates(facts)])
    until = latest + timedelta(days=facts.every_days + len(facts.history) + 1)
    return next((line for line in plan(facts, since=since, until=until) if line.sends), None)


def _days_with_cause(facts: Facts, first: date, until: date) -> Iterator[tuple[date, Cause]]:
    day = first
    while day <= until:
        cause = _cause(facts, day)
        if cause is not None:
            yield day, cause
        day += ONE_DAY


def _cause(facts: Facts, day: date) -> Cause | None:
    """Why a reminder falls on that day; blocks are not its business."""
    assert facts.sent_on is not None
    days_since = (day - facts.sent_on).days
    match facts.kind:
        case ReminderKind.URGENT:  # from the day after sending
            return Cause.DAILY
        case ReminderKind.CUSTOM:
            return Cause.EVERY_N_DAYS if days_since % facts.every_days == 0 else None
        case ReminderKind.PERIODIC:  # the first one period after the submission
            return Cause.EVERY_PERIOD if days_since % facts.every_days == 0 else None
        case ReminderKind.GENTLE:
            return _gentle_cause(_open_due_dates(facts), day)


def _gentle_cause(due_dates: frozenset[date], day: date) -> Cause | None:
    """Seven days before, on the day, then daily while overdue (K-17), over all open items (A-28)."""
    if day in due_dates:
        return Cause.ON_DUE_DATE
    if day + AHEAD in due_dates:
        return Cause.SEVEN_DAYS_BEFORE
    return Cause.OVERDUE if due_dates and day > min(due_dates) else None


def _open_due_dates(facts: Facts) -> frozenset[date]:
    """Dates of unfinished items: those of done items are ignored (A-08)."""
    return frozenset(item.due_on for item in facts.items if item.due_on and not item.done)
