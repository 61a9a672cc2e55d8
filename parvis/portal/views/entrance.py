"""The way in: a link shows a page, a button opens the portal (DESIGN screen 6, RELIABILITY C1 to C5)."""

from typing import ClassVar
from urllib.parse import quote

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from parvis.clients.actions.grants import (
    LinkExpired,
    LinkState,
    LinkUnknown,
    OtherDevice,
    Peek,
    claim_preview,
    end_preview,
    forget_device,
    open_link,
    peek,
)
from parvis.clients.actions.link_requests import request_link
from parvis.clients.tasks import answer_link_requests
from parvis.core.clock import now
from parvis.core.errors import DomainError
from parvis.http.sessions import portal_cookie
from parvis.portal.cookies import forget_cookie, keep_cookie
from parvis.portal.devices import label_of
from parvis.portal.forms import EmailForm
from parvis.portal.requests import VisitorRequest


class TooManyLinks(DomainError):
    """Too many from one address of the network, or for one workspace (C10)."""

    code: ClassVar[str] = "too_many_links"
    status: ClassVar[int] = 429
    message = _(
        "Too many links were asked for. Try again in an hour, or write to your contact at the agency."
    )


@require_safe
@login_not_required
def take_link(request: VisitorRequest, secret: str) -> HttpResponse:
    """Move the secret out of the address (C5); using it up is the business of a button (C1).

    Into the browser's own keeping: a session is a row of ours, where it could be read (C2).
    """
    response = redirect("portal:way_in")
    # A header takes neither every sign nor any length; our own secrets pass as they are.
    keep_cookie(response, _link_cookie(request), quote(secret[:100]), lasts=False)
    return response


@require_safe
@login_not_required
def way_in(request: VisitorRequest) -> HttpResponse:
    """Who the link was sent to, and one button."""
    secret = request.COOKIES.get(_link_cookie(request))
    if not secret:
        return redirect("portal:home" if request.actor else "sign_in")
    return _entrance(request, secret)


@require_POST
@login_not_required
def open_portal(request: VisitorRequest) -> HttpResponse:
    """Open the link and bind this device (K-32)."""
    secret = request.COOKIES.get(_link_cookie(request))
    if not secret:
        return redirect("sign_in")
    name = portal_cookie(request.portal_slug, "device")
    if _peek(request, secret) is None:  # unknown, or made for another workspace
        return _entrance(request, secret, status=LinkUnknown.status)
    try:
        opened = open_link(
            secret,
            device_secret=request.COOKIES.get(name),
            label=label_of(request.headers.get("User-Agent", "")),
            at=now(),
        )
    except (LinkExpired, LinkUnknown, OtherDevice) as refusal:
        return _entrance(request, secret, status=refusal.status)
    request.session.flush()  # nothing planted before the way in stays valid after it (C3)
    response = redirect(safe_path(request, opened.next_path))
    forget_cookie(response, _link_cookie(request))
    if opened.device_secret:
        keep_cookie(response, name, opened.device_secret)
    return response


@require_POST
@login_not_required
def send_link(request: VisitorRequest) -> HttpResponse:
    """Ask for a new link by the old one; it goes to the original address only (K-33)."""
    if secret := request.COOKIES.get(_link_cookie(request)):
        _ask_for_link(request, secret=secret)
    return redirect("portal:link_sent")


@login_not_required
def sign_in(request: VisitorRequest) -> HttpResponse:
    """Ask for a link by e-mail address; the answer never tells whether the address is known."""
    if request.actor:
        return redirect("portal:home")
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _ask_for_link(request, email=form.cleaned_data["email"])
        return redirect("portal:link_sent")
    return render(request, "portal/sign_in.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_not_required
def link_sent(request: VisitorRequest) -> HttpResponse:
    """The same page for every address."""
    return render(request, "portal/link_sent.html")


@require_POST
@login_not_required
def sign_out(request: VisitorRequest) -> HttpResponse:
    """Forget this device, here and on the server."""
    if request.actor and request.device and not request.actor.is_preview:
        forget_device(request.device, actor=request.actor, at=now())
    request.session.flush()
    response = redirect("sign_in")
    for purpose in ("device", "link"):
        forget_cookie(response, portal_cookie(request.portal_slug, purpose))
    response["Clear-Site-Data"] = '"cache"'  # not "cookies": the team's own session shares the origin
    return response


@login_not_required
def preview(request: VisitorRequest, code: str) -> HttpResponse:
    """A member arrives from the agency's pages: one button, then the portal as the contact sees it."""
    if request.method == "POST":
        response = redirect("portal:home")
        secret = claim_preview(code, at=now())
        keep_cookie(response, portal_cookie(request.portal_slug, "preview"), secret, lasts=False)
        return response
    return render(request, "portal/preview.html")


@login_not_required
def leave_preview(request: VisitorRequest) -> HttpResponse:
    """Back to being oneself; nothing is lost by leaving, so a link is enough."""
    if request.device and request.actor and request.actor.is_preview:
        end_preview(request.device, at=now())
    response = render(request, "portal/preview_ended.html", {"agency_url": settings.BASE_URL})
    forget_cookie(response, portal_cookie(request.portal_slug, "preview"))
    return response


def safe_path(request: HttpRequest, path: str) -> str:
    """The path within this portal, or its home where it would lead anywhere else (C6)."""
    prefix = request.META.get("SCRIPT_NAME", "")
    target = f"{prefix}{path}"
    is_inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    if is_inside and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return f"{prefix}/"


def _ask_for_link(request: VisitorRequest, *, email: str = "", secret: str = "") -> None:
    """Note the wish and wake the worker: the same for every address (C8). Raises TooManyLinks."""
    workspace_id = request.workspace.pk
    if not consume(request, action="access_link", key=str(workspace_id)):
        raise TooManyLinks
    request_link(workspace_id=workspace_id, email=email, secret=secret, at=now())
    answer_link_requests.enqueue()


def _entrance(request: VisitorRequest, secret: str, *, status: int = 200) -> HttpResponse:
    """The page with its one button: open, or send me a link."""
    seen = _peek(request, secret)
    opens = seen is not None and seen.state is LinkState.OPENS
    if seen is not None and opens:  # elsewhere it tells nobody whose it is (C4)
        request.portal_client = seen.client
    context = {
        "seen": seen,
        "opens": opens,
        "is_other_device": seen is not None and seen.state is LinkState.OTHER_DEVICE,
        "address": masked(seen.contact.email) if seen else "",
    }
    return render(request, "portal/way_in.html", context, status=status)


def _link_cookie(request: VisitorRequest) -> str:
    """The cookie that keeps a link's secret until the button is pressed."""
    return portal_cookie(request.portal_slug, "link")


def _peek(request: VisitorRequest, secret: str) -> Peek | None:
    """What the link would do here; None for one we do not know, or of another workspace."""
    device_secret = request.COOKIES.get(portal_cookie(request.portal_slug, "device"))
    try:
        seen = peek(secret, device_secret=device_secret, at=now())
    except LinkUnknown:
        return None
    return seen if seen.client.workspace_id == request.workspace.pk else None


def masked(email: str) -> str:
    """`camille@verdier.fr` → `c…@verdier.fr`."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"
