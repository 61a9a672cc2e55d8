"""A contact has had a version before their eyes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from parvis.access import Actor, Audience, Permission, require
from parvis.core.prepared import prepared
from parvis.deliverables.models import ApproverSlot, Deliverable, VersionVisit
from parvis.deliverables.rules import DeliverableState
from parvis.deliverables.votes import slots_of
from parvis.events.actions import Happening, record_all
from parvis.events.kinds import EventKind


@transaction.atomic
def mark_shown(deliverable: Deliverable, *, version_id: UUID, actor: Actor, at: datetime) -> None:
    """The page says that it was shown (A-36): never by a mere GET, never in a preview.

    An approver's first look moves the deliverable to "in review" (G1-25b).
    """
    require(actor, Permission.DELIVERABLE_SEE, deliverable)
    if actor.contact_id is None or actor.is_preview or deliverable.current_version_id != version_id:
        return
    if _visits(version_id, actor.contact_id):
        return
    # The parent row first, as deciding and commenting do: two windows wait, and do not block each other.
    list(Deliverable.objects.select_for_update().filter(pk=deliverable.pk).values_list("pk"))
    record_all(visited(deliverable, actor=actor, at=at), actor=actor, at=at)


def visited(
    deliverable: Deliverable,
    *,
    actor: Actor,
    at: datetime,
    commented: bool = False,
    slots: Sequence[ApproverSlot] | None = None,
) -> list[Happening]:
    """Keep a contact's first look at the current version; what it means for the state, to be recorded.

    `slots` are those of the deliverable, where they have been read already.
    """
    assert deliverable.current_version_id and actor.contact_id  # a contact saw something
    visit, is_first = _visit_of(actor.contact_id, deliverable, at=at, commented=commented)
    if commented and visit.commented_at is None:
        VersionVisit.objects.filter(pk=visit.pk, commented_at=None).update(commented_at=at)
    if not is_first:
        return []
    slots = slots_of(deliverable.pk) if slots is None else slots
    if all(slot.contact_id != actor.contact_id for slot in slots):
        return []
    begun = Deliverable.objects.filter(
        pk=deliverable.pk,
        state=DeliverableState.PENDING,
        current_version=deliverable.current_version_id,
    ).update(state=DeliverableState.IN_REVIEW)
    if begun:
        deliverable.state = DeliverableState.IN_REVIEW
    values = {"version": deliverable.current_number, "version_id": deliverable.current_version_id}
    return [Happening(EventKind.DELIVERABLE_REVIEWED, deliverable, Audience.STAFF, values)]


def _visit_of(
    contact_id: UUID, deliverable: Deliverable, *, at: datetime, commented: bool
) -> tuple[VersionVisit, bool]:
    """The visit to the current version, and whether it has only begun."""
    version_id = deliverable.current_version_id
    assert version_id
    for visit in _visits(version_id, contact_id):
        return visit, False
    try:
        with transaction.atomic():
            visit = VersionVisit.objects.create(
                workspace_id=deliverable.workspace_id,
                version_id=version_id,
                contact_id=contact_id,
                opened_at=at,
                commented_at=at if commented else None,
            )
    except IntegrityError:
        for visit in _visits(version_id, contact_id):  # shown in another window at the same moment
            return visit, False
        raise
    return visit, True


@prepared
def _visits(version_id: UUID, contact_id: UUID) -> QuerySet[VersionVisit]:
    return VersionVisit.objects.filter(version=version_id, contact=contact_id)
