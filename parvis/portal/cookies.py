"""The cookies that stand for a device, a link or a preview: never read by scripts, only sent to this site."""

from django.conf import settings
from django.http import HttpResponse

LASTS = (
    60 * 60 * 24 * 400
)  # seconds; the longest a browser keeps one (RFC 6265bis). The grant ends it earlier.


def keep_cookie(response: HttpResponse, name: str, secret: str, *, lasts: bool = True) -> None:
    """Give the browser a secret to come back with; without `lasts` until it is closed."""
    response.set_cookie(
        name,
        secret,
        max_age=LASTS if lasts else None,
        path="/",
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_cookie(response: HttpResponse, name: str) -> None:
    """Take it back; the attributes have to be the same, or `__Host-` cookies stay."""
    response.delete_cookie(name, path="/", samesite="Lax")
    response.cookies[name]["secure"] = settings.SECURE
