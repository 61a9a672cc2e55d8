"""Small answers every agency page needs: a form on a page of its own, a word on the next page, an Undo."""

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from parvis.core.text import clean_line

UNDO_KEY = "undo"

Row = TypeVar("Row")


def one_or_404(rows: list[Row]) -> Row:
    """The row a prepared query found; raises Http404 when it found none."""
    if not rows:
        raise Http404
    return rows[0]


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str | Promise,
    submit: str | Promise,
    back_url: str,
    intro: str | Promise = "",
    meanwhile: str = "",
    template: str = "ui/form_page.html",
    **context: Any,
) -> HttpResponse:
    """A form with its own address: works without JavaScript, keeps what was typed on errors (422).

    `meanwhile` says who saved the same thing first: then it comes back as a comparison (409).
    """
    words = {"title": title, "submit": _("Save anyway") if meanwhile else submit, "intro": intro}
    status = 409 if meanwhile else 422 if form.is_bound else 200
    context |= {"form": form, "back_url": back_url, "meanwhile": meanwhile, **words}
    return render(request, template, context, status=status)


def say(request: HttpRequest, text: str | Promise) -> None:
    """A word of success on the next page."""
    messages.success(request, str(text))


def warn(request: HttpRequest, text: str | Promise) -> None:
    """A word on the next page about what was not meant to happen with it."""
    messages.warning(request, str(text))


def offer_undo(request: HttpRequest, text: str | Promise, url: str) -> None:
    """Say what was done on the next page, beside a button that posts to `url` and takes it back."""
    request.session[UNDO_KEY] = {"text": str(text), "url": url}


def uuid_of(text: str | None) -> UUID:
    """An id that came as text; a text that is none names nothing there is (404)."""
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Http404 from error


def search_text(request: HttpRequest) -> str:
    """What was typed into the search of a list: one line, not longer than a name."""
    return clean_line(request.GET.get("q", ""))[:80]
