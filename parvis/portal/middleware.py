"""On a portal: from the device's cookie to the contact who asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from parvis.access import Actor
from parvis.clients.actions.grants import find_device
from parvis.clients.actors import contact_actor
from parvis.clients.models import ContactDevice, Membership
from parvis.core.clock import now
from parvis.http.sessions import portal_cookie
from parvis.workspaces.models import Workspace

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
SEEN_EVERY = timedelta(hours=1)  # often enough for "seen today", seldom enough to write nothing on most pages


class ContactMiddleware:
    """Set `request.workspace`, `.actor`, `.contact` and `.device`; the reader's language and zone.

    Does nothing on the agency's pages. A preview's cookie wins over the device's, so that "view as
    Sarah" shows Sarah's portal even to somebody who has a link of their own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        slug: str | None = request.portal_slug  # type: ignore[attr-defined]
        if slug is None:
            return self.get_response(request)
        at = now()
        device, actor = who_asks(request, slug, at)
        workspace = device.workspace if device else workspace_of(slug)
        request.workspace = workspace  # type: ignore[attr-defined]
        request.device = device  # type: ignore[attr-defined]
        request.contact = device.contact if device else None  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        language = actor.language if actor else language_of_visitor(request, workspace)
        zone = actor.time_zone if actor else workspace.calendar.time_zone
        request.LANGUAGE_CODE = language
        if device and actor:
            note_visit(device, actor, at)
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Any
    ) -> HttpResponseBase | None:
        """In a preview nothing may be changed: refused here for every page, and by `require` once more."""
        actor: Actor | None = getattr(request, "actor", None)
        is_guarded = getattr(view, "login_required", True)
        if actor is not None and actor.is_preview and is_guarded and request.method not in SAFE_METHODS:
            raise PermissionDenied
        return None


def workspace_of(slug: str) -> Workspace:
    """The workspace whose portal this is; raises Http404 for an unknown one."""
    rows = Workspace.objects.select_related("branding", "calendar")
    workspace = rows.filter(slug=slug).first()
    if workspace is None:
        raise Http404
    return workspace


def who_asks(
    request: HttpRequest, slug: str, at: datetime
) -> tuple[ContactDevice, Actor] | tuple[None, None]:
    """The device whose cookie came along and its contact as an actor, or nobody."""
    for purpose in ("preview", "device"):
        device = find_device(request.COOKIES.get(portal_cookie(slug, purpose)), at=at)
        if device is None or device.workspace.slug != slug:
            continue
        is_preview = device.preview_by_id is not None
        if is_preview == (purpose == "preview") and (actor := contact_actor(device, at)):
            return device, actor
    return None, None


def language_of_visitor(request: HttpRequest, workspace: Workspace) -> str:
    """What the browser asks for, else the workspace's language."""
    if not request.headers.get("Accept-Language"):
        return workspace.language
    return translation.get_language_from_request(request)


def note_visit(device: ContactDevice, actor: Actor, at: datetime) -> None:
    """Remember when the contact was last here, at most once an hour; a preview leaves no trace."""
    if actor.is_preview or device.last_seen_at > at - SEEN_EVERY:
        return
    ContactDevice.objects.filter(pk=device.pk).update(last_seen_at=at)
    mine = Membership.objects.filter(contact=device.contact_id, client__in=actor.client_ids)
    mine.update(last_seen_at=at)
