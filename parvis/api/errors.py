"""Every way a request to the REST interface can be refused, as a problem document."""

import logging
import math
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from parvis.access import Forbidden
from parvis.core.errors import DomainError
from parvis.http.problems import problem, problem_of
from parvis.http.schemas import told

logger = logging.getLogger(__name__)


def not_signed_in(request: HttpRequest, error: Exception) -> HttpResponse:
    """No token, or one that no longer counts; which of both is nobody's business."""
    answer = problem(
        401,
        "not_signed_in",
        _("Send a valid token: Authorization: Bearer parvis_… It may have expired or been revoked."),
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    """More requests than a token may make in a minute."""
    answer = problem(429, "too_many_requests", _("Too many requests at once. Please try again in a minute."))
    answer["Retry-After"] = str(math.ceil(error.wait or 60))
    return answer


def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body that is not JSON, or did not arrive whole."""
    return problem(400, "body_unreadable", _("The body of the request could not be read."))


def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """More than a request without files may carry."""
    return problem(413, "too_large", _("The request is too large."))


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each field that was refused: where it stands, a stable code, a sentence."""
    fields = [
        {
            "in": str(refused["loc"][0]),
            "name": ".".join(str(part) for part in _place(refused["loc"])),
            "code": refused["type"],
            "message": told(refused["type"]),
        }
        for refused in error.errors
    ]
    return problem(422, "invalid", _("Some of the values cannot be accepted."), fields=fields)


def _place(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where in the body; the name of our own parameter that holds the whole body is not part of it."""
    return loc[2:] if loc[0] == "body" and len(loc) > 1 else loc[1:]


def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """It does not exist, or the asker may not know that it does."""
    return problem(404, "not_found", _("There is nothing at this address, or it is out of your reach."))


def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """What the asker may not do, and which conditions refused (A-03)."""
    more: dict[str, Any] = {}
    if isinstance(error, Forbidden):
        refused = [condition for condition in error.conditions if not condition.holds]
        more = {
            "permission": error.permission.value,
            "conditions": [{"name": condition.name, "detail": condition.detail} for condition in refused],
        }
    return problem(403, "forbidden", _("You may not do this."), **more)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A rule said no; its code says which."""
    return problem_of(error)


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug: the log has the story, the caller a sentence."""
    got_request_exception.send(sender=None, request=request)
    logger.error("Unexpected error at %s", request.path, exc_info=error)
    return problem(500, "server_error", _("Something went wrong on our side. Please try again later."))


def register(api: NinjaAPI) -> None:
    """Make these the answers of the interface."""
    handlers: dict[type[Exception], Any] = {
        AuthenticationError: not_signed_in,
        Throttled: too_many,
        HttpError: unreadable,
        UnreadablePostError: unreadable,
        RequestDataTooBig: too_large,
        SuspiciousOperation: unreadable,
        ValidationError: invalid,
        Http404: not_found,
        PermissionDenied: forbidden,
        DomainError: refused,
        Exception: broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
