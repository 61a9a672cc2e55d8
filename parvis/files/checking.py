"""Do rows and bytes agree? The files' part of `parvis fsck` (RELIABILITY E10)."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from parvis.files.actions import delete_stored_file
from parvis.files.models import FilePage, StorageUse, StoredFile
from parvis.files.querysets import ABANDONED_AFTER
from parvis.files.storage import Storage, storage


@dataclass
class FsckReport:
    """What was found. Lists hold the ids of rows, or the keys of files that no row knows."""

    checked: int = 0
    missing: list[UUID] = field(default_factory=list)  # ready rows without bytes
    mismatched: list[UUID] = field(default_factory=list)  # bytes that are not those of the upload
    missing_pages: list[UUID] = field(default_factory=list)  # files whose page pictures are gone
    abandoned: list[UUID] = field(default_factory=list)  # uploads begun over a day ago and never finished
    orphans: list[str] = field(default_factory=list)  # bytes over a day old without a row
    miscounted: list[UUID] = field(
        default_factory=list
    )  # workspaces whose used bytes are not the sum of their files
    deleted: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing has been lost or changed. What a crash left over is no loss."""
        return not (self.missing or self.mismatched or self.missing_pages or self.miscounted)


def report(*, delete_orphans: bool, at: datetime) -> FsckReport:
    """Read every stored byte and compare; clear away what crashes left over a day ago when asked to.

    Reads everything: takes as long as the disk needs.
    """
    found, place = FsckReport(), storage()
    known = _check_files(found, place)
    known |= _check_pages(found, place)
    found.abandoned = list(StoredFile.objects.abandoned(at).values_list("pk", flat=True))
    found.orphans = [
        kept.key
        for kept in place.everything()
        if kept.key not in known and kept.changed_at < at - ABANDONED_AFTER and not _is_known(kept.key)
    ]
    found.miscounted = _miscounted()
    if delete_orphans:
        _clear(found, place)
    return found


def _check_files(found: FsckReport, place: Storage) -> set[str]:
    """Compare each ready row with its bytes; answers the keys of all rows, pending ones included."""
    known = set(StoredFile.objects.values_list("storage_key", flat=True))
    for file in StoredFile.objects.ready().order_by("pk").iterator():
        found.checked += 1
        try:
            with place.open(file.storage_key) as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
        except FileNotFoundError:
            found.missing.append(file.pk)
            continue
        if digest != file.sha256:
            found.mismatched.append(file.pk)
    return known


def _check_pages(found: FsckReport, place: Storage) -> set[str]:
    held = {kept.key for kept in place.everything()}
    known: set[str] = set()
    for page in FilePage.objects.order_by("file_id", "number").iterator():
        known |= {page.key_small, page.key_large}
        if not {page.key_small, page.key_large} <= held and page.file_id not in found.missing_pages:
            found.missing_pages.append(page.file_id)
    return known


def _is_known(key: str) -> bool:
    """Asked again, one key at a time: the row may have been written while we read the others."""
    return (
        StoredFile.objects.filter(storage_key=key).exists()
        or FilePage.objects.filter(key_small=key).exists()
        or FilePage.objects.filter(key_large=key).exists()
    )


@transaction.atomic
def _miscounted() -> list[UUID]:
    sums = Counter(
        dict(StoredFile.objects.values_list("workspace_id").annotate(total=Sum("size_bytes")).order_by())
    )
    return [use.workspace_id for use in StorageUse.objects.all() if use.used_bytes != sums[use.workspace_id]]


def _clear(found: FsckReport, place: Storage) -> None:
    for file in StoredFile.objects.filter(pk__in=found.abandoned):
        delete_stored_file(file)
        found.deleted += 1
    for key in found.orphans:
        place.delete(key)
        found.deleted += 1
