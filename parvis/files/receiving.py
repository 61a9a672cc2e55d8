"""Uploads of one request on their way into an action."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files import File

from parvis.access import Actor
from parvis.core.errors import DomainError
from parvis.files.actions import delete_stored_file, store_upload
from parvis.files.holding import hold
from parvis.files.models import StoredFile

AHEAD, IS_TAKEN = "stored_ahead", "is_taken"


@contextmanager
def received(
    uploads: Sequence[File[Any]], *, actor: Actor, at: datetime, form_id: UUID | None = None
) -> Iterator[list[StoredFile]]:
    """Store the uploads for the action inside the `with`; if it refuses, nothing of them stays behind.

    With a `form_id`, what a DomainError refuses is held for the member's next attempt (`holding`).
    Raises what `store_upload` raises; then none of the uploads is kept.
    """
    stored: list[StoredFile] = []
    is_whole = False
    try:
        stored.extend(
            _kept(upload, actor, at) for upload in uploads
        )  # one by one: what came before a refusal is in the list
        is_whole = True
        yield stored
    except Exception as error:
        if form_id is not None and is_whole and isinstance(error, DomainError):
            hold(stored, form_id=form_id, actor=actor, at=at)
            raise
        for file in stored:
            delete_stored_file(file)
        for upload in uploads:
            setattr(upload, IS_TAKEN, False)
        raise


@contextmanager
def stored_ahead(uploads: Sequence[File[Any]], *, actor: Actor, at: datetime) -> Iterator[None]:
    """Store the uploads before a transaction around the action, whose locks nobody shall wait for while
    bytes are copied; `received` finds them there. What it did not take is deleted at the end.

    A process that dies in between leaves files that belong to nothing, and those go after a day (`owning`).
    Raises what `store_upload` raises.
    """
    try:
        for upload in uploads:
            setattr(upload, AHEAD, _stored(upload, actor, at))
        yield
    finally:
        for upload in uploads:
            file: StoredFile | None = getattr(upload, AHEAD, None)
            if file is not None and not getattr(upload, IS_TAKEN, False):
                delete_stored_file(file)


def _kept(upload: File[Any], actor: Actor, at: datetime) -> StoredFile:
    """The stored file of this upload."""
    ahead: StoredFile | None = getattr(upload, AHEAD, None)
    if ahead is None:
        return _stored(upload, actor, at)
    setattr(upload, IS_TAKEN, True)
    return ahead


def _stored(upload: File[Any], actor: Actor, at: datetime) -> StoredFile:
    return store_upload(
        upload,
        workspace_id=actor.workspace_id,
        at=at,
        member_id=actor.member_id,
        contact_id=actor.contact_id,
    )
