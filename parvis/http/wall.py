"""The wall: every page asks who is there, but for the few that say `@login_not_required`."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError
from parvis.http.errors import refusal, typed_words

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class SignedOut(DomainError):
    """The session or the device ended while somebody was writing."""

    code = "signed_out"
    status = 401
    message = _("Your access ended while you were writing, so this was not sent. Your text is kept below.")


class ActorRequiredMiddleware(LoginRequiredMiddleware):
    """Sends whoever is nobody to the way in; API operations answer 401 themselves."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if getattr(request, "actor", None) is not None or not getattr(view_func, "login_required", True):
            return None
        match = request.resolver_match
        if match is not None and "ninja" in match.app_names:  # NinjaAPI(auth=…) is global
            return None
        if request.method in SAFE_METHODS:
            return self.handle_no_permission(request, view_func)
        way_in = redirect_to_login(_page_of_the_form(request), resolve_url("sign_in"))
        if typed_words(request):
            return refusal(request, SignedOut(), way_in=way_in.url)
        return way_in

    def get_login_url(self, view_func: Callable[..., Any]) -> str:
        return "sign_in"  # a name both urlconfs have


def _page_of_the_form(request: HttpRequest) -> str:
    """Where to go after signing in: an address that was posted to shows nothing."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return (urlsplit(page).path if is_ours else "") or f"{request.META.get('SCRIPT_NAME', '')}/"
