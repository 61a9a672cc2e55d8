"""Who can approve at this moment, and what waits for somebody who cannot (A-03, A-31)."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from parvis.access import Actor
from parvis.clients.models import Membership, PortalSettings
from parvis.deliverables.errors import ApprovalsAreOff, NobodyCouldApprove, PortalIsOff
from parvis.deliverables.models import ApproverSlot, Decision, Deliverable, Purpose


def deciders_of(
    deliverables: Collection[Deliverable], contact_ids: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Of these contacts those who can approve each deliverable, by its id; one query.

    Whether its project is open is not asked: that is the same for everybody.
    """
    able: dict[UUID, list[tuple[UUID, bool, UUID | None]]] = defaultdict(list)
    clients = {one.client_id for one in deliverables}
    rows = Membership.objects.deciding().filter(client__in=clients, contact__in=contact_ids)
    columns = ("client_id", "contact_id", "reaches_all_projects", "listed_projects__project_id")
    for client_id, *reach in rows.values_list(*columns):
        able[client_id].append(tuple(reach))
    return {
        one.pk: {
            contact_id
            for contact_id, reaches_all, project_id in able[one.client_id]
            if reaches_all or project_id == one.project_id
        }
        for one in deliverables
    }


def why_nobody_could_approve(portal: PortalSettings) -> NobodyCouldApprove | None:
    """What keeps everybody at a client from approving, whoever is asked (A-03)."""
    if not portal.enabled:
        return PortalIsOff()
    return None if portal.approvals else ApprovalsAreOff()


def waiting_in_vain(actor: Actor, contact_id: UUID) -> list[Deliverable]:
    """What waits for an approval that this contact cannot give, the oldest first; two queries."""
    slots = ApproverSlot.objects.filter(deliverable=OuterRef("pk"), contact=contact_id)
    answers = Decision.objects.filter(version=OuterRef("current_version"), contact=contact_id)
    rows = Deliverable.objects.visible_to(actor).lacking_an_answer().filter(purpose=Purpose.APPROVAL)
    waiting = list(rows.filter(Exists(slots), ~Exists(answers)).order_by("submitted_at", "pk"))
    able = deciders_of(waiting, [contact_id])
    return [row for row in waiting if contact_id not in able[row.pk]]
