"""Which surface a request is for: the agency's pages, or one workspace's portal.

A portal is reached at `/p/<workspace>/` or at `<workspace>.<portal domain>`. Everything further
down sees portal paths relative to the root; `reverse()` writes the prefix back.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.urls import set_script_prefix

from parvis.http.requests import SurfaceRequest

SLUG = r"[a-z0-9-]{1,40}"
"""How a workspace is named in addresses; what does not match it is never reached."""

PREFIX = re.compile(rf"^/p/(?P<slug>{SLUG})(?P<rest>/.*)$")


class SurfaceMiddleware:
    """Set `request.portal_slug` and choose the urlconf."""

    def __init__(self, get_response: Callable[[SurfaceRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SurfaceRequest) -> HttpResponse:
        request.portal_slug = None
        if match := PREFIX.match(request.path_info):
            enter_portal(request, match["slug"])
            request.path_info = match["rest"]
            request.META["SCRIPT_NAME"] = f"/p/{match['slug']}"
            set_script_prefix(f"/p/{match['slug']}/")
        elif slug := slug_of_host(request):
            enter_portal(request, slug)
        elif request.path_info.startswith("/api/"):
            request.urlconf = settings.API_URLCONF
        return self.get_response(request)


def enter_portal(request: SurfaceRequest, slug: str) -> None:
    """From here on the request is one to the portal of `slug`."""
    request.portal_slug = slug
    request.urlconf = settings.PORTAL_URLCONF


def slug_of_host(request: SurfaceRequest) -> str | None:
    """`nord` for nord.localhost where the portal domain is localhost; None for every other host."""
    host = request.get_host().split(":")[0].lower()
    ending = f".{settings.PORTAL_DOMAIN}"
    if host.endswith(ending) and host != settings.ALLOWED_HOSTS[0]:
        slug = host.removesuffix(ending)
        return slug if re.fullmatch(SLUG, slug) else None
    return None
