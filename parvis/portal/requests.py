"""The request as the portal's views meet it."""

from typing import Any

from django.http import HttpRequest

from parvis.access import Actor
from parvis.clients.models import Client, Contact, ContactDevice
from parvis.workspaces.models import Workspace


class VisitorRequest(HttpRequest):
    """On the open pages: somebody may be there, or nobody."""

    portal_slug: str
    workspace: Workspace
    actor: Actor | None
    device: ContactDevice | None
    htmx: Any
    portal_client: Client  # set where a page belongs to one client, whose look it takes (G1-06, A-37)


class PortalRequest(HttpRequest):
    """Behind the wall: a contact asks, on a device that is known."""

    portal_slug: str
    workspace: Workspace
    actor: Actor
    contact: Contact
    device: ContactDevice
    htmx: Any
    portal_client: Client  # as above: the contact may have several
