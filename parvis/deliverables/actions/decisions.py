"""Deciding on a version: the one thing that counts as approval (A-16)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from parvis.access import Actor, Audience, Permission, require
from parvis.clients.models import Contact
from parvis.core.prepared import prepared
from parvis.deliverables.actions.remarks import write_remark
from parvis.deliverables.actions.visits import visited
from parvis.deliverables.errors import (
    AlreadyDecided,
    AlreadySettled,
    NotAnApprover,
    NotForApproval,
    NotInReview,
    NotYourTurn,
    ReasonRequired,
    VersionReplaced,
)
from parvis.deliverables.models import (
    ApprovalPolicy,
    ApproverSlot,
    Decision,
    Deliverable,
    DeliverableVersion,
    VersionFile,
)
from parvis.deliverables.rules import (
    AWAITING,
    ApprovalOrder,
    DeliverableState,
    Purpose,
    Verdict,
    outcome,
    whose_turn,
)
from parvis.deliverables.votes import decided_on, slots_of, votes_from
from parvis.documents.actions import file_approved_version
from parvis.events.actions import Happening, record_all
from parvis.events.kinds import EventKind

SETTLING_EVENT = {
    DeliverableState.APPROVED: EventKind.DELIVERABLE_APPROVED,
    DeliverableState.CHANGES_REQUESTED: EventKind.DELIVERABLE_CHANGES_REQUESTED,
    DeliverableState.REJECTED: EventKind.DELIVERABLE_REJECTED,
}


def decide(
    deliverable: Deliverable,
    *,
    version_id: UUID,
    verdict: Verdict,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Decision:
    """Record a contact's answer to the version before them. `notifications` tells whom it concerns.

    Raises ReasonRequired, NotForApproval, NotAnApprover, NotYourTurn; VersionReplaced, AlreadySettled and
    NotInReview when somebody was quicker, AlreadyDecided when it was the actor: then the words stay as a
    comment (A-15).
    """
    # Taken back with nothing shown before, its guard keeps contacts out; who was asked is heard all the same.
    was_asked = deliverable.state == DeliverableState.DRAFT and deliverable.current_version_id == version_id
    require(actor, Permission.DELIVERABLE_DECIDE, deliverable.project if was_asked else deliverable)
    if verdict == Verdict.REJECTED and not note.strip():
        raise ReasonRequired
    if deliverable.purpose != Purpose.APPROVAL and verdict != Verdict.NO_OPINION:
        raise NotForApproval
    try:
        return _decide(deliverable, version_id=version_id, verdict=verdict, actor=actor, at=at, note=note)
    except (VersionReplaced, AlreadySettled, NotInReview, AlreadyDecided) as refusal:
        version = DeliverableVersion.objects.filter(deliverable=deliverable, pk=version_id).first()
        if version is None or not note.strip() or _is_repeated(version, note, actor):
            raise
        write_remark(
            deliverable, version_id=version_id, body=note, actor=actor, at=at, refused_verdict=verdict
        )
        raise type(refusal)(refusal.message_when_kept) from None


def _is_repeated(version: DeliverableVersion, note: str, actor: Actor) -> bool:
    """Whether these very words came with the actor's answer: the same form, sent a second time."""
    return version.decisions.filter(contact=actor.contact_id, note=note.strip()).exists()


@transaction.atomic
def _decide(
    deliverable: Deliverable, *, version_id: UUID, verdict: Verdict, actor: Actor, at: datetime, note: str
) -> Decision:
    # The parent row before anything is counted: of two last approvers the second waits here until the
    # first has committed, and then sees their vote (ARCHITECTURE 2).
    waiting = Deliverable.objects.filter(
        pk=deliverable.pk, state__in=AWAITING, current_version=version_id, deleted_at=None
    )
    if not waiting.update(revision=F("revision") + 1, updated_at=at):
        raise _why_not(deliverable, version_id, actor)
    (deliverable,), (policy,) = _as_it_is(deliverable.pk), _terms(deliverable.pk)
    slots, decided = slots_of(deliverable.pk), decided_on(version_id)
    slot = _slot_of(deliverable, policy, slots, decided, actor)
    decision = _write(deliverable, slot, verdict=verdict, actor=actor, at=at, note=note)
    happened = visited(deliverable, actor=actor, at=at, slots=slots)
    values = {"version": deliverable.current_number, "version_id": version_id}
    happened.append(
        Happening(
            EventKind.DELIVERABLE_DECIDED,
            deliverable,
            Audience.CLIENT,
            {**values, "verdict": verdict, "decision_id": decision.pk},
            {"function": decision.function},
        )
    )
    if deliverable.purpose == Purpose.APPROVAL:
        votes = votes_from(slots, decided | {decision.contact_id: decision})
        state = outcome(votes, policy.required_approvers)
        if state is not None:
            _settle(deliverable, version_id, state, actor=actor, at=at)
            happened.append(Happening(SETTLING_EVENT[state], deliverable, Audience.CLIENT, values))
    record_all(happened, actor=actor, at=at)
    return decision


