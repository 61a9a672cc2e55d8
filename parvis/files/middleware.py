"""Refuses an upload that cannot be read, before anything else asks for the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase

from parvis.core.errors import DomainError
from parvis.files.actions import NO_ROOM
from parvis.files.errors import StorageFull, UploadTooLarge, UploadUnreadable
from parvis.files.uploads import DiscardingUploadHandler, read_to_the_end, request_limit_bytes
from parvis.http.errors import refusal


class UploadMiddleware:
    """Reads forms with files where a refusal still becomes a page, not the bare "Bad Request" of a later
    reader.

    Stands before the CSRF check, which is the first to read a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Nothing for a form that could be read, or the page that says why it could not."""
        match = request.resolver_match
        if match is not None and "ninja" in match.app_names:  # an operation reads it once it knows who asks
            return None
        try:
            read_form(request)
        except DomainError as error:
            return refusal(request, error)
        return None


def read_form(request: HttpRequest) -> None:
    """Parse a form with files; those of somebody whom nobody knows are not kept for a moment (E8).

    Raises UploadTooLarge, FileTooLarge, UploadUnreadable or StorageFull; the text that came stays readable
    where it could be read.
    """
    if not is_form_with_files(request):
        return
    if getattr(request, "actor", None) is None:
        request.upload_handlers = [DiscardingUploadHandler(request)]
    error = _why_refused(request)
    if error is not None:
        request._mark_post_parse_error()  # type: ignore[attr-defined]  # later readers get an empty form
        raise error
    left_out: DomainError | None = getattr(request, "refused_upload", None)
    if left_out is not None:
        raise left_out


def leave_form(request: HttpRequest) -> None:
    """Throw away a form that was refused before anybody read it: its sender is to hear the answer."""
    if is_form_with_files(request) and not hasattr(request, "_files"):
        read_to_the_end(request)


def is_form_with_files(request: HttpRequest) -> bool:
    """Whether the body may hold files."""
    return request.method == "POST" and request.content_type == "multipart/form-data"


def _why_refused(request: HttpRequest) -> DomainError | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > request_limit_bytes():
        request.upload_handlers = [DiscardingUploadHandler(request)]
        request.refused_upload = UploadTooLarge()  # type: ignore[attr-defined]  # heard once the text is read
    try:
        request.POST  # noqa: B018 reading it parses the form and streams its files to the disk
    except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig):
        read_to_the_end(request)
        return UploadTooLarge()
    except (MultiPartParserError, UnreadablePostError):
        return UploadUnreadable()
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        read_to_the_end(request)
        return StorageFull()
    return None
