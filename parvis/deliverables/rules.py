"""States and decisions of a deliverable from plain values: no database, no clock, no request.

Sources: DOMAIN 3.3 (transitions), A-15 (votes), G1-20 (required approvers), A-14 (order).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeliverableState(models.TextChoices):
    """Where a deliverable stands (G1-25)."""

    DRAFT = "draft", pgettext_lazy("deliverable", "Draft")
    PENDING = "pending", pgettext_lazy("deliverable", "Pending")
    IN_REVIEW = "in_review", pgettext_lazy("deliverable", "In review")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("deliverable", "Changes requested")
    APPROVED = "approved", pgettext_lazy("deliverable", "Approved")
    REJECTED = "rejected", pgettext_lazy("deliverable", "Rejected")


class Purpose(models.TextChoices):
    """What the client is asked for (G1-37)."""

    APPROVAL = "approval", _("Approval")
    FEEDBACK = "feedback", _("Feedback")
    INFORMATION = "information", _("Information")


class Verdict(models.TextChoices):
    """A contact's answer to a version (A-15)."""

    APPROVED = "approved", _("Approved")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    REJECTED = "rejected", _("Rejected")
    NO_OPINION = "no_opinion", _("No opinion")


class ApprovalOrder(models.TextChoices):
    """Whether approvers are asked together or one after the other (A-14)."""

    PARALLEL = "parallel", _("All at once")
    SEQUENTIAL = "sequential", _("One after the other")


AWAITING = (DeliverableState.PENDING, DeliverableState.IN_REVIEW)
SETTLED = (DeliverableState.APPROVED, DeliverableState.CHANGES_REQUESTED, DeliverableState.REJECTED)

TRANSITIONS: dict[DeliverableState, frozenset[DeliverableState]] = {
    DeliverableState.DRAFT: frozenset({DeliverableState.PENDING}),
    DeliverableState.PENDING: frozenset({DeliverableState.IN_REVIEW, DeliverableState.DRAFT, *SETTLED}),
    DeliverableState.IN_REVIEW: frozenset({DeliverableState.DRAFT, *SETTLED}),
    DeliverableState.CHANGES_REQUESTED: frozenset({DeliverableState.PENDING}),
    DeliverableState.REJECTED: frozenset({DeliverableState.PENDING}),
    DeliverableState.APPROVED: frozenset({DeliverableState.PENDING}),
}
"""Every transition there is (DOMAIN 3.3); one that is not listed is refused.

A new version while the last one still waits is a withdrawal and a publication in one step.
"""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one slot has answered, None while it has not."""

    slot_id: UUID
    position: int
    verdict: Verdict | None


def outcome(votes: Sequence[Vote], required: int) -> DeliverableState | None:
    """What the votes make of a version, None while it still waits (A-15, G1-20).

    The first reject or change request settles it; so do as many approvals as required. "No opinion"
    counts as no approval.
    """
    verdicts = [vote.verdict for vote in votes]
    if Verdict.REJECTED in verdicts:
        return DeliverableState.REJECTED
    if Verdict.CHANGES_REQUESTED in verdicts:
        return DeliverableState.CHANGES_REQUESTED
    if verdicts.count(Verdict.APPROVED) >= required:
        return DeliverableState.APPROVED
    return None


def whose_turn(votes: Sequence[Vote], order: ApprovalOrder) -> list[UUID]:
    """Slots that may answer now: all that have not, or in a sequence the first that has not (A-14)."""
    open_slots = [vote for vote in sorted(votes, key=lambda vote: vote.position) if vote.verdict is None]
    if order == ApprovalOrder.SEQUENTIAL:
        open_slots = open_slots[:1]
    return [vote.slot_id for vote in open_slots]


def can_still_be_approved(votes: Sequence[Vote], required: int) -> bool:
    """Whether enough slots are left to reach the required number ("no opinion" may use them up)."""
    possible = [vote for vote in votes if vote.verdict in (None, Verdict.APPROVED)]
    return len(possible) >= required


def begins_round(state: str, purpose: str) -> bool:
    """Whether a version published in this state uses up a revision round (DOMAIN 3.3, G1-41c).

    Only the client uses rounds up: what the team takes back or replaces by itself costs none. Where nobody
    is asked to approve no verdict tells, so there every version after one that was shown counts.
    """
    if purpose != Purpose.APPROVAL:
        return state in AWAITING
    return state in (DeliverableState.CHANGES_REQUESTED, DeliverableState.REJECTED)


def rounds_exceeded(rounds_used: int, maximum: int | None) -> bool:
    """Whether more revision rounds were used than agreed (G1-41c)."""
    return maximum is not None and rounds_used > maximum
