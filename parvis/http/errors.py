"""Refusals as answers: a fragment for htmx, a problem document for programs, a page for everybody else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError
from parvis.http.problems import is_for_api, problem_of

WORDS = ("title", "body", "note", "description", "welcome_message")
"""The fields of our forms in which people write at length."""


class DomainErrorMiddleware:
    """Answer a DomainError with its status and its message, in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page or a fragment for a refusal; anything else is a bug and fails loudly."""
        if not isinstance(error, DomainError):
            return None
        return refusal(request, error)


def refusal(request: HttpRequest, error: DomainError, **context: Any) -> HttpResponse:
    """The answer to a refused request; htmx puts the fragment into the notice area.

    Typed words are given back on the page (`kept`), so that nothing is lost.
    """
    if is_for_api(request):
        return problem_of(error)
    context = {"error": error, "message": error.message, "kept": typed_words(request), **context}
    if request.headers.get("HX-Request"):
        response = render(request, "ui/_refusal.html", context, status=error.status)
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "409.html", context, status=error.status)


def typed_words(request: HttpRequest) -> str:
    """What the person wrote, to be given back; never a password or a token."""
    texts = (request.POST.get(name, "").strip() for name in WORDS)
    return "\n\n".join(text for text in texts if text)


class FormExpired(DomainError):
    """The form was open too long, or came from elsewhere."""

    code = "form_expired"
    status = 403
    message = _("This page was open for too long. Reload it and send it again; your text is kept below.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django asks this view when a form's token is missing or old."""
    return refusal(request, FormExpired())