def _slot_of(
    deliverable: Deliverable,
    policy: ApprovalPolicy,
    slots: list[ApproverSlot],
    decided: dict[UUID, Decision],
    actor: Actor,
) -> ApproverSlot | None:
    """The actor's slot, if it is their turn; an opinion on what needs no approval has none."""
    slot = next((each for each in slots if each.contact_id == actor.contact_id), None)
    if slot is None:
        if deliverable.purpose == Purpose.APPROVAL:
            raise NotAnApprover
        return None
    if slot.contact_id in decided:
        raise AlreadyDecided
    if slot.pk not in whose_turn(votes_from(slots, decided), ApprovalOrder(policy.order)):
        raise NotYourTurn
    return slot


def _write(
    deliverable: Deliverable,
    slot: ApproverSlot | None,
    *,
    verdict: Verdict,
    actor: Actor,
    at: datetime,
    note: str,
) -> Decision:
    version = deliverable.current_version
    assert version and actor.contact_id  # a contact answers to what waits
    contact = slot.contact if slot else Contact.objects.get(pk=actor.contact_id)
    try:
        with transaction.atomic():
            return Decision.objects.create(
                workspace_id=deliverable.workspace_id,
                version=version,
                deliverable=deliverable,
                slot=slot,
                contact=contact,
                contact_name=contact.name,
                function=slot.function if slot and slot.function else contact.function,
                verdict=verdict,
                note=note.strip(),
                at=at,
                digest=version.digest,
                device_id=actor.device_id,
            )
    except IntegrityError as error:  # the unique constraint: one decision per version and contact
        raise AlreadyDecided from error


def _settle(
    deliverable: Deliverable, version_id: UUID, state: DeliverableState, *, actor: Actor, at: datetime
) -> None:
    """Draw the conclusion of all votes, this one included (A-15, G1-20)."""
    Deliverable.objects.filter(pk=deliverable.pk).update(state=state, settled_at=at)
    DeliverableVersion.objects.filter(pk=version_id).update(outcome=state, settled_at=at)
    deliverable.state, deliverable.settled_at = state, at
    if state == DeliverableState.APPROVED:
        file_approved_version(
            deliverable.project,
            version_id=version_id,
            title=f"{deliverable.title} v{deliverable.current_number}",
            files=[each.file for each in _files(version_id)],
            actor=actor,
            at=at,
        )


@prepared
def _as_it_is(deliverable_id: UUID) -> QuerySet[Deliverable]:
    return Deliverable.objects.filter(pk=deliverable_id).select_related("project", "current_version")


@prepared
def _terms(deliverable_id: UUID) -> QuerySet[ApprovalPolicy]:
    return ApprovalPolicy.objects.filter(deliverable=deliverable_id)


@prepared
def _files(version_id: UUID) -> QuerySet[VersionFile]:
    return VersionFile.objects.filter(version=version_id).select_related("file")


def _why_not(deliverable: Deliverable, version_id: UUID, actor: Actor) -> Exception:
    """The reason a version no longer takes answers: replaced, settled, answered, or not shown."""
    current = Deliverable.objects.filter(pk=deliverable.pk).values_list("current_version", "state").get()
    if current[0] != version_id:
        return VersionReplaced()
    if Decision.objects.filter(version=version_id, contact=actor.contact_id).exists():
        return AlreadyDecided()
    if current[1] == DeliverableState.DRAFT:
        return NotInReview()
    return AlreadySettled()
