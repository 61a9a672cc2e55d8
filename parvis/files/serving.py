"""Handing files over. Who may have one is decided by the owning domain's view, on every request, before it
asks here.

An upload is never shown as a document of ours (RELIABILITY E1): it leaves as an attachment, with a type
from our own table, under a policy that lets nothing run. What people see in the page are pictures we drew
ourselves.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BufferedIOBase

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from parvis.files.errors import FileUnavailable
from parvis.files.models import FilePage, PageSize, StoredFile
from parvis.files.rules import clean_name
from parvis.files.storage import FolderStorage, storage

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"  # E1, D7
CHUNK_BYTES = 256 * 1024
ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})$", re.ASCII)

logger = logging.getLogger(__name__)


def send(file: StoredFile, request: HttpRequest, *, inline: bool = False) -> HttpResponseBase:
    """The file itself, as a download. `inline` lets sound and film play in the page; nothing else is ever
    inline.

    Answers one byte range, so that a broken download goes on and a film can be wound. Raises
    FileUnavailable.
    """
    if not file.is_ready:
        raise FileUnavailable
    as_attachment = not (inline and file.type.plays_inline)
    place = _place_of_the_proxy()
    if place is not None:
        response: HttpResponseBase = _handed_to_proxy(file, place)
    else:
        response = _from_here(file, request)
    response["Content-Type"] = file.media_type
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment, clean_name(file.name)) or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return _locked(response)


def begins(request: HttpRequest, file: StoredFile) -> bool:
    """Whether `send` hands the file over from its first byte: not only asked about, and no broken download
    that goes on (A-39, A-42).
    """
    if request.method != "GET":
        return False
    wanted = _range_of(request, file)
    return wanted is None or (len(wanted) > 0 and wanted.start == 0)


def send_page(page: FilePage, size: PageSize | str, request: HttpRequest | None = None) -> HttpResponseBase:
    """One page as a picture of our own making, inline.

    Browsers keep it, and ask each time whether they may still show it: the view checks again, and an
    unchanged picture costs an empty answer. Raises FileUnavailable.
    """
    key = page.key(PageSize(size))
    etag = f'"{key}"'
    if request is not None and request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = FileResponse(_opened(key, page.file_id), content_type="image/webp")
        response["Content-Disposition"] = "inline"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return _locked(response)


def _locked(response: HttpResponseBase) -> HttpResponseBase:
    """Headers under which nothing in the bytes can run, whatever they are."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _place_of_the_proxy() -> FolderStorage | None:
    """The folder a proxy in front sends from; None where we send ourselves."""
    place = storage()
    return place if settings.ACCEL_PREFIX and isinstance(place, FolderStorage) else None


def _handed_to_proxy(file: StoredFile, place: FolderStorage) -> HttpResponse:
    """Let the proxy in front send the bytes (and the ranges); no process of ours waits for a slow reader."""
    inside = place.path(file.storage_key).relative_to(place.root)
    return HttpResponse(headers={"X-Accel-Redirect": f"{settings.ACCEL_PREFIX.rstrip('/')}/{inside}"})


def _from_here(file: StoredFile, request: HttpRequest) -> HttpResponseBase:
    wanted = _range_of(request, file)
    if wanted is not None and not wanted:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size_bytes}"})
    handle = _opened(file.storage_key, file.pk)
    if wanted is None:
        response: HttpResponseBase = FileResponse(handle)
        response["Content-Length"] = str(file.size_bytes)
    else:
        handle.seek(wanted.start)
        response = StreamingHttpResponse(_limited(handle, len(wanted)), status=206)
        response["Content-Length"] = str(len(wanted))
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{file.size_bytes}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _etag(file)
    return response


def _etag(file: StoredFile) -> str:
    return f'"{file.sha256[:32]}"'


def _range_of(request: HttpRequest, file: StoredFile) -> range | None:
    """The bytes that are answered; None for the whole file, empty for none at all.

    What a proxy makes of If-Range only it knows: the whole file, perhaps.
    """
    known = _etag(file) if _place_of_the_proxy() is None else None
    if request.headers.get("If-Range", known) != known:
        return None
    return _wanted_bytes(request.headers.get("Range", ""), file.size_bytes)


def _wanted_bytes(header: str, size_bytes: int) -> range | None:
    """The one range a Range header asks for; None for the whole file, empty when it lies outside.

    Several ranges, other units and nonsense are ignored, as RFC 9110 14.2 allows.
    """
    found = ONE_RANGE.match(header.replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        return range(max(0, size_bytes - int(last)), size_bytes)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size_bytes, int(last) + 1) if last else size_bytes)


def _opened(key: str, file_id: object) -> BufferedIOBase:
    try:
        return storage().open(key)
    except FileNotFoundError as error:
        logger.exception("Bytes of stored file %s are missing", file_id)
        raise FileUnavailable from error


def _limited(handle: BufferedIOBase, remaining: int) -> Iterator[bytes]:
    with handle:
        while remaining > 0 and (chunk := handle.read(min(CHUNK_BYTES, remaining))):
            remaining -= len(chunk)
            yield chunk
