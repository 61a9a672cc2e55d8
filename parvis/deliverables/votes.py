"""What the slots of a deliverable have answered, and who is asked now."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from parvis.core.prepared import prepared
from parvis.deliverables.models import ApprovalPolicy, ApproverSlot, Decision, Deliverable
from parvis.deliverables.rules import ApprovalOrder, Purpose, Verdict, Vote, whose_turn


def votes_from(slots: Iterable[ApproverSlot], decided: Mapping[UUID, Decision]) -> list[Vote]:
    """The votes of a version from its slots and decisions by contact."""
    return [
        Vote(
            slot.pk,
            slot.position,
            Verdict(decided[slot.contact_id].verdict) if slot.contact_id in decided else None,
        )
        for slot in slots
    ]


def votes_on(deliverable: Deliverable) -> list[Vote]:
    """What each slot has answered to the current version; two queries."""
    return votes_from(slots_of(deliverable.pk), decided_on(deliverable.current_version_id))


@prepared
def slots_of(deliverable_id: UUID) -> QuerySet[ApproverSlot]:
    """Who decides, in their order, each with the contact."""
    return ApproverSlot.objects.filter(deliverable=deliverable_id).select_related("contact")


def decided_on(version_id: UUID | None) -> dict[UUID, Decision]:
    """The answers to a version, by contact."""
    return {each.contact_id: each for each in _decisions(version_id)} if version_id else {}


@prepared
def _decisions(version_id: UUID) -> QuerySet[Decision]:
    return Decision.objects.filter(version=version_id)


def awaited(
    slots: Collection[ApproverSlot], decided: Mapping[UUID, Decision], order: str
) -> list[ApproverSlot]:
    """Of these slots those whose answer is awaited now: in a sequence only whose turn it is (A-14)."""
    turn = whose_turn(votes_from(slots, decided), ApprovalOrder(order))
    return [slot for slot in slots if slot.pk in turn]


def awaited_on(deliverable: Deliverable) -> list[ApproverSlot]:
    """Who has to answer to the current version at this moment, each with the contact; three queries."""
    if not deliverable.is_awaiting or deliverable.purpose != Purpose.APPROVAL:
        return []
    [order] = _order(deliverable.pk)
    return awaited(slots_of(deliverable.pk), decided_on(deliverable.current_version_id), order)


def asked_now(deliverable: Deliverable) -> set[UUID]:
    """The contacts whose answer to the current version is awaited at this moment (A-14); three queries."""
    return {slot.contact_id for slot in awaited_on(deliverable)}


@prepared
def _order(deliverable_id: UUID) -> QuerySet[ApprovalPolicy, str]:
    """Read anew each time: the team may be changing it in this very transaction."""
    return ApprovalPolicy.objects.filter(deliverable=deliverable_id).values_list("order", flat=True)
