"""The request as our middleware leaves it to the views."""

from django.http import HttpRequest


class SurfaceRequest(HttpRequest):
    """A request that knows its surface; `portal_slug` is None on the agency's pages."""

    portal_slug: str | None
    urlconf: str
    session_cookie: str
