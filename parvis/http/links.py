"""Addresses for mails: built from the settings and the workspace, never from a request's Host header."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from parvis.workspaces.models import Workspace


def portal_address(workspace: Workspace, path: str = "/") -> str:
    """A portal-relative path such as `/deliverables/…/` as a whole address.

    `/p/<workspace>/` on the installation's own address; `<workspace>.<portal domain>` once a domain for
    portals was set (ARCHITECTURE 4).
    """
    if settings.PORTAL_DOMAIN == "localhost":
        return f"{settings.BASE_URL}/p/{workspace.slug}{path}"
    base = urlsplit(settings.BASE_URL)
    port = f":{base.port}" if base.port else ""
    return f"{base.scheme}://{workspace.slug}.{settings.PORTAL_DOMAIN}{port}{path}"


def portal_url(workspace: Workspace, name: str, **values: object) -> str:
    """A page of the workspace's portal by name, for a mail."""
    return portal_address(workspace, _path(settings.PORTAL_URLCONF, name, values))


def portal_path(name: str, **values: object) -> str:
    """A page of a portal by name, as a path from the portal's root: where an access link leads on to."""
    return _path(settings.PORTAL_URLCONF, name, values)


def agency_path(name: str, **values: object) -> str:
    """A page of the team by name, as a path."""
    return _path(settings.ROOT_URLCONF, name, values)


def agency_url(name: str, **values: object) -> str:
    """A page of the team by name, for a mail."""
    return settings.BASE_URL + agency_path(name, **values)


def is_local() -> bool:
    """Whether people reach this installation from its own machine alone."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    return host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost")


def _path(urlconf: str, name: str, values: dict[str, object]) -> str:
    """The path from the root: a prefix left by the request that is being served would be written twice."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, urlconf=urlconf, kwargs=values or None)
    finally:
        set_script_prefix(before)
