"""One archive of database and files: made from a consistent snapshot, taken in by an empty installation."""

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader

import parvis
from parvis.config.safekeeping import snapshots
from parvis.config.safekeeping.refusals import SafekeepingRefused
from parvis.files.storage import Storage, storage

MANIFEST = "manifest.json"
FILES = "files/"
FORMAT = 1
BLOCK = 1 << 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Manifest:
    """What an archive holds, so that it can be checked before anything is touched."""

    format: int
    version: str
    made_at: str
    database: str  # sqlite or postgresql
    migrations: list[list[str]]
    files: dict[str, str]  # storage key: SHA-256
    missing: list[str]  # keys that rows speak of, whose bytes were not in the storage


def back_up(path: Path, *, at: datetime, progress: Progress) -> Manifest:
    """Write the archive at `path`, whole or not at all.

    The database comes first: bytes under a key never change, so that what the snapshot speaks of is still
    there when the files are read. The signing key is not part of it: whoever finds an archive cannot sign.
    """
    if snapshots.is_empty():
        raise SafekeepingRefused("There is nothing to keep: the database is empty. Run: parvis migrate")
    if path.exists():
        raise SafekeepingRefused(f"{path} exists; choose another name or move it away.")
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as handle:
            with ZipFile(handle, "w", ZIP_STORED) as archive:
                manifest = _fill(archive, path.parent, at, progress)
            handle.flush()
            os.fsync(handle.fileno())
        partial.rename(path)
    except OSError as problem:
        raise SafekeepingRefused(f"{path} cannot be written: {problem.strerror}.") from problem
    except OperationalError as problem:  # VACUUM INTO meets the full disk before we do
        raise SafekeepingRefused(f"{path} cannot be written: {problem}.") from problem
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _fill(archive: ZipFile, beside: Path, at: datetime, progress: Progress) -> Manifest:
    with tempfile.TemporaryDirectory(dir=beside, prefix=".parvis-backup-") as folder:
        keys = snapshots.save(archive, Path(folder))
    held, files, missing = storage(), {}, []
    for number, key in enumerate(keys, 1):
        try:
            files[key] = _pack(archive, held, key)
        except FileNotFoundError:
            missing.append(key)
        progress(number, len(keys))
    migrations = snapshots.applied_migrations()
    database = connection.vendor
    manifest = Manifest(FORMAT, parvis.__version__, at.isoformat(), database, migrations, files, missing)
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def _pack(archive: ZipFile, held: Storage, key: str) -> str:
    digest = hashlib.sha256()
    with held.open(key) as source, archive.open(FILES + key, "w", force_zip64=True) as entry:
        while block := source.read(BLOCK):
            digest.update(block)
            entry.write(block)
    return digest.hexdigest()


def restore(path: Path, *, progress: Progress) -> Manifest:
    """Fill this empty installation from the archive at `path`; refuses before touching anything.

    Files come first and the database last: when it is interrupted, the installation is still empty, and the
    same command continues.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive, path)
        _check_target(manifest)
        _check_contents(archive, manifest, path)
        held = storage()
        present = {kept.key for kept in held.everything()}
        for number, key in enumerate(manifest.files, 1):
            if key not in present:
                with held.incoming(key) as incoming, archive.open(FILES + key) as source:
                    _pour(source, incoming.handle)  # type: ignore[arg-type]
                    incoming.keep()
            progress(number, len(manifest.files))
        snapshots.load(archive, manifest.migrations)
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(path)
    except FileNotFoundError:
        raise SafekeepingRefused(f"{path} does not exist.") from None
    except OSError as problem:
        raise SafekeepingRefused(f"{path} cannot be read: {problem.strerror}.") from None
    except BadZipFile:
        raise SafekeepingRefused(f"{path} is not a complete archive of Parvis.") from None
    with archive:
        yield archive


def _manifest(archive: ZipFile, path: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    except (KeyError, TypeError, ValueError):
        raise SafekeepingRefused(f"{path} is not an archive of Parvis.") from None
    if manifest.format != FORMAT:
        raise SafekeepingRefused(f"{path} was made by another version of Parvis ({manifest.version}).")
    return manifest


def _check_target(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise SafekeepingRefused(
            f"The archive holds a {manifest.database} database, but PARVIS_DATABASE_URL names a"
            f" {connection.vendor} one."
        )
    if not snapshots.is_empty():
        raise SafekeepingRefused("This installation is not empty. Restore into an empty database and folder.")
    if foreign := [kept.key for kept in storage().everything() if kept.key not in manifest.files]:
        raise SafekeepingRefused(
            f"The storage of PARVIS_FILES_URL is not empty: {len(foreign)} files are not of this archive."
        )
    known = MigrationLoader(None).graph.nodes
    if unknown := [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]:
        raise SafekeepingRefused(
            f"The archive was made by a newer Parvis ({manifest.version}): {unknown[0]} is unknown here."
        )


def _check_contents(archive: ZipFile, manifest: Manifest, path: Path) -> None:
    """Read every byte once before the first is written."""
    try:
        damaged = archive.testzip()
    except (BadZipFile, OSError, zlib.error):
        damaged = "its end"
    if damaged is None:
        for key, expected in manifest.files.items():
            with archive.open(FILES + key) as entry:
                if hashlib.file_digest(entry, "sha256").hexdigest() != expected:  # type: ignore[arg-type]
                    damaged = key
                    break
    if damaged is not None:
        raise SafekeepingRefused(f"{path} is damaged at {damaged}; nothing was restored.")


def _pour(source: BinaryIO, target: BinaryIO) -> None:
    while block := source.read(BLOCK):
        target.write(block)
