"""Do rows and bytes agree? What `parvis fsck` reads and clears away (RELIABILITY E10)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from parvis.files.actions import delete_stored_file
from parvis.files.models import FilePage, StorageUse, StoredFile
from parvis.files.owning import delete_unowned, unowned
from parvis.files.previews import want_pages_again
from parvis.files.querysets import ABANDONED_AFTER
from parvis.files.storage import Kept, Storage, storage

Progress = Callable[[int, int], None]


@dataclass
class FsckReport:
    """What was found, and how many things were set right."""

    checked: int = 0
    missing: list[StoredFile] = field(default_factory=list)  # ready, and their bytes are gone
    altered: list[StoredFile] = field(default_factory=list)  # other bytes than were uploaded
    without_pages: list[StoredFile] = field(default_factory=list)  # some of their page pictures are gone
    abandoned: list[StoredFile] = field(default_factory=list)  # begun over a day ago and never finished
    unowned: list[StoredFile] = field(default_factory=list)  # over a day old, and no row points to them
    unknown: list[Kept] = field(default_factory=list)  # bytes over a day old that belong to no row
    miscounted: list[StorageUse] = field(default_factory=list)  # not the sum of the workspace's files
    cleared: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost or changed. What a crash leaves to clear away is no loss."""
        return not (self.missing or self.altered or self.without_pages or self.miscounted)

    def sentences(self) -> Iterator[str]:
        """One line for the operator for each difference, starting with its kind."""
        for file in self.missing:
            yield f"missing: {file.storage_key} (file {file.pk}) is not in the storage"
        for file in self.altered:
            yield f"altered: {file.storage_key} (file {file.pk}) has other bytes than were uploaded"
        for file in self.without_pages:
            yield f"pages: file {file.pk} lost page pictures"
        for file in self.abandoned:
            yield f"abandoned: {file.storage_key} (file {file.pk}) was never uploaded to its end"
        for file in self.unowned:
            yield f"unowned: {file.storage_key} (file {file.pk}) belongs to nothing any more"
        for kept in self.unknown:
            yield f"unknown: {kept.key} ({kept.size_bytes} bytes) belongs to no row"
        for use in self.miscounted:
            yield f"sum: workspace {use.workspace_id} counts {use.used_bytes} bytes, its files have others"


def report(
    *, delete_orphans: bool, at: datetime, progress: Progress = lambda done, total: None
) -> FsckReport:
    """Read every stored byte and compare.

    With `delete_orphans`, what crashes left over a day ago is deleted, lost page pictures are wanted again,
    and wrong sums are put right. Lost and altered uploads are only named: nothing here brings them back.
    """
    found, place = FsckReport(), storage()
    _check_bytes(found, place, progress)
    held = {kept.key: kept for kept in place.everything()}
    known = _check_pages(found, held) | set(StoredFile.objects.values_list("storage_key", flat=True))
    found.abandoned = list(StoredFile.objects.abandoned(at))
    found.unowned = unowned(at)
    old = (kept for kept in held.values() if kept.changed_at < at - ABANDONED_AFTER)
    found.unknown = [kept for kept in old if kept.key not in known and not _is_known(kept.key)]
    found.miscounted = list(StorageUse.objects.exclude(used_bytes=_sum_of_files()))
    if delete_orphans:
        _clear(found, place, at)
    return found


def _check_bytes(found: FsckReport, place: Storage, progress: Progress) -> None:
    files = StoredFile.objects.ready().order_by("pk")
    total = files.count()
    for file in files.iterator():
        found.checked += 1
        try:
            with place.open(file.storage_key) as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
        except FileNotFoundError:
            found.missing.append(file)
        else:
            if digest != file.sha256:
                found.altered.append(file)
        progress(found.checked, total)


def _check_pages(found: FsckReport, held: dict[str, Kept]) -> set[str]:
    """Name the files that lost pictures; answers the keys of all pictures."""
    known: set[str] = set()
    lacking = set()
    for page in FilePage.objects.iterator():
        keys = {page.key_small, page.key_large}
        known |= keys
        if not keys <= held.keys():
            lacking.add(page.file_id)
    found.without_pages = list(StoredFile.objects.ready().filter(pk__in=lacking).order_by("pk"))
    return known


def _is_known(key: str) -> bool:
    """Asked again, one key at a time and last: the row may have been written while we read."""
    return (
        StoredFile.objects.filter(storage_key=key).exists()
        or FilePage.objects.filter(key_small=key).exists()
        or FilePage.objects.filter(key_large=key).exists()
    )


def _sum_of_files() -> Coalesce:
    """What a StorageUse has to count, as part of a query."""
    files = StoredFile.objects.filter(workspace=OuterRef("workspace")).order_by().values("workspace")
    return Coalesce(Subquery(files.annotate(sum=Sum("size_bytes")).values("sum")), 0)


def _clear(found: FsckReport, place: Storage, at: datetime) -> None:
    for file in found.abandoned:
        delete_stored_file(file)
    deleted = delete_unowned(at)
    for kept in found.unknown:
        place.delete(kept.key)
    for file in found.without_pages:
        want_pages_again(file)
    wrong = StorageUse.objects.filter(pk__in=[use.pk for use in found.miscounted])
    wrong.update(used_bytes=_sum_of_files())
    found.cleared = deleted + (
        len(found.abandoned) + len(found.unknown) + len(found.without_pages) + len(found.miscounted)
    )
