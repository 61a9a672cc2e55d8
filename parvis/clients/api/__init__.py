"""Clients, their people and their portals over the REST interface."""

from ninja import Router

from parvis.clients.api.clients import router as clients
from parvis.clients.api.contacts import router as contacts
from parvis.clients.api.portals import router as portals

router = Router(tags=["clients"])
for part in (clients, contacts, portals):
    router.add_router("", part)

__all__ = ["router"]
