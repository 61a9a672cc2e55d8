"""What several pages of the team need."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise

from parvis.clients.models import Client
from parvis.http.keyset import KeysetPage
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a page; also a segment or a filter chip."""

    label: str | Promise
    url: str
    current: bool = False
    count: str | int | None = None
    icon: str = ""


def find_client(request: AgencyRequest, pk: UUID) -> Client:
    """The client with its portal, owner and workspace's branding, or 404 when it is out of reach."""
    rows = Client.objects.visible_to(request.actor).select_related("portal", "owner")
    return get_object_or_404(rows, pk=pk)


def find_project(request: AgencyRequest, pk: UUID) -> Project:
    """The project with its client and client status, or 404."""
    rows = Project.objects.visible_to(request.actor).select_related("client", "client_status", "assignee")
    return get_object_or_404(rows, pk=pk)


def address(name: str, params: QueryDict, *args: object, **changes: str) -> str:
    """An address with the present filters, some changed; an empty value takes a filter away."""
    query = params.copy()
    query.pop("cursor", None)
    for key, value in changes.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    rest = query.urlencode()
    return reverse(name, args=args) + (f"?{rest}" if rest else "")


def page_url(params: QueryDict, cursor: str) -> str:
    """The same list at another page; empty where there is none."""
    if not cursor:
        return ""
    query = params.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def page_links(request: AgencyRequest, page: KeysetPage) -> dict[str, str]:
    """What the pager needs."""
    return {
        "next_url": page_url(request.GET, page.next_cursor),
        "previous_url": page_url(request.GET, page.previous_cursor),
    }
