"""The tracking panel: who was asked, who answered, who is waited for and since when (G1-26, G1-02c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from parvis.deliverables.answers import removed_since
from parvis.deliverables.models import ApproverSlot, Decision, Deliverable, VersionVisit
from parvis.deliverables.reminding import SUBJECT_TYPE, Turn, reach_of, turns
from parvis.deliverables.rules import DeliverableState, Verdict
from parvis.reminders.models import ReminderRun
from parvis.reminders.rules import COUNTED, next_reminder
from parvis.workspaces.calendar import calendar_of


@dataclass(slots=True)
class TrackedApprover:
    """One line of the panel (G1-26b)."""

    contact_id: UUID
    name: str
    function: str
    verdict: Verdict | None = None
    decided_at: datetime | None = None
    note: str = ""
    opened_at: datetime | None = None
    waiting_since: datetime | None = None
    reminders_sent: int = 0
    next_reminder_on: date | None = None
    cannot_answer: bool = False
    wants_no_reminders: bool = False


@dataclass(frozen=True, slots=True)
class Tracking:
    """The whole panel; `elapsed_days` are calendar days from submission to the last approval (G1-26e)."""

    submitted_at: datetime | None
    due_at: datetime | None
    is_overdue: bool
    escalated_at: datetime | None
    state: DeliverableState
    approvers: list[TrackedApprover]
    required: int
    elapsed_days: int | None

    @property
    def pending(self) -> list[TrackedApprover]:
        """Approvers still without a decision (G1-26c)."""
        return [approver for approver in self.approvers if approver.verdict is None]

    @property
    def approved_by(self) -> list[TrackedApprover]:
        """Those who approved, for the status line with functions in brackets (G1-19)."""
        return [approver for approver in self.approvers if approver.verdict == Verdict.APPROVED]


def tracking(
    deliverable: Deliverable,
    at: datetime,
    *,
    slots: Sequence[ApproverSlot] | None = None,
    answers: Sequence[Decision] | None = None,
) -> Tracking:
    """The panel of the current version at a moment; eight queries, one for each awaited approver.

    Two fewer where the caller has the slots with their contacts and the answers at hand.
    """
    if answers is None:
        answers = list(Decision.objects.filter(version=deliverable.current_version_id))
    slots = list(deliverable.slots.select_related("contact")) if slots is None else slots
    approvers = _asked(deliverable, at, slots, {decision.contact_id: decision for decision in answers})
    approvers += [_answered(decision) for decision in removed_since(deliverable, slots, answers)]
    return Tracking(
        submitted_at=deliverable.submitted_at,
        due_at=deliverable.due_at,
        is_overdue=_is_overdue(deliverable, at),
        escalated_at=deliverable.escalated_at,
        state=DeliverableState(deliverable.state),
        approvers=approvers,
        required=deliverable.policy.required_approvers,
        elapsed_days=_elapsed_days(deliverable, approvers),
    )


def _is_overdue(deliverable: Deliverable, at: datetime) -> bool:
    if deliverable.due_at is None or deliverable.due_at >= at:
        return False
    return Deliverable.objects.overdue(at).filter(pk=deliverable.pk).exists()


def _asked(
    deliverable: Deliverable, at: datetime, slots: Sequence[ApproverSlot], decided: dict[UUID, Decision]
) -> list[TrackedApprover]:
    """Everybody on the list, in their order."""
    calendar = calendar_of(deliverable.workspace_id)
    looks = VersionVisit.objects.filter(version=deliverable.current_version_id)
    opened = dict(looks.values_list("contact", "opened_at"))
    reach = reach_of([deliverable], [slot for slot in slots if slot.contact_id not in decided])
    asked = turns(deliverable, calendar, slots=slots, decided=decided, reach=reach)
    waiting = {turn.slot.pk: turn for turn in asked}
    sent, lines = _reminders_sent(deliverable), []
    for slot in slots:
        person = slot.contact_id
        if person in decided:
            line = _answered(decided[person])
        else:
            line = _awaited(slot, waiting.get(slot.pk), since=calendar.day_of(at))
            line.cannot_answer = person not in reach.able[deliverable.pk]
        line.opened_at, line.reminders_sent = opened.get(person), sent.get(person, 0)
        line.wants_no_reminders = (person, deliverable.client_id) in reach.silent
        lines.append(line)
    return lines


def _answered(decision: Decision) -> TrackedApprover:
    """Who answered, as it was recorded."""
    return TrackedApprover(
        contact_id=decision.contact_id,
        name=decision.contact_name,
        function=decision.function,
        verdict=Verdict(decision.verdict),
        decided_at=decision.at,
        note=decision.note,
    )


def _awaited(slot: ApproverSlot, turn: Turn | None, *, since: date) -> TrackedApprover:
    """Who has not answered; without a turn they are not asked yet."""
    coming = next_reminder(turn.facts, since=since) if turn else None
    return TrackedApprover(
        contact_id=slot.contact_id,
        name=slot.contact.name,
        function=slot.function or slot.contact.function,
        waiting_since=turn.since if turn else None,
        next_reminder_on=coming.on if coming else None,
    )


def _reminders_sent(deliverable: Deliverable) -> dict[object, int]:
    counts: dict[object, int] = {}
    runs = ReminderRun.objects.filter(
        subject_type=SUBJECT_TYPE,
        subject_id__in=[deliverable.current_version_id],
        outcome__in=COUNTED,
    )
    for recipient in runs.values_list("recipient_id", flat=True):
        counts[recipient] = counts.get(recipient, 0) + 1
    return counts


def _elapsed_days(deliverable: Deliverable, approvers: list[TrackedApprover]) -> int | None:
    """15 Dec 10:00 to 17 Dec is two days (G1-26e): calendar days in the workspace's zone (A-23)."""
    if deliverable.state != DeliverableState.APPROVED or deliverable.submitted_at is None:
        return None
    last = max(
        (a.decided_at for a in approvers if a.verdict == Verdict.APPROVED and a.decided_at), default=None
    )
    if last is None:
        return None
    calendar = calendar_of(deliverable.workspace_id)
    return (calendar.day_of(last) - calendar.day_of(deliverable.submitted_at)).days
