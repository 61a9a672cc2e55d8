"""What the frame of every portal page needs; nothing on the agency's pages."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.core.prepared import prepared
from parvis.portal import sections
from parvis.portal.branding import logo_url, look_of, theme_url
from parvis.portal.pages.home import count_waiting
from parvis.ui.shell import Brand, NavItem, Person

SECTIONS = {
    "home": "home",
    "projects": "projects",
    "project": "projects",
    "task": "projects",
    "documents": "documents",
    "document": "documents",
    "new_document": "documents",
    "messages": "messages",
    "discussion": "messages",
}


def portal(request: HttpRequest) -> dict[str, object]:
    """Brand, navigation, person and theme of a portal page."""
    workspace = getattr(request, "workspace", None)
    if getattr(request, "portal_slug", None) is None or workspace is None:
        return {}
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    clients = my_clients(request)
    client = getattr(request, "portal_client", None) or (clients[0] if len(clients) == 1 else None)
    look = look_of(workspace, client)
    space = _("%(client)s space") % {"client": client.name} if client else ""
    context: dict[str, object] = {
        "brand": Brand(workspace.name, url=reverse("portal:home"), logo_url=logo_url(look), space=space),
        "theme_url": theme_url(workspace, look),
        "back_url": back_url(request),
    }
    if actor is None:
        return context
    context["nav"] = SimpleLazyObject(lambda: navigation(request, actor))
    context["person"] = person(actor)
    if actor.is_preview:
        context["preview_end_url"] = reverse("portal:preview_end")
    return context


def back_url(request: HttpRequest) -> str:
    """Where a refusal leads back to: the deliverable it was about, else the first page."""
    match = request.resolver_match
    if match and "deliverables/" in match.route and "pk" in match.kwargs:
        return reverse("portal:deliverable", args=[match.kwargs["pk"]])
    return reverse("portal:home")


def my_clients(request: HttpRequest) -> list[Client]:
    """The clients whose rooms the contact may enter, asked for once per request."""
    known: list[Client] | None = getattr(request, "portal_clients", None)
    if known is None:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        known = _rooms(actor) if actor else []
        request.portal_clients = known  # type: ignore[attr-defined]
    return known


@prepared
def _rooms(actor: Actor) -> QuerySet[Client]:
    return Client.objects.visible_to(actor).select_related("portal", "owner").order_by("name", "pk")


def person(actor: Actor) -> Person:
    """Who is here; in a preview there is no account and no way out but the banner's."""
    if actor.is_preview:
        return Person(actor.name)
    return Person(
        actor.name, account_url=reverse("portal:preferences"), sign_out_url=reverse("portal:sign_out")
    )


def navigation(request: HttpRequest, actor: Actor) -> list[NavItem]:
    """The sections that are switched on, with one counter: what waits for the reader."""
    match = request.resolver_match
    here = SECTIONS.get(match.url_name or "", "") if match else ""
    waiting = getattr(request, "portal_waiting", None)
    if waiting is None:
        waiting = count_waiting(actor)
    entries = [
        ("home", _("Home"), "house", True, waiting),
        ("projects", _("Projects"), "layers", sections.shows_projects(actor), 0),
        ("documents", _("Documents"), "folder", sections.shows_documents(actor), 0),
        ("messages", _("Messages"), "message-circle", sections.shows_messages(actor), 0),
    ]
    return [
        NavItem(
            label, reverse(f"portal:{name}"), icon, current=name == here, count=count, is_hot=name == "home"
        )
        for name, label, icon, exists, count in entries
        if exists
    ]
