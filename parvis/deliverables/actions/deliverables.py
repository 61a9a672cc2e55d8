"""Creating and editing a deliverable, and the terms on which it is approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from parvis.access import Actor, Audience, ContactRole, Permission, require
from parvis.clients.models import Membership, MembershipState, PortalSettings
from parvis.core.editing import write
from parvis.core.text import clean_line
from parvis.deliverables.deciders import why_nobody_could_approve
from parvis.deliverables.errors import (
    AlreadyChanged,
    ApproverHasNoAccess,
    ApproverMayNotDecide,
    NoApprover,
    TermsWouldDecide,
    TooFewApprovers,
)
from parvis.deliverables.models import ApprovalPolicy, ApproverSlot, Deliverable
from parvis.deliverables.rules import ApprovalOrder, Purpose, outcome
from parvis.deliverables.votes import asked_now, votes_on
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.projects.models import Project
from parvis.team.models import Member


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody designated to approve, in the function they approve in (G1-21)."""

    contact_id: UUID
    function: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a deliverable is approved (G1-20 to G1-24); days of the deadline are working days."""

    required_approvers: int = 1
    order: ApprovalOrder = ApprovalOrder.PARALLEL
    deadline_days: int | None = 3
    reminder_every_days: int | None = 1
    escalates: bool = True


DEFAULT_TERMS = Terms()


@transaction.atomic
def create_deliverable(
    project: Project,
    *,
    title: str,
    purpose: Purpose,
    actor: Actor,
    at: datetime,
    description: str = "",
    responsible: Member | None = None,
    terms: Terms = DEFAULT_TERMS,
    approvers: Sequence[Approver] = (),
    maximum_rounds: int | None = None,
    planned_on: date | None = None,
) -> Deliverable:
    """A draft that only the team sees until its first version is published.

    Raises ApproverMayNotDecide, ApproverHasNoAccess or TooFewApprovers.
    """
    require(actor, Permission.DELIVERABLE_EDIT, project)
    deliverable = Deliverable.objects.create(
        workspace_id=project.workspace_id,
        client_id=project.client_id,
        project=project,
        title=clean_line(title),
        description=description.strip(),
        purpose=purpose,
        responsible=responsible,
        maximum_rounds=maximum_rounds,
        planned_on=planned_on,
        created_at=at,
        updated_at=at,
    )
    ApprovalPolicy.objects.create(workspace_id=project.workspace_id, deliverable=deliverable)
    _write_terms(deliverable, terms, approvers)
    record(EventKind.DELIVERABLE_CREATED, actor=actor, subject=deliverable, at=at, audience=Audience.STAFF)
    return deliverable


@transaction.atomic
def edit_deliverable(
    deliverable: Deliverable,
    *,
    actor: Actor,
    at: datetime,
    title: str,
    description: str,
    responsible: Member | None,
    maximum_rounds: int | None,
    planned_on: date | None,
    edition: int | None = None,
) -> None:
    """Change what a deliverable is called and who looks after it.

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.DELIVERABLE_EDIT, deliverable)
    write(
        deliverable,
        edition,
        title=clean_line(title),
        description=description.strip(),
        responsible=responsible,
        maximum_rounds=maximum_rounds,
        planned_on=planned_on,
        updated_at=at,
    )
    record(EventKind.DELIVERABLE_EDITED, actor=actor, subject=deliverable, at=at, audience=Audience.STAFF)


@transaction.atomic
def set_terms(
    deliverable: Deliverable,
    *,
    terms: Terms,
    approvers: Sequence[Approver],
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> None:
    """Change who approves and how; decisions already made keep their name and function.

    Whoever has to answer only now is named in the event. `edition` is that of the terms that were read;
    raises EditedMeanwhile when it is no longer the last (G3). Raises ApproverMayNotDecide,
    ApproverHasNoAccess or TooFewApprovers; while a version waits also NoApprover, and TermsWouldDecide when
    the answers given would settle it: a version is settled by an answer, never by the team (A-16).
    """
    require(actor, Permission.DELIVERABLE_EDIT, deliverable)
    if not approvers and deliverable.purpose == Purpose.APPROVAL and deliverable.is_awaiting:
        raise NoApprover
    asked_before = asked_now(deliverable)
    _write_terms(deliverable, terms, approvers, edition)
    if deliverable.is_awaiting and outcome(votes_on(deliverable), terms.required_approvers) is not None:
        raise TermsWouldDecide
    record(
        EventKind.DELIVERABLE_EDITED,
        actor=actor,
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"now_asked": sorted(asked_now(deliverable) - asked_before)},
    )


