"""Contacts about to be written to: what each may see now, in which language and time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone, translation

from parvis.access import Actor, ActorKind, ClientAccess, ContactRole
from parvis.clients.models import Client, Contact, Membership, MembershipState
from parvis.workspaces.calendar import calendar_of
from parvis.workspaces.models import Workspace

INSIDE = (MembershipState.INVITED, MembershipState.ACTIVE, MembershipState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Reader:
    """One contact at one client. `actor` answers what they may see, as if they stood before the portal."""

    contact: Contact
    membership: Membership
    client: Client
    workspace: Workspace
    actor: Actor

    @property
    def id(self) -> UUID:
        """The contact's."""
        return self.contact.pk

    @property
    def was_invited(self) -> bool:
        """Whether somebody opened the portal to them; others are only a name in a record."""
        return self.membership.state in INSIDE

    @contextmanager
    def voice(self) -> Iterator[None]:
        """Whatever is worded inside is worded for this person (A-25)."""
        with (
            translation.override(self.actor.language),
            timezone.override(ZoneInfo(self.actor.time_zone)),
        ):
            yield


def reader_of(contact_id: UUID | None, client_id: UUID | None) -> Reader | None:
    """The contact at the client; None when access was closed meanwhile (A10)."""
    found = _readers(Membership.objects.usable().filter(contact=contact_id, client=client_id))
    return next(iter(found), None)


def readers_at(client_id: UUID | None, project_id: UUID | None = None) -> list[Reader]:
    """Everybody at a client who has a way in, and within whose reach the project lies (A-38)."""
    memberships = Membership.objects.usable().filter(client=client_id)
    if project_id is not None:
        memberships = memberships.reaching(project_id)
    return _readers(memberships.order_by("created_at", "id"))


def _readers(memberships: QuerySet[Membership]) -> list[Reader]:
    rows = memberships.select_related("contact", "client__portal", "workspace")
    zones: dict[UUID, str] = {}
    return [_reader(row, zones) for row in rows.prefetch_related("listed_projects")]


def _reader(membership: Membership, zones: dict[UUID, str]) -> Reader:
    """`zones` remembers the zones of the workspaces met so far."""
    contact, client, workspace = membership.contact, membership.client, membership.workspace
    if workspace.pk not in zones:
        zones[workspace.pk] = calendar_of(workspace.pk).zone.key
    listed = frozenset(row.project_id for row in membership.listed_projects.all())
    access = ClientAccess(
        client_id=client.pk,
        role=ContactRole(membership.role),
        portal_enabled=client.portal.enabled,
        switches=client.portal.switches,
        project_ids=None if membership.reaches_all_projects else listed,
    )
    actor = Actor(
        workspace_id=workspace.pk,
        kind=ActorKind.CONTACT,
        name=contact.name,
        contact_id=contact.pk,
        clients={client.pk: access},
        language=contact.language or client.language or workspace.language,
        time_zone=contact.time_zone or zones[workspace.pk],
    )
    return Reader(contact, membership, client, workspace, actor)
