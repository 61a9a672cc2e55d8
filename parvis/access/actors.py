"""Actor: who is asking, with everything `require` and `visible_to` need, loaded once per request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from parvis.access.roles import ContactRole, Role, Switch

NOBODY: Mapping[UUID, "ClientAccess"] = MappingProxyType({})


class ActorKind(StrEnum):
    """On which side an actor stands."""

    MEMBER = "member"
    CONTACT = "contact"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """What one contact may reach at one client (A-03, A-38).

    `project_ids` is None when the membership reaches every project of the client.
    """

    client_id: UUID
    role: ContactRole
    portal_enabled: bool
    switches: frozenset[Switch]
    project_ids: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: a member, a contact on a known device, or the system itself.

    For a member of the lowest role, `client_ids` and `project_ids` list what they work on
    (G2-24a); None means everything in the workspace. `scopes` is None except for API tokens.
    `is_preview` marks a member looking at the portal as a contact: nothing may be changed.
    """

    workspace_id: UUID
    kind: ActorKind
    name: str = field(default="", compare=False)
    user_id: UUID | None = None
    member_id: UUID | None = None
    contact_id: UUID | None = None
    device_id: UUID | None = None
    role: Role | None = None
    clients: Mapping[UUID, ClientAccess] = field(default_factory=lambda: NOBODY)
    assigned_client_ids: frozenset[UUID] | None = None
    assigned_project_ids: frozenset[UUID] | None = None
    scopes: frozenset[str] | None = None
    is_preview: bool = False
    language: str = field(default="en", compare=False)
    time_zone: str = field(default="UTC", compare=False)

    @classmethod
    def system(cls, workspace_id: UUID) -> "Actor":
        """The actor of background work: everything inside one workspace, nothing outside."""
        return cls(workspace_id=workspace_id, kind=ActorKind.SYSTEM)

    @property
    def is_staff(self) -> bool:
        """Whether the actor belongs to the agency, or is the system working for it."""
        return self.kind is not ActorKind.CONTACT

    @property
    def is_contact(self) -> bool:
        """Whether the actor is a person at a client."""
        return self.kind is ActorKind.CONTACT

    @property
    def sees_every_client(self) -> bool:
        """Whether no client of the workspace is out of reach (G2-24a)."""
        return self.is_staff and self.assigned_client_ids is None

    @property
    def client_ids(self) -> frozenset[UUID]:
        """Clients within reach of an actor who does not see every one of them."""
        if self.is_staff:
            return self.assigned_client_ids or frozenset()
        return frozenset(c.client_id for c in self.clients.values() if c.portal_enabled)

    @property
    def id(self) -> UUID | None:
        """The member's or contact's id; None for the system."""
        return self.member_id or self.contact_id
