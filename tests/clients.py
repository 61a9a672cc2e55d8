"""Browsers for tests: Django's test client on a portal's addresses, or signed in as a member."""

from datetime import datetime
from typing import Any

from django.test import Client as DjangoClient
from django.urls import set_script_prefix

from parvis.clients.models import Client, Contact
from parvis.core.clock import now
from parvis.http.sessions import portal_cookie
from parvis.workspaces.models import Workspace
from tests.factories import open_device


class PortalBrowser(DjangoClient):
    """Speaks portal paths: `browser.get("/documents/")` asks for `/p/<workspace>/documents/`."""

    def __init__(self, workspace: Workspace, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.workspace = workspace
        self.prefix = f"/p/{workspace.slug}"

    def generic(self, method: str, path: str, *arguments: Any, **options: Any) -> Any:  # type: ignore[override]
        """Every request goes through here."""
        whole = path if path.startswith(self.prefix + "/") else self.prefix + path
        try:
            return super().generic(method, whole, *arguments, **options)
        finally:
            set_script_prefix("/")  # the real server does so before every request, Django's test client never

    def enter(self, contact: Contact, client: Client, *, at: datetime | None = None) -> "PortalBrowser":
        """Be this contact, on a device whose link at this client was opened."""
        device, secret = open_device(contact, client, at=at or now())
        self.device = device
        self.cookies[portal_cookie(self.workspace.slug, "device")] = secret
        return self
