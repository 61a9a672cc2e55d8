"""The wall: every page asks who is there, but for the few that say `@login_not_required`."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


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
        return self.handle_no_permission(request, view_func)

    def get_login_url(self, view_func: Callable[..., Any]) -> str:
        return "sign_in"  # a name both urlconfs have
