"""Uploads of one request on their way into an action."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files import File

from parvis.access import Actor
from parvis.core.errors import DomainError
from parvis.files.actions import delete_stored_file, store_upload
from parvis.files.holding import hold
from parvis.files.models import StoredFile


@contextmanager
def received(
    uploads: Sequence[File[Any]], *, actor: Actor, at: datetime, form_id: UUID | None = None
) -> Iterator[list[StoredFile]]:
    """Store the uploads for the action inside the `with`; if it refuses, nothing of them stays behind.

    With a `form_id`, what a DomainError refuses is held for the member's next attempt (`holding`).
    Raises what `store_upload` raises; then none of the uploads is kept.
    """
    stored: list[StoredFile] = []
    keep = partial(
        store_upload,
        workspace_id=actor.workspace_id,
        at=at,
        member_id=actor.member_id,
        contact_id=actor.contact_id,
    )
    is_whole = False
    try:
        stored.extend(map(keep, uploads))  # one by one: what came before a refusal is in the list
        is_whole = True
        yield stored
    except Exception as error:
        if form_id is not None and is_whole and isinstance(error, DomainError):
            hold(stored, form_id=form_id, actor=actor, at=at)
            raise
        for file in stored:
            delete_stored_file(file)
        raise
