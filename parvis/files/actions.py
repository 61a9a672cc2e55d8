"""Storing an upload, and deleting what was stored.

The order on disk and in the tables is what makes a crash harmless (RELIABILITY E10): row `pending` → file
beside → flushed → renamed → row `ready`; deleting goes the other way round. What a crash leaves is a
pending row or a file without a row, and `checking.report` clears both away a day later.
"""

from __future__ import annotations

import errno
import hashlib
from datetime import datetime
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F

from parvis.core.failpoints import failpoint
from parvis.files.errors import FileEmpty, FileTooLarge, StorageFull, UploadUnreadable
from parvis.files.inspection import inspect, inspect_head
from parvis.files.media import HEAD_BYTES, MediaType
from parvis.files.models import FileState, PreviewState, StorageUse, StoredFile
from parvis.files.rules import clean_name
from parvis.files.storage import KEPT_FREE_BYTES, delete_bytes, new_key, storage
from parvis.files.tasks import make_previews

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the disk, a quota, a limit of the process


def store_upload(
    upload: File[Any],
    *,
    workspace_id: UUID,
    at: datetime,
    limit_bytes: int | None = None,
    member_id: UUID | None = None,
    contact_id: UUID | None = None,
) -> StoredFile:
    """Keep an uploaded file, whole and inspected, or nothing of it.

    Call it before, not inside, the transaction of the action that uses the file: it commits its own steps,
    and copying takes time. If that action then refuses, call `delete_stored_file`. Raises FileEmpty,
    FileTooLarge, FileTypeRefused, StorageFull or UploadUnreadable.
    """
    name = clean_name(upload.name or "")
    limit = settings.UPLOAD_LIMIT_BYTES if limit_bytes is None else limit_bytes
    media_type = _judge(upload, name, limit)

    failpoint("files.before_row")
    file = _reserve(
        StoredFile(
            workspace_id=workspace_id,
            name=name,
            size_bytes=upload.size,
            media_type=media_type.media_type,
            family=media_type.family,
            storage_key=new_key(),
            uploaded_by_member_id=member_id,
            uploaded_by_contact_id=contact_id,
            created_at=at,
        )
    )
    failpoint("files.after_row")
    try:
        _write(file, upload)
        _make_ready(file, media_type)
    except Exception as error:
        _release(file)
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise StorageFull from error
        raise
    return file


def delete_stored_file(file: StoredFile) -> None:
    """Delete the row, its pages and, once that is committed, the bytes. The owner must have let go of it
    before.
    """
    keys = [file.storage_key]
    for page in file.pages.all():
        keys += [page.key_small, page.key_large]
    with transaction.atomic():
        _give_back(file)
        transaction.on_commit(partial(delete_bytes, keys))


def _judge(upload: File[Any], name: str, limit_bytes: int) -> MediaType:
    """What can be refused before a byte is written."""
    if not upload.size:
        raise FileEmpty
    if upload.size > limit_bytes:
        raise FileTooLarge(limit_bytes)
    upload.seek(0)
    media_type = inspect_head(name, upload.read(HEAD_BYTES))
    upload.seek(0)
    if storage().free_bytes() < upload.size + KEPT_FREE_BYTES:
        raise StorageFull
    return media_type


@transaction.atomic
def _reserve(file: StoredFile) -> StoredFile:
    """Write the pending row and count its bytes. Raises StorageFull when the workspace's share is used up."""
    StorageUse.objects.get_or_create(workspace_id=file.workspace_id)
    # Condition and change are one statement: of uploads that arrive together, none passes the quota.
    room = StorageUse.objects.filter(
        workspace_id=file.workspace_id, used_bytes__lte=settings.WORKSPACE_QUOTA_BYTES - file.size_bytes
    )
    if not room.update(used_bytes=F("used_bytes") + file.size_bytes):
        raise StorageFull
    file.save(force_insert=True)
    return file


def _write(file: StoredFile, upload: File[Any]) -> None:
    """Copy to the storage while hashing and counting; kept only if the content passes inspection."""
    with storage().incoming(file.storage_key) as incoming:
        file.sha256, size_bytes = _copy(upload, incoming.handle)
        if size_bytes != file.size_bytes:
            raise UploadUnreadable
        incoming.handle.flush()
        inspect(file.name, incoming.path)
        failpoint("files.after_inspection")
        incoming.keep()


def _copy(upload: File[Any], target: IO[bytes]) -> tuple[str, int]:
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in upload.chunks():
        digest.update(chunk)
        size_bytes += len(chunk)
        target.write(chunk)
        target.flush()
        failpoint("files.half_written")
    return digest.hexdigest(), size_bytes


@transaction.atomic
def _make_ready(file: StoredFile, media_type: MediaType) -> None:
    """The last step; from here on the file exists for everybody."""
    failpoint("files.before_ready")
    file.state = FileState.READY
    file.preview_state = PreviewState.WAITING if media_type.has_preview else PreviewState.NONE
    file.preview_hinted_at = file.created_at if media_type.has_preview else None
    file.save(update_fields=["state", "sha256", "preview_state", "preview_hinted_at"])
    if media_type.has_preview:
        # The waiting row is the truth; a task that gets lost costs a few seconds, not the preview.
        transaction.on_commit(partial(make_previews.enqueue, str(file.pk)), robust=True)


def _release(file: StoredFile) -> None:
    """Undo a reservation: nothing half-written stays behind."""
    with transaction.atomic():
        _give_back(file)
    delete_bytes([file.storage_key])


def _give_back(file: StoredFile) -> None:
    """Delete the row and uncount its bytes, once, however often it is asked."""
    deleted, _of_each = StoredFile.objects.filter(pk=file.pk).delete()
    if deleted:
        failpoint("files.after_row_deleted")
        use = StorageUse.objects.filter(workspace_id=file.workspace_id)
        use.update(used_bytes=F("used_bytes") - file.size_bytes)
