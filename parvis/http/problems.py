"""Refusals for programs: problem documents (RFC 9457) with a stable `code`, never a page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from parvis.core.errors import DomainError

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"

CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    500: "server_error",
    503: "unavailable",
}


def problem(status: int, code: str, detail: str | Promise, **more: Any) -> JsonResponse:
    """A problem document; `code` is for programs, `detail` a sentence in the reader's language."""
    content = {
        "type": f"urn:parvis:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": str(detail),
        **more,
    }
    return JsonResponse(content, status=status, content_type=CONTENT_TYPE)


def problem_of(error: DomainError) -> JsonResponse:
    """A refusal of a domain; what it names beside its message (`fields`, `conditions`) is told too."""
    more = {name: getattr(error, name) for name in ("fields", "conditions") if hasattr(error, name)}
    return problem(error.status, error.code, error.message, **more)


def is_for_api(request: HttpRequest) -> bool:
    """Whether a program asked."""
    return request.path.startswith(PREFIX)


class ProblemMiddleware:
    """Whatever refuses a program further in (an unknown address, a method, a limit): no page reaches it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or not is_for_api(request):
            return response
        if response.get("Content-Type", "").startswith(CONTENT_TYPE):
            return response
        status = response.status_code
        answer = problem(status, CODES.get(status, "refused"), _detail(status))
        if response.has_header("Allow"):
            answer["Allow"] = response["Allow"]
        return answer


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> JsonResponse:
    """Any address of the interface that leads nowhere; no page is drawn for a program."""
    return problem(404, CODES[404], _detail(404))


def _detail(status: int) -> str:
    if status == 404:
        return _("There is nothing at this address, or it is out of your reach.")
    if status == 405:
        return _("This address does not take this method.")
    if status >= 500:
        return _("Something went wrong on our side. Please try again later.")
    return _("The request could not be understood.")
