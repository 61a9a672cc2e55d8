"""From a contact's device to the Actor of a portal request."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from parvis.access import Actor, ActorKind, ClientAccess, ContactRole, Permission
from parvis.access.permissions import STAFF_ROLES
from parvis.clients.models import AccessGrant, ContactDevice, Membership, MembershipProject
from parvis.clients.querysets import MembershipQuerySet
from parvis.core.prepared import prepared
from parvis.team.models import Member


def contact_actor(device: ContactDevice, at: datetime) -> Actor | None:
    """The contact as an actor, with the clients this device has an open grant for; None when there is none.

    Three queries, one more for a preview. `device` comes with its contact and workspace; one made for a
    preview shows one client, changes nothing, and ends with the right of the member who looks.
    """
    if not _is_live(device, at):
        return None
    memberships = _memberships(device, at)
    if not memberships:
        return None
    contact = device.contact
    return Actor(
        workspace_id=device.workspace_id,
        kind=ActorKind.CONTACT,
        name=contact.name,
        contact_id=contact.pk,
        device_id=device.pk,
        clients={access.client_id: access for access in _accesses(memberships)},
        is_preview=device.preview_by_id is not None,
        language=contact.language or memberships[0].client.language or device.workspace.language,
        time_zone=contact.time_zone or device.workspace.calendar.time_zone,
    )


def actor_for(contact_id: UUID, workspace_id: UUID, *, name: str = "") -> Actor:
    """The contact as an actor through every usable membership, whatever the device.

    For questions about a person who is not here: `explain`, recipients of a mail.
    """
    rows = Membership.objects.usable().filter(workspace=workspace_id, contact=contact_id)
    return Actor(
        workspace_id=workspace_id,
        kind=ActorKind.CONTACT,
        name=name,
        contact_id=contact_id,
        clients={a.client_id: a for a in _accesses(list(rows.select_related("client__portal")))},
    )


def _is_live(device: ContactDevice, at: datetime) -> bool:
    if device.revoked_at is not None or at >= device.expires_at or device.contact.deleted_at is not None:
        return False
    if device.preview_by_id is None:
        return True
    may_look = Member.objects.active().filter(role__in=STAFF_ROLES[Permission.PORTAL_PREVIEW])
    return may_look.filter(pk=device.preview_by_id).exists()


def _memberships(device: ContactDevice, at: datetime) -> list[Membership]:
    """Usable memberships at clients this device has an open grant for, or the previewed one."""
    if device.preview_by_id is not None:
        return list(_usable(device.contact_id).filter(client=device.preview_client_id))
    return _granted(device.contact_id, device.pk, at)


@prepared
def _granted(contact_id: UUID, device_id: UUID, at: datetime) -> MembershipQuerySet:
    open_grants = AccessGrant.objects.filter(device=device_id, revoked_at=None, expires_at__gt=at)
    return _usable(contact_id).filter(client__in=open_grants.values("client"))


def _usable(contact_id: UUID) -> MembershipQuerySet:
    rows = Membership.objects.usable().filter(contact=contact_id)
    return rows.select_related("client__portal").order_by("created_at")


def _accesses(memberships: list[Membership]) -> Iterable[ClientAccess]:
    listed: dict[UUID, set[UUID]] = defaultdict(set)
    limited = [row.pk for row in memberships if not row.reaches_all_projects]
    rows = MembershipProject.objects.filter(membership__in=limited)
    for membership_id, project_id in rows.values_list("membership", "project_id"):
        listed[membership_id].add(project_id)
    for row in memberships:
        yield ClientAccess(
            client_id=row.client_id,
            role=ContactRole(row.role),
            portal_enabled=row.client.portal.enabled,
            switches=row.client.portal.switches,
            project_ids=None if row.reaches_all_projects else frozenset(listed[row.pk]),
        )
