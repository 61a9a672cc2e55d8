"""Sessions per surface: a portal's cookie is named after its workspace, apart from the member's."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


def portal_cookie(slug: str, purpose: str) -> str:
    """The name of a portal's cookie; `__Host-` exactly when the installation is reached over https."""
    return f"{settings.PREFIX}parvis_{purpose}_{slug}"


class SurfaceSessionMiddleware(SessionMiddleware):
    """Django's session, under the member's cookie or under the portal's own.

    Whoever owns the agency can open a client's link in the same browser and stay signed in.
    """

    def process_request(self, request: HttpRequest) -> None:
        name = settings.SESSION_COOKIE_NAME
        if slug := request.portal_slug:  # type: ignore[attr-defined]
            name = portal_cookie(slug, "session")
        request.session_cookie = name  # type: ignore[attr-defined]
        request.session = self.SessionStore(request.COOKIES.get(name))

    def process_response(  # type: ignore[override]
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Let Django write its cookie, then give it the surface's name."""
        member, own = settings.SESSION_COOKIE_NAME, request.session_cookie  # type: ignore[attr-defined]
        if own == member:
            return super().process_response(request, response)  # type: ignore[arg-type, return-value]
        hidden = request.COOKIES.pop(member, None)
        if own in request.COOKIES:
            request.COOKIES[member] = request.COOKIES[own]
        answer: HttpResponse = super().process_response(request, response)  # type: ignore[assignment, arg-type]
        if morsel := answer.cookies.pop(member, None):
            answer.cookies[own] = morsel.value
            answer.cookies[own].update(morsel)
        request.COOKIES.pop(member, None)
        if hidden is not None:
            request.COOKIES[member] = hidden
        return answer
