"""Files that come with a form: stored before the action, taken back if it refuses."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.files import File

from parvis.core.clock import now
from parvis.files.actions import delete_stored_file, store_upload
from parvis.files.models import StoredFile
from parvis.portal.requests import PortalRequest


@contextmanager
def stored_files(uploads: Sequence[File[Any]], request: PortalRequest) -> Iterator[list[StoredFile]]:
    """The uploads as stored files for the action inside; nothing of them stays when it raises.

    The caller has asked for the permission: copying takes time, and nobody else shall cause it.
    """
    files: list[StoredFile] = []
    try:
        for upload in uploads:
            files.append(  # noqa: PERF401 - what was stored before a refusal has to be known below
                store_upload(
                    upload, workspace_id=request.workspace.pk, at=now(), contact_id=request.contact.pk
                )
            )
        yield files
    except Exception:
        for file in files:
            delete_stored_file(file)
        raise
