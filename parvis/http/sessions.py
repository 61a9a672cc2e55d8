"""Sessions per surface: a portal's cookie is named after its workspace, apart from the member's."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse

from parvis.http.requests import SurfaceRequest


def portal_cookie(slug: str, purpose: str) -> str:
    """The name of a portal's cookie; `__Host-` exactly when the installation is reached over https."""
    return f"{settings.PREFIX}parvis_{purpose}_{slug}"


class SurfaceSessionMiddleware(SessionMiddleware):
    """Django's session, under the member's cookie or under the portal's own.

    Whoever owns the agency can open a client's link in the same browser and stay signed in.
    """

    def process_request(self, request: SurfaceRequest) -> None:  # type: ignore[override]
        slug = request.portal_slug
        request.session_cookie = portal_cookie(slug, "session") if slug else settings.SESSION_COOKIE_NAME
        request.session = self.SessionStore(request.COOKIES.get(request.session_cookie))

    def process_response(  # type: ignore[override]
        self, request: SurfaceRequest, response: HttpResponse
    ) -> HttpResponse:
        """Let Django read and write the cookie it knows, then give it the surface's name."""
        known, own = settings.SESSION_COOKIE_NAME, request.session_cookie
        if own == known:
            return super().process_response(request, response)
        sent, request.COOKIES = request.COOKIES, {}
        if own in sent:
            request.COOKIES[known] = sent[own]
        response = super().process_response(request, response)
        request.COOKIES = sent
        if morsel := response.cookies.pop(known, None):
            response.cookies[own] = morsel.value
            response.cookies[own].update(morsel)
        return response
