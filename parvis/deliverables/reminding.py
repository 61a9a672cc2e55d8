"""What the reminder engine has to know of an approver's turn at a version (G1-23, A-22, A-35)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from parvis.core.calendar import WorkCalendar
from parvis.deliverables.models import ApproverSlot, Decision, Deliverable
from parvis.deliverables.rules import ApprovalOrder, Purpose, whose_turn
from parvis.deliverables.votes import votes_from
from parvis.reminders.actions import history
from parvis.reminders.models import Target
from parvis.reminders.rules import Facts, Item, ReminderKind

SUBJECT_TYPE = "deliverables.version"


@dataclass(frozen=True, slots=True)
class Turn:
    """An approver who has to answer, and since when."""

    slot: ApproverSlot
    target: Target
    since: datetime
    facts: Facts


def turns(
    deliverable: Deliverable,
    calendar: WorkCalendar,
    *,
    slots: Sequence[ApproverSlot] | None = None,
    decided: Mapping[UUID, Decision] | None = None,
) -> list[Turn]:
    """Approvers whose answer to the current version is awaited now, with the facts of their reminders.

    `slots` with their contacts and decisions by contact are asked for where the caller has none at hand.
    """
    if not deliverable.is_awaiting or deliverable.purpose != Purpose.APPROVAL:
        return []
    by_pk = {
        slot.pk: slot for slot in (deliverable.slots.select_related("contact") if slots is None else slots)
    }
    if decided is None:
        answers = Decision.objects.filter(version=deliverable.current_version_id)
        decided = {decision.contact_id: decision for decision in answers}
    now_asked = whose_turn(votes_from(by_pk.values(), decided), ApprovalOrder(deliverable.policy.order))
    since = _turn_began(deliverable, decided)
    return [_turn(deliverable, by_pk[pk], since, calendar) for pk in now_asked]


def _turn_began(deliverable: Deliverable, decided: Mapping[UUID, Decision]) -> datetime:
    """The submission, or in a sequence the answer before (A-35: first reminder one period later)."""
    submitted = deliverable.submitted_at
    assert submitted is not None  # a version waits
    if deliverable.policy.order != ApprovalOrder.SEQUENTIAL:
        return submitted
    return max([submitted, *(decision.at for decision in decided.values())])


def _turn(deliverable: Deliverable, slot: ApproverSlot, since: datetime, calendar: WorkCalendar) -> Turn:
    policy = deliverable.policy
    assert deliverable.current_version_id is not None
    target = Target(deliverable.workspace_id, SUBJECT_TYPE, deliverable.current_version_id, slot.contact_id)
    facts = Facts(
        kind=ReminderKind.PERIODIC,
        sent_on=calendar.day_of(since),
        items=(Item(),),
        history=history(target),
        every_days=policy.reminder_every_days or 1,
        switched_on=policy.reminder_every_days is not None,
        locked=not deliverable.project.guard.writable,
    )
    return Turn(slot, target, since, facts)
