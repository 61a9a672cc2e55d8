"""Tables of clients, contacts and the ways into a portal."""

from parvis.clients.models.clients import Client, PortalSettings
from parvis.clients.models.contacts import (
    AccessLevel,
    Contact,
    Membership,
    MembershipProject,
    MembershipState,
)
from parvis.clients.models.grants import (
    AccessGrant,
    AccessToken,
    ContactDevice,
    GrantScope,
    LinkRequest,
    TokenPurpose,
)
from parvis.clients.rules import ClientState

__all__ = [
    "AccessGrant",
    "AccessLevel",
    "AccessToken",
    "Client",
    "ClientState",
    "Contact",
    "ContactDevice",
    "GrantScope",
    "LinkRequest",
    "Membership",
    "MembershipProject",
    "MembershipState",
    "PortalSettings",
    "TokenPurpose",
]
