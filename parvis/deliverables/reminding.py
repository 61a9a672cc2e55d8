"""What the reminder engine has to know of an approver's turn at a version (G1-23, A-22, A-35)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from parvis.core.calendar import WorkCalendar
from parvis.deliverables.deciders import deciders_of
from parvis.deliverables.models import ApproverSlot, Decision, Deliverable
from parvis.deliverables.rules import ApprovalOrder, Purpose, whose_turn
from parvis.deliverables.votes import votes_from
from parvis.reminders.actions import histories
from parvis.reminders.models import Target
from parvis.reminders.opting_out import Person, opted_out
from parvis.reminders.rules import Facts, Item, PastRun, ReminderKind

SUBJECT_TYPE = "deliverables.version"

Past = Mapping[Target, tuple[PastRun, ...]]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a reminder can reach: who can answer, by deliverable, and which people want none (A-10, A-31)."""

    able: Mapping[UUID, Collection[UUID]]
    silent: Collection[Person]


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
    past: Past | None = None,
    reach: Reach | None = None,
) -> list[Turn]:
    """Approvers whose answer to the current version is awaited now, with the facts of their reminders.

    `slots` with their contacts, decisions by contact, the reminders so far and whom they reach are asked for
    where the caller has none at hand.
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
    reach = reach_of([deliverable], [by_pk[pk] for pk in now_asked]) if reach is None else reach
    since = _turn_began(deliverable, decided)
    targets = {pk: _target(deliverable, by_pk[pk]) for pk in now_asked}
    past = histories(targets.values()) if past is None else past
    facts = {
        pk: _facts(
            deliverable,
            since,
            past.get(target, ()),
            calendar,
            no_access=target.recipient_id not in reach.able[deliverable.pk],
            opted_out=(target.recipient_id, deliverable.client_id) in reach.silent,
        )
        for pk, target in targets.items()
    }
    return [Turn(by_pk[pk], target, since, facts[pk]) for pk, target in targets.items()]


def reach_of(deliverables: Collection[Deliverable], slots: Collection[ApproverSlot]) -> Reach:
    """Whom reminders of these deliverables can reach among the contacts of their slots; three queries."""
    client_of = {one.pk: one.client_id for one in deliverables}
    return Reach(
        able=deciders_of(deliverables, {slot.contact_id for slot in slots}),
        silent=opted_out({(slot.contact_id, client_of[slot.deliverable_id]) for slot in slots}),
    )


def turns_at(deliverables: Collection[Deliverable], calendar: WorkCalendar) -> list[tuple[Deliverable, Turn]]:
    """The turns of many deliverables of one workspace, in six queries."""
    slots: dict[UUID, list[ApproverSlot]] = defaultdict(list)
    decided: dict[UUID, dict[UUID, Decision]] = defaultdict(dict)
    for slot in ApproverSlot.objects.filter(deliverable__in=deliverables).select_related("contact"):
        slots[slot.deliverable_id].append(slot)
    current = [one.current_version_id for one in deliverables]
    for decision in Decision.objects.filter(version__in=current):
        decided[decision.deliverable_id][decision.contact_id] = decision
    past = histories([_target(one, slot) for one in deliverables for slot in slots[one.pk]])
    reach = reach_of(deliverables, [slot for each in slots.values() for slot in each])
    return [
        (one, turn)
        for one in deliverables
        for turn in turns(one, calendar, slots=slots[one.pk], decided=decided[one.pk], past=past, reach=reach)
    ]


def _turn_began(deliverable: Deliverable, decided: Mapping[UUID, Decision]) -> datetime:
    """The submission, or in a sequence the answer before (A-35: first reminder one period later)."""
    submitted = deliverable.submitted_at
    assert submitted is not None  # a version waits
    if deliverable.policy.order != ApprovalOrder.SEQUENTIAL:
        return submitted
    return max([submitted, *(decision.at for decision in decided.values())])


def _target(deliverable: Deliverable, slot: ApproverSlot) -> Target:
    assert deliverable.current_version_id is not None  # a version waits
    return Target(deliverable.workspace_id, SUBJECT_TYPE, deliverable.current_version_id, slot.contact_id)


def _facts(
    deliverable: Deliverable,
    since: datetime,
    past: tuple[PastRun, ...],
    calendar: WorkCalendar,
    *,
    no_access: bool,
    opted_out: bool,
) -> Facts:
    policy = deliverable.policy
    return Facts(
        kind=ReminderKind.PERIODIC,
        sent_on=calendar.day_of(since),
        items=(Item(),),
        history=past,
        every_days=policy.reminder_every_days or 1,
        switched_on=policy.reminder_every_days is not None,
        no_access=no_access,
        opted_out=opted_out,
        locked=not deliverable.project.guard.writable,
    )