@transaction.atomic
def delete_deliverable(deliverable: Deliverable, *, actor: Actor, at: datetime) -> None:
    """Take a deliverable out of every list; it can be restored."""
    require(actor, Permission.DELIVERABLE_EDIT, deliverable)
    if not Deliverable.objects.filter(pk=deliverable.pk, deleted_at=None).update(
        deleted_at=at, updated_at=at
    ):
        raise AlreadyChanged
    record(EventKind.DELIVERABLE_DELETED, actor=actor, subject=deliverable, at=at, audience=Audience.STAFF)


@transaction.atomic
def restore_deliverable(deliverable: Deliverable, *, actor: Actor, at: datetime) -> None:
    """Bring a deleted deliverable back as it was."""
    require(actor, Permission.DELIVERABLE_EDIT, deliverable)
    deleted = Deliverable.objects.filter(pk=deliverable.pk).exclude(deleted_at=None)
    if not deleted.update(deleted_at=None, updated_at=at):
        raise AlreadyChanged
    record(EventKind.DELIVERABLE_RESTORED, actor=actor, subject=deliverable, at=at, audience=Audience.STAFF)


def _write_terms(
    deliverable: Deliverable, terms: Terms, approvers: Sequence[Approver], edition: int | None = None
) -> None:
    approvers = [
        a for n, a in enumerate(approvers) if a.contact_id not in {b.contact_id for b in approvers[:n]}
    ]
    refuse_who_may_not_decide(deliverable, [approver.contact_id for approver in approvers])
    if approvers and terms.required_approvers > len(approvers):
        raise TooFewApprovers
    # The parent row first: an approval under way meets the new terms here, or is counted under the old ones.
    Deliverable.objects.filter(pk=deliverable.pk).update(revision=F("revision") + 1)
    write(
        deliverable.policy,
        edition,
        required_approvers=terms.required_approvers,
        order=terms.order,
        deadline_days=terms.deadline_days,
        reminder_every_days=terms.reminder_every_days,
        escalates=terms.escalates,
    )
    kept = {approver.contact_id for approver in approvers}
    ApproverSlot.objects.filter(deliverable=deliverable).exclude(contact__in=kept).delete()
    for position, approver in enumerate(approvers):
        ApproverSlot.objects.update_or_create(
            deliverable=deliverable,
            contact_id=approver.contact_id,
            defaults={
                "workspace_id": deliverable.workspace_id,
                "function": clean_line(approver.function),
                "position": position,
            },
        )


def refuse_who_may_not_decide(deliverable: Deliverable, contact_ids: Sequence[UUID]) -> None:
    """A slot holds only a decision maker of the client with a way in who reaches the project (A-31, A-38)."""
    rows = Membership.objects.filter(
        client=deliverable.client_id, contact__in=contact_ids, role=ContactRole.DECISION_MAKER
    )
    deciders = {
        row.contact_id: row for row in rows.reaching(deliverable.project_id).select_related("contact")
    }
    if refused := [contact_id for contact_id in contact_ids if contact_id not in deciders]:
        raise ApproverMayNotDecide(list(refused))
    closed = [
        deciders[contact_id].contact
        for contact_id in contact_ids
        if deciders[contact_id].state == MembershipState.DISABLED or deciders[contact_id].contact.deleted_at
    ]
    if closed:
        raise ApproverHasNoAccess(
            [contact.pk for contact in closed], ", ".join(contact.name for contact in closed)
        )


def refuse_where_nobody_could_approve(deliverable: Deliverable) -> None:
    """Nobody is asked to approve in a portal that lets nobody do so (A-03)."""
    if refusal := why_nobody_could_approve(PortalSettings.objects.get(client=deliverable.client_id)):
        raise refusal
