"""A comment both sides read, as the REST interface shows and takes it. Threads' owners have the routes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import File
from ninja.files import UploadedFile
from pydantic import Field

from parvis.conversations.models import ClientComment, Thread
from parvis.http.schemas import Answer, Body, FileAnswer, Text, UnknownReference

Uploads = File[list[UploadedFile]]
NO_FILES: list[UploadedFile] = []


class CommentAnswer(Answer):
    """What somebody wrote; `parent_id` names the comment it answers (G1-15)."""

    id: UUID
    parent_id: UUID | None
    author_kind: str
    author_id: UUID
    author_name: str
    author_handle: str
    body: str
    at: datetime
    version_number: int | None
    files: list[FileAnswer]

    @staticmethod
    def resolve_author_kind(row: ClientComment) -> str:
        return "member" if row.author_member_id else "contact"

    @staticmethod
    def resolve_author_id(row: ClientComment) -> UUID | None:
        return row.author_member_id or row.author_contact_id

    @staticmethod
    def resolve_files(row: ClientComment) -> list[Any]:
        return [attachment.file for attachment in row.attachments.all()]


class CommentForm(Body):
    """Sent as a form, because files may come with it."""

    body: Text = ""
    parent_id: UUID | None = Field(None, description="The comment that is answered.")


def parent_in(thread: Thread | None, parent_id: UUID | None) -> ClientComment | None:
    """The comment of this very thread that is answered. Raises UnknownReference."""
    if parent_id is None:
        return None
    found = ClientComment.objects.filter(thread=thread, pk=parent_id).first() if thread else None
    if found is None:
        raise UnknownReference("parent_id")
    return found


def as_written(comment: ClientComment) -> ClientComment:
    """The comment with its author and files at hand, for the answer."""
    return get_object_or_404(ClientComment.objects.in_order(), pk=comment.pk)
