"""The tracking panel: who was asked, who answered, who is waited for and since when (G1-26, G1-02c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from parvis.deliverables.answers import removed_since
from parvis.deliverables.models import ApproverSlot, Decision, Deliverable, VersionVisit
from parvis.deliverables.reminding import SUBJECT_TYPE, reach_of, turns
from parvis.deliverables.rules import DeliverableState, Verdict
from parvis.reminders.models import ReminderRun
from parvis.reminders.rules import COUNTED, next_reminder
from parvis.workspaces.calendar import calendar_of


@dataclass(frozen=True, slots=True)
class TrackedApprover:
    """One line of the panel (G1-26b)."""

    contact_id: UUID
    name: str
    function: str
    verdict: Verdict | None
    decided_at: datetime | None
    note: str
    opened_at: datetime | None
    waiting_since: datetime | None
    reminders_sent: int
    next_reminder_on: date | None
    cannot_answer: bool
    wants_no_reminders: bool


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
    """The panel of the current version at a moment; eight queries and one for each awaited approver.

    Two fewer where the caller has the slots with their contacts and the answers at hand.
    """
    calendar = calendar_of(deliverable.workspace_id)
    if answers is None:
        answers = list(Decision.objects.filter(version=deliverable.current_version_id))
    decisions = {decision.contact_id: decision for decision in answers}
    visits = dict(
        VersionVisit.objects.filter(version=deliverable.current_version_id).values_list(
            "contact", "opened_at"
        )
    )
    slots = list(deliverable.slots.select_related("contact")) if slots is None else slots
    reach = reach_of([deliverable], [slot for slot in slots if slot.contact_id not in decisions])
    asked = turns(deliverable, calendar, slots=slots, decided=decisions, reach=reach)
    waiting = {turn.slot.pk: turn for turn in asked}
    sent = _reminders_sent(deliverable)
    approvers = []
    for slot in slots:
        decision, turn = decisions.get(slot.contact_id), waiting.get(slot.pk)
        coming = next_reminder(turn.facts, since=calendar.day_of(at)) if turn else None
        approvers.append(
            TrackedApprover(
                contact_id=slot.contact_id,
                name=decision.contact_name if decision else slot.contact.name,
                function=(decision.function if decision else slot.function) or slot.contact.function,
                verdict=Verdict(decision.verdict) if decision else None,
                decided_at=decision.at if decision else None,
                note=decision.note if decision else "",
                opened_at=visits.get(slot.contact_id),
                waiting_since=turn.since if turn else None,
                reminders_sent=sent.get(slot.contact_id, 0),
                next_reminder_on=coming.on if coming else None,
                cannot_answer=decision is None and slot.contact_id not in reach.able[deliverable.pk],
                wants_no_reminders=(slot.contact_id, deliverable.client_id) in reach.silent,
            )
        )
    approvers += [_removed(decision) for decision in removed_since(deliverable, slots, answers)]
    return Tracking(
        submitted_at=deliverable.submitted_at,
        due_at=deliverable.due_at,
        is_overdue=bool(deliverable.is_awaiting and deliverable.due_at and deliverable.due_at < at),
        escalated_at=deliverable.escalated_at,
        state=DeliverableState(deliverable.state),
        approvers=approvers,
        required=deliverable.policy.required_approvers,
        elapsed_days=_elapsed_days(deliverable, approvers),
    )


def _removed(decision: Decision) -> TrackedApprover:
    """Who answered and is on the list no more."""
    return TrackedApprover(
        contact_id=decision.contact_id,
        name=decision.contact_name,
        function=decision.function,
        verdict=Verdict(decision.verdict),
        decided_at=decision.at,
        note=decision.note,
        opened_at=None,
        waiting_since=None,
        reminders_sent=0,
        next_reminder_on=None,
        cannot_answer=False,
        wants_no_reminders=False,
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
