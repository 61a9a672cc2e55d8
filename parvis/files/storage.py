"""Where bytes are kept: a small interface, and the folder behind it (`PARVIS_FILES_URL`).

Keys are random and opaque. A file exists under its key whole or not at all: it is written beside, flushed to
the disk, and renamed (RELIABILITY E10).
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from parvis.core.failpoints import failpoint

INCOMING = "incoming"
KEY_LENGTH = 32
KEPT_FREE_BYTES = 64 * 1024 * 1024  # the database on the same disk has to go on writing


def new_key() -> str:
    """A key nobody can guess and nothing can be read from."""
    return secrets.token_hex(KEY_LENGTH // 2)


@dataclass
class Incoming:
    """A file being written: open for writing, found at `path`, and dropped unless `keep()` is called."""

    key: str
    path: Path
    handle: BinaryIO
    is_kept: bool = field(default=False, init=False)

    def keep(self) -> None:
        """On leaving the block, put the file under its key."""
        self.is_kept = True


@dataclass(frozen=True)
class Kept:
    """What a storage holds under one key."""

    key: str
    size_bytes: int
    changed_at: datetime


class Storage(Protocol):
    """What files need of a place to keep bytes."""

    def incoming(self, key: str) -> AbstractContextManager[Incoming]:
        """A context in which a new file is written; kept whole or not at all."""

    def open(self, key: str) -> BufferedIOBase:
        """The bytes under this key. Raises FileNotFoundError."""

    def delete(self, key: str) -> None:
        """Forget this key; no error when it is gone already."""

    def everything(self) -> Iterator[Kept]:
        """All that is held, what was left half-written included."""

    def free_bytes(self) -> int:
        """How much more fits."""


class FolderStorage:
    """A folder on this machine: `ab/abcdef…`, two letters deep, so that no folder grows too long to list."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def incoming(self, key: str) -> Iterator[Incoming]:
        """See Storage. Both renaming and the folder entry are flushed before this returns."""
        beside = self.root / INCOMING / key
        beside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with beside.open("xb") as handle:
                incoming = Incoming(key, beside, handle)
                yield incoming
                handle.flush()
                os.fsync(handle.fileno())
            failpoint("files.after_write")
            if incoming.is_kept:
                self._put(beside, self.path(key))
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()

    def open(self, key: str) -> BufferedIOBase:
        """See Storage."""
        return self.path(key).open("rb")

    def delete(self, key: str) -> None:
        """See Storage."""
        for path in (self.path(key), self.root / INCOMING / key):
            with suppress(FileNotFoundError):
                path.unlink()

    def everything(self) -> Iterator[Kept]:
        """See Storage."""
        if not self.root.exists():
            return
        for folder in sorted(self.root.iterdir()):
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                with suppress(FileNotFoundError):  # finished or deleted while we look
                    status = path.stat()
                    yield Kept(path.name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def free_bytes(self) -> int:
        """See Storage."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        return shutil.disk_usage(self.root).free

    def path(self, key: str) -> Path:
        """Where this key is. Keys are ours, yet none may ever name another place."""
        if len(key) != KEY_LENGTH or not key.isalnum() or not key.isascii():
            raise ValueError("Not a storage key")
        return self.root / key[:2] / key

    @staticmethod
    def _put(beside: Path, target: Path) -> None:
        target.parent.mkdir(exist_ok=True, mode=0o700)
        beside.replace(target)
        failpoint("files.after_rename")
        for folder in (target.parent, target.parent.parent):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def storage() -> Storage:
    """The storage that `PARVIS_FILES_URL` names."""
    return storage_at(settings.FILES_URL)


def storage_at(url: str) -> Storage:
    """The storage at this address; an address we cannot serve is a sentence for whoever runs the
    installation.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderStorage(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        raise ImproperlyConfigured(
            "PARVIS_FILES_URL names an S3 storage, which this version cannot use yet. Use file:///a/folder."
        )
    raise ImproperlyConfigured("PARVIS_FILES_URL has to look like file:///a/folder.")


def delete_bytes(keys: Iterable[str]) -> None:
    """Forget these keys. Comes after their rows are gone: what a crash leaves is bytes that nobody knows."""
    failpoint("files.before_bytes_deleted")
    place = storage()
    for key in keys:
        place.delete(key)
