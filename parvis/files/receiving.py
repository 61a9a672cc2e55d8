"""Uploads of one request on their way into an action."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files import File

from parvis.access import Actor
from parvis.files.actions import delete_stored_file, store_upload
from parvis.files.models import StoredFile


@contextmanager
def received(uploads: Sequence[File[Any]], *, actor: Actor, at: datetime) -> Iterator[list[StoredFile]]:
    """Store the uploads for the action inside the `with`; if it refuses, nothing of them stays behind.

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
    try:
        stored.extend(map(keep, uploads))  # one by one: what came before a refusal is in the list
        yield stored
    except Exception:
        for file in stored:
            delete_stored_file(file)
        raise
