"""Contacts about to be written to: what each may see now, in which language and time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone, translation

from parvis.access import Actor, ActorKind, ClientAccess, ContactRole
from parvis.clients.models import Client, Contact, Membership, MembershipState
from parvis.core.prepared import prepared
from parvis.deliverables.models import Deliverable
from parvis.workspaces.models import WorkingCalendar, Workspace

INSIDE = (MembershipState.INVITED, MembershipState.ACTIVE, MembershipState.EXPIRED)

WITH = ("contact", "client__portal", "workspace__calendar", "workspace__branding")


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

    def sees(self, deliverable: Deliverable) -> bool:
        """Whether they may see it at this moment (B2)."""
        return bool(_visible(self.actor, deliverable.pk))

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
    found = _readers(_memberships(contact_id, client_id))
    return next(iter(found), None)


def readers_at(client_id: UUID | None, project_id: UUID | None = None) -> list[Reader]:
    """Everybody at a client who has a way in, and within whose reach the project lies (A-38)."""
    return _readers(_memberships_at(client_id, project_id))


@prepared
def _visible(actor: Actor, pk: UUID) -> "QuerySet[Deliverable, UUID]":
    return Deliverable.objects.visible_to(actor).filter(pk=pk).values_list("pk", flat=True)


@prepared
def _memberships(contact_id: UUID | None, client_id: UUID | None) -> QuerySet[Membership]:
    return Membership.objects.usable().filter(contact=contact_id, client=client_id).select_related(*WITH)


@prepared
def _memberships_at(client_id: UUID | None, project_id: UUID | None) -> QuerySet[Membership]:
    memberships = Membership.objects.usable().filter(client=client_id)
    if project_id is not None:
        memberships = memberships.reaching(project_id)
    return memberships.select_related(*WITH).order_by("created_at", "id")


def _readers(memberships: list[Membership]) -> list[Reader]:
    limited = [row for row in memberships if not row.reaches_all_projects]
    prefetch_related_objects(limited, "listed_projects")
    return [_reader(row) for row in memberships]


def _reader(membership: Membership) -> Reader:
    contact, client, workspace = membership.contact, membership.client, membership.workspace
    calendar = getattr(workspace, "calendar", None) or WorkingCalendar()  # as for `calendar_of`
    access = ClientAccess(
        client_id=client.pk,
        role=ContactRole(membership.role),
        portal_enabled=client.portal.enabled,
        switches=client.portal.switches,
        project_ids=None if membership.reaches_all_projects else _listed(membership),
    )
    actor = Actor(
        workspace_id=workspace.pk,
        kind=ActorKind.CONTACT,
        name=contact.name,
        contact_id=contact.pk,
        clients={client.pk: access},
        language=contact.language or client.language or workspace.language,
        time_zone=contact.time_zone or calendar.time_zone,
    )
    return Reader(contact, membership, client, workspace, actor)


def _listed(membership: Membership) -> frozenset[UUID]:
    return frozenset(row.project_id for row in membership.listed_projects.all())
