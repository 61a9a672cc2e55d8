"""A contact has had a version before their eyes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from parvis.access import Actor, Audience, Permission, require
from parvis.core.prepared import prepared
from parvis.deliverables.models import Deliverable, VersionVisit
from parvis.deliverables.rules import DeliverableState
from parvis.deliverables.votes import slots_of
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


@prepared
def _visits(version_id: UUID, contact_id: UUID) -> QuerySet[VersionVisit]:
    return VersionVisit.objects.filter(version=version_id, contact=contact_id)


def note_visit(deliverable: Deliverable, *, actor: Actor, at: datetime, commented: bool = False) -> None:
    """Keep the first look of a contact at the current version, and what it means for the state."""
    assert deliverable.current_version_id and actor.contact_id  # a contact saw something
    visits = _visits(deliverable.current_version_id, actor.contact_id)
    visit, is_first = (
        (visits[0], False)
        if visits
        else VersionVisit.objects.get_or_create(
            version_id=deliverable.current_version_id,
            contact_id=actor.contact_id,
            defaults={"workspace_id": deliverable.workspace_id, "opened_at": at},
        )
    )
    if commented and visit.commented_at is None:
        VersionVisit.objects.filter(pk=visit.pk, commented_at=None).update(commented_at=at)
    if not is_first or all(slot.contact_id != actor.contact_id for slot in slots_of(deliverable.pk)):
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
