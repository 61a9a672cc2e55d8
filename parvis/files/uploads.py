"""How an upload gets from the wire to a temporary file: in chunks, never through memory, within limits
(RELIABILITY E8).

A refused upload is read to its end and thrown away: a browser that is still sending when the answer comes
shows "connection reset" instead of our sentence.
"""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from parvis.files.errors import FileTooLarge
from parvis.files.storage import KEPT_FREE_BYTES

CHUNK_BYTES = 256 * 1024


def request_limit_bytes() -> int:
    """How many bytes one form may carry: one largest file, and as much again of others and of text."""
    return 2 * int(settings.UPLOAD_LIMIT_BYTES)


class StreamedUploadHandler(TemporaryFileUploadHandler):
    """Writes every file to the disk as it comes.

    One that is too large is left out, and `refused_upload` of the request says so: the text that was typed
    beside it stays readable, to be given back.
    """

    chunk_size = CHUNK_BYTES
    has_excess = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new part with a file begins."""
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write, as long as the file stays within its limit; what is beyond is read and dropped.

        Raises OSError when the disk is full, or would be too full for the database on it.
        """
        if start + len(raw_data) <= settings.UPLOAD_LIMIT_BYTES:
            try:
                if shutil.disk_usage(settings.FILE_UPLOAD_TEMP_DIR).free < KEPT_FREE_BYTES + len(raw_data):
                    raise OSError(errno.ENOSPC, "kept free")
                self.file.write(raw_data)
            except OSError:
                with suppress(OSError):
                    self.file.close()  # deletes it: what has come so far would keep the disk full
                raise
        elif not self.has_excess:
            self.has_excess = True
            self.file.truncate(0)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file, unless it was too large."""
        if file_size > settings.UPLOAD_LIMIT_BYTES:
            self.file.close()
            return None
        return super().file_complete(file_size)

    def upload_complete(self) -> None:
        """All parts are read: now the refusal can be heard."""
        if self.has_excess and self.request is not None:
            self.request.refused_upload = FileTooLarge(settings.UPLOAD_LIMIT_BYTES)  # type: ignore[attr-defined]


class DiscardingUploadHandler(FileUploadHandler):
    """For a form that is refused anyway, or comes from nobody we know: drops its files, so that the text
    beside them can be given back.

    Reads up to twice the limit of a request; what was typed above the files is kept even then.
    """

    chunk_size = CHUNK_BYTES

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left = 2 * request_limit_bytes()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is written."""
        self.left -= len(raw_data)
        if self.left < 0:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> None:
        """There is no file."""


def read_to_the_end(request: HttpRequest) -> None:
    """Throw away what is left of the body, up to twice the limit of a request."""
    left = 2 * request_limit_bytes()
    try:
        while left > 0 and (chunk := request.read(CHUNK_BYTES)):
            left -= len(chunk)
    except OSError:
        return  # the sender is gone; nobody is left to be told anything
