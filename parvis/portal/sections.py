"""Which parts of the portal exist for an actor: what is switched off is not there (G1-08, A-02)."""

from uuid import UUID

from django.http import Http404

from parvis.access import Actor, Permission
from parvis.access.permissions import CONTACT_ROLES, SWITCHES


def clients_showing(actor: Actor, permission: Permission) -> frozenset[UUID]:
    """Clients whose portal and whose switch for the permission are on, whatever the contact's role."""
    switch = SWITCHES.get(permission)
    return frozenset(
        access.client_id
        for access in actor.clients.values()
        if access.portal_enabled and (switch is None or switch in access.switches)
    )


def clients_allowing(actor: Actor, permission: Permission) -> frozenset[UUID]:
    """Of those, the clients where the contact's role holds the permission too."""
    return frozenset(
        client_id
        for client_id in clients_showing(actor, permission)
        if actor.clients[client_id].role in CONTACT_ROLES[permission]
    )


def shows_documents(actor: Actor) -> bool:
    return bool(clients_allowing(actor, Permission.DOCUMENT_SEE))


def shows_projects(actor: Actor) -> bool:
    return bool(clients_allowing(actor, Permission.PROJECT_SEE))


def shows_timeline(actor: Actor) -> bool:
    return bool(clients_allowing(actor, Permission.TIMELINE_SEE))


def clients_with_messages(actor: Actor) -> frozenset[UUID]:
    """Clients whose messages the contact may read: the switch is on, and the role sees projects (G2-16e)."""
    return clients_showing(actor, Permission.MESSAGE_SEND) & clients_allowing(actor, Permission.PROJECT_SEE)


def shows_messages(actor: Actor) -> bool:
    return bool(clients_with_messages(actor))


def exists_only_if(condition: bool) -> None:
    """Raise Http404 for a section that is switched off."""
    if not condition:
        raise Http404
