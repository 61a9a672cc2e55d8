"""What the frame of every agency page needs: navigation, brand, the person, a few clients to jump to."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.core.clock import now
from parvis.core.prepared import prepared
from parvis.http.keyset import number_of
from parvis.http.pages import UNDO_KEY
from parvis.notifications.models import InboxItem
from parvis.signin.requests import AgencyRequest
from parvis.team.models import Member
from parvis.ui.shell import Brand, ClientLink, NavItem, OtherWorkspace, Person
from parvis.workspaces.models import Branding, Workspace

CLIENTS_IN_THE_SIDE = 8
"""Enough to jump between what one works on; the rest is a click away."""


def navigation(request: HttpRequest) -> dict[str, object]:
    """Nothing in a portal, for strangers, or in an answer to htmx, which brings no frame."""
    member = getattr(request, "member", None)
    if member is None or getattr(request, "portal_slug", None):
        return {}
    return {
        "brand": Brand(name=member.workspace.name, logo_url=_logo_url(member.workspace)),
        "person": _person(member, request.memberships),  # type: ignore[attr-defined]
        "search_url": reverse("dashboard:search"),
        "shortcuts_off": not member.user.shortcuts_enabled,
        # Lazy: pages that extend no frame ask for none of this.
        "nav": SimpleLazyObject(lambda: _nav(request)),  # type: ignore[arg-type]
        "clients": SimpleLazyObject(lambda: _clients(request)),  # type: ignore[arg-type]
        "undo": SimpleLazyObject(lambda: request.session.pop(UNDO_KEY, None)),
    }


def _person(member: Member, memberships: list[Member]) -> Person:
    """Who is here; those in several workspaces can go to the others."""
    others = [OtherWorkspace(each.workspace.name, str(each.pk)) for each in memberships if each != member]
    return Person(
        name=member.name,
        account_url=reverse("settings:profile"),
        sign_out_url=reverse("account_logout"),
        other_workspaces=others,
        switch_url=reverse("switch_workspace"),
    )


def _logo_url(workspace: Workspace) -> str:
    """The agency's logo, if it has one; the branding came along with the member."""
    branding: Branding | None = getattr(workspace, "branding", None)
    return reverse("settings:logo", args=[branding.logo_id]) if branding and branding.logo_id else ""


def to_sort(request: AgencyRequest) -> int:
    """How much waits in the member's inbox; asked once per request."""
    known: int | None = getattr(request, "waiting_count", None)
    if known is None:
        known = sum(_waiting(request.actor, now()))
        request.waiting_count = known  # type: ignore[attr-defined]
    return known


@prepared
def _waiting(actor: Actor, at: datetime) -> QuerySet[InboxItem, int]:
    return number_of(InboxItem.objects.visible_to(actor).waiting(at))


def _nav(request: AgencyRequest) -> list[NavItem]:
    """The entries this member has something to do with."""
    waiting = to_sort(request)
    entries = [
        (_("To sort"), "notifications:inbox", "inbox", waiting),
        (_("Today"), "dashboard:home", "layout-dashboard", 0),
        (_("Clients"), "clients:clients", "building-2", 0),
        (_("Projects"), "projects:projects", "folder-kanban", 0),
        (_("Deliverables"), "deliverables:deliverables", "stamp", 0),
        (_("Settings"), "settings:settings", "settings", 0),
    ]
    return [
        NavItem(
            label=label,
            url=reverse(name),
            icon=icon,
            current=_is_here(request, name),
            count=count,
            is_hot=count > 0,
        )
        for label, name, icon, count in entries
    ]


def _is_here(request: AgencyRequest, name: str) -> bool:
    """Whether the page belongs to an entry: the same namespace; the dashboard is only itself."""
    match = request.resolver_match
    if match is None:
        return False
    if name == "dashboard:home":
        return match.view_name == name
    return bool(match.namespaces) and match.namespaces[0] == name.split(":", maxsplit=1)[0]


def _clients(request: AgencyRequest) -> list[ClientLink]:
    """The clients something happened at last."""
    match = request.resolver_match
    here = str(match.kwargs.get("pk", "")) if match and "clients" in match.namespaces else ""
    return [
        ClientLink(
            label=name, url=reverse("clients:client", args=[pk]), colour=colour, current=str(pk) == here
        )
        for pk, name, colour in _active_last(request.actor)
    ]


@prepared
def _active_last(actor: Actor) -> QuerySet[Client, tuple[UUID, str, int]]:
    rows = Client.objects.visible_to(actor).order_by("-last_activity_at", "-pk")
    return rows.values_list("pk", "name", "colour")[:CLIENTS_IN_THE_SIDE]
