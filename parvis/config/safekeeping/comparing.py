"""Rows and stored files compared, in both directions."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Sum

from parvis.config.safekeeping.keys import referenced_keys
from parvis.files.models import FileState, StorageUse, StoredFile
from parvis.files.storage import Storage, storage

# An upload under way has bytes before it has a finished row.
STILL_UPLOADING = timedelta(days=1)

Progress = Callable[[int, int], None]


def differences(*, at: datetime, progress: Progress) -> Iterator[str]:
    """One sentence for each row without its bytes, altered bytes, bytes without a row, and wrong sum."""
    held = storage()
    with connection.cursor() as cursor:
        wanted = set(referenced_keys(cursor))
    present = {kept.key: kept for kept in held.everything()}
    yield from (f"missing: {key} is not in the storage" for key in sorted(wanted - present.keys()))
    yield from _altered(held, progress)
    pending = set(StoredFile.objects.exclude(state=FileState.READY).values_list("storage_key", flat=True))
    for key, kept in sorted(present.items()):
        if key not in wanted and key not in pending and kept.changed_at < at - STILL_UPLOADING:
            yield f"unknown: {key} ({kept.size_bytes} bytes) belongs to no row"
    yield from _wrong_sums()


def _altered(held: Storage, progress: Progress) -> Iterator[str]:
    files = StoredFile.objects.filter(state=FileState.READY)
    total = files.count()
    for number, file in enumerate(files.iterator(), 1):
        try:
            with held.open(file.storage_key) as source:
                found = hashlib.file_digest(source, "sha256").hexdigest()
        except FileNotFoundError:
            found = file.sha256  # said above
        if found != file.sha256:
            yield f"altered: {file.storage_key} (file {file.pk}) has other bytes than were uploaded"
        progress(number, total)


def _wrong_sums() -> Iterator[str]:
    for use in StorageUse.objects.all():
        files = StoredFile.objects.filter(workspace=use.workspace_id)
        found = files.aggregate(sum=Sum("size_bytes"))["sum"] or 0
        if found != use.used_bytes:
            yield f"sum: workspace {use.workspace_id} counts {use.used_bytes} bytes, its files have {found}"
