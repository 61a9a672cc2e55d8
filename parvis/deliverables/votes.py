"""What the slots of a deliverable have answered, and who is asked now."""

from collections.abc import Iterable, Mapping
from uuid import UUID

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
    decisions = Decision.objects.filter(version=deliverable.current_version_id)
    slots = ApproverSlot.objects.filter(deliverable=deliverable)
    return votes_from(slots, {decision.contact_id: decision for decision in decisions})


def asked_now(deliverable: Deliverable) -> set[UUID]:
    """The contacts whose answer to the current version is awaited at this moment (A-14)."""
    if not deliverable.is_awaiting or deliverable.purpose != Purpose.APPROVAL:
        return set()
    policy = ApprovalPolicy.objects.get(deliverable=deliverable)
    turn = whose_turn(votes_on(deliverable), ApprovalOrder(policy.order))
    return set(ApproverSlot.objects.filter(pk__in=turn).values_list("contact_id", flat=True))
