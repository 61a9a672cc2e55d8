"""Page pictures: drawn by the worker from a file, kept beside it."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F

from parvis.files.images import Drawing, DrawingFailed, drawn_pages
from parvis.files.models import FilePage, PreviewFailure, PreviewState, StoredFile
from parvis.files.querysets import MAX_PREVIEW_ATTEMPTS
from parvis.files.storage import Storage, delete_bytes, new_key, storage

LEASE = timedelta(minutes=2)  # longer than the drawing process may live

logger = logging.getLogger(__name__)


def draw_previews(file_id: UUID, *, at: datetime) -> bool:
    """Draw the pages of one waiting file; answers whether it has pages now.

    Safe to call twice or by two workers: one of them gets the lease. A file that cannot be drawn ends as
    `failed` with its reason, and never as an error of the worker.
    """
    file = _claim(file_id, at)
    if file is None:
        return False
    if file.preview_attempts > MAX_PREVIEW_ATTEMPTS:
        return _fail(file, PreviewFailure.TOO_HEAVY)  # the workers that tried before did not live to tell
    try:
        with _as_local_file(file) as path, drawn_pages(path, file.type.pillow_format) as drawing:
            _keep(file, drawing, storage())
    except DrawingFailed as failed:
        return _fail(file, failed.reason)
    except FileNotFoundError:
        logger.exception("Bytes of stored file %s are missing", file.pk)
        return _fail(file, PreviewFailure.MISSING)
    return True


def want_pages_again(file: StoredFile) -> None:
    """Forget the page pictures of a file, so that the worker draws them anew."""
    keys = [key for page in file.pages.all() for key in (page.key_small, page.key_large)]
    with transaction.atomic():
        file.pages.all().delete()
        StoredFile.objects.filter(pk=file.pk).update(
            preview_state=PreviewState.WAITING,
            preview_failure="",
            preview_attempts=0,
            preview_lease_until=None,
            preview_hinted_at=None,
        )
        transaction.on_commit(partial(delete_bytes, keys))


def _claim(file_id: UUID, at: datetime) -> StoredFile | None:
    """Lease the file to this worker by a conditional update, which excludes others on both databases."""
    claimed = StoredFile.objects.wanting_preview(at).filter(pk=file_id)
    if not claimed.update(preview_lease_until=at + LEASE, preview_attempts=F("preview_attempts") + 1):
        return None
    return StoredFile.objects.get(pk=file_id)


@contextmanager
def _as_local_file(file: StoredFile) -> Iterator[Path]:
    """The bytes as a file of this machine, wherever they are stored; read-only for the drawing process."""
    with (
        storage().open(file.storage_key) as source,
        tempfile.NamedTemporaryFile(prefix="parvis-draw-") as copy,
    ):
        shutil.copyfileobj(source, copy, 1024 * 1024)
        copy.flush()
        yield Path(copy.name)


def _keep(file: StoredFile, drawing: Drawing, place: Storage) -> None:
    """Pictures first, rows last: a crash in between leaves pictures without a row, which are swept up
    later.
    """
    pages = []
    for drawn in drawing.pages:
        page = FilePage(
            file=file,
            number=drawn.number,
            width=drawn.width,
            height=drawn.height,
            key_small=new_key(),
            key_large=new_key(),
        )
        for key, path in ((page.key_small, drawn.small), (page.key_large, drawn.large)):
            with place.incoming(key) as incoming:
                incoming.handle.write(path.read_bytes())
                incoming.keep()
        pages.append(page)
    with transaction.atomic():
        mine = StoredFile.objects.filter(
            pk=file.pk, preview_state=PreviewState.WAITING, preview_attempts=file.preview_attempts
        )
        # Somebody else may have taken over after the lease ended: then theirs count, not ours.
        if mine.update(
            preview_state=PreviewState.READY, page_count=drawing.page_count, preview_lease_until=None
        ):
            FilePage.objects.bulk_create(pages)


def _fail(file: StoredFile, reason: PreviewFailure) -> bool:
    waiting = StoredFile.objects.filter(pk=file.pk, preview_state=PreviewState.WAITING)
    waiting.update(preview_state=PreviewState.FAILED, preview_failure=reason, preview_lease_until=None)
    return False
