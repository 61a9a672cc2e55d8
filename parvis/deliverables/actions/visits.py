"""A contact has had a version before their eyes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, Permission, require
from parvis.deliverables.models import ApproverSlot, Deliverable, VersionVisit
from parvis.deliverables.rules import DeliverableState
from parvis.events.actions import record
from parvis.events.kinds import EventKind


@transaction.atomic
def mark_shown(deliverable: Deliverable, *, version_id: UUID, actor: Actor, at: datetime) -> None:
    """The page says that it was shown (A-36): never by a mere GET, never in a preview.

    An approver's first look moves the deliverable to "in review" (G1-25b).
    """
    require(actor, Permission.DELIVERABLE_SEE, deliverable)
    if actor.is_contact and not actor.is_preview and deliverable.current_version_id == version_id:
        note_visit(deliverable, actor=actor, at=at)


def note_visit(deliverable: Deliverable, *, actor: Actor, at: datetime, commented: bool = False) -> None:
    """Keep the first look of a contact at the current version, and what it means for the state."""
    assert deliverable.current_version_id and actor.contact_id  # a contact saw something
    visit, is_first = VersionVisit.objects.get_or_create(
        version_id=deliverable.current_version_id,
        contact_id=actor.contact_id,
        defaults={"workspace_id": deliverable.workspace_id, "opened_at": at},
    )
    if commented and visit.commented_at is None:
        VersionVisit.objects.filter(pk=visit.pk, commented_at=None).update(commented_at=at)
    if (
        not is_first
        or not ApproverSlot.objects.filter(deliverable=deliverable, contact=actor.contact_id).exists()
    ):
        return
    begun = Deliverable.objects.filter(
        pk=deliverable.pk,
        state=DeliverableState.PENDING,
        current_version=deliverable.current_version_id,
    ).update(state=DeliverableState.IN_REVIEW)
    if begun:
        deliverable.state = DeliverableState.IN_REVIEW
    record(
        EventKind.DELIVERABLE_REVIEWED,
        actor=actor,
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"version": deliverable.current_number, "version_id": deliverable.current_version_id},
    )
