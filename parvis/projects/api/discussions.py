"""Talk with the client that belongs to no deliverable: topics, and the client stream of a task."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Form, Query, Router, Status
from pydantic import Field

from parvis.access import Permission, require
from parvis.access.requests import ApiRequest
from parvis.conversations.api import (
    NO_FILES,
    CommentAnswer,
    CommentForm,
    Uploads,
    as_written,
    parent_in,
)
from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from parvis.files.receiving import received
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer, Body, Text, Title
from parvis.projects.actions import comment_discussion, comment_task, open_discussion
from parvis.projects.api.parts import TASKS, find_task
from parvis.projects.api.projects import find_project
from parvis.projects.models import Discussion

router = Router()

DISCUSSIONS = "/projects/{uuid:project_id}/discussions"
Message = Annotated[Text, Field(min_length=1)]


class DiscussionAnswer(Answer):
    id: UUID
    project_id: UUID
    title: str
    opened_at: datetime
    comment_count: int
    last_comment_at: datetime | None

    @staticmethod
    def resolve_comment_count(row: Discussion) -> int:
        return row.thread.comment_count

    @staticmethod
    def resolve_last_comment_at(row: Discussion) -> datetime | None:
        return row.thread.last_comment_at


class DiscussionForm(Body):
    title: Title
    body: Message


@router.get(DISCUSSIONS, response=Page[DiscussionAnswer])
def list_discussions(request: ApiRequest, project_id: UUID, paging: Query[Paging]) -> object:
    """Topics with the client, the newest first (G1-13)."""
    rows = Discussion.objects.visible_to(request.actor).filter(project=find_project(request, project_id))
    return cursor_page(rows.select_related("thread"), paging, order="-opened_at")


@router.post(DISCUSSIONS, response={201: DiscussionAnswer})
def create_discussion(
    request: ApiRequest, project_id: UUID, form: Form[DiscussionForm], files: Uploads = NO_FILES
) -> Status[Discussion]:
    """A topic with its first message; the client reads it (G1-13)."""
    project, at = find_project(request, project_id), now()
    require(request.actor, Permission.MESSAGE_SEND, project)  # before files are stored
    with received(files, actor=request.actor, at=at) as stored:
        discussion = open_discussion(
            project, title=form.title, body=form.body, files=stored, actor=request.actor, at=at
        )
    discussion.thread.refresh_from_db()
    return Status(201, discussion)


@router.get(DISCUSSIONS + "/{uuid:discussion_id}/comments", response=Page[CommentAnswer])
def list_discussion_comments(
    request: ApiRequest, project_id: UUID, discussion_id: UUID, paging: Query[Paging]
) -> object:
    """What was said, the oldest first."""
    discussion = _discussion(request, project_id, discussion_id)
    return cursor_page(ClientComment.objects.filter(thread=discussion.thread).in_order(), paging, order="at")


@router.post(DISCUSSIONS + "/{uuid:discussion_id}/comments", response={201: CommentAnswer})
def create_discussion_comment(
    request: ApiRequest,
    project_id: UUID,
    discussion_id: UUID,
    form: Form[CommentForm],
    files: Uploads = NO_FILES,
) -> Status[ClientComment]:
    """One more message; the client reads it."""
    discussion, at = _discussion(request, project_id, discussion_id), now()
    require(request.actor, Permission.MESSAGE_SEND, discussion)
    parent = parent_in(discussion.thread, form.parent_id)
    with received(files, actor=request.actor, at=at) as stored:
        comment = comment_discussion(
            discussion, body=form.body, parent=parent, files=stored, actor=request.actor, at=at
        )
    return Status(201, as_written(comment))


@router.get(TASKS + "/{uuid:task_id}/comments", response=Page[CommentAnswer])
def list_task_comments(request: ApiRequest, project_id: UUID, task_id: UUID, paging: Query[Paging]) -> object:
    """The task's client stream (G1-31); the internal one has an address of its own."""
    task = find_task(request, project_id, task_id)
    rows = ClientComment.objects.filter(thread=task.client_thread_id, thread__isnull=False)
    return cursor_page(rows.in_order(), paging, order="at")


@router.post(TASKS + "/{uuid:task_id}/comments", response={201: CommentAnswer})
def create_task_comment(
    request: ApiRequest, project_id: UUID, task_id: UUID, form: Form[CommentForm], files: Uploads = NO_FILES
) -> Status[ClientComment]:
    """A message in the task's client stream; 409 while the client does not see the task (G1-31)."""
    task, at = find_task(request, project_id, task_id), now()
    require(request.actor, Permission.COMMENT_ADD, task)
    parent = parent_in(task.client_thread, form.parent_id)
    with received(files, actor=request.actor, at=at) as stored:
        comment = comment_task(task, body=form.body, parent=parent, files=stored, actor=request.actor, at=at)
    return Status(201, as_written(comment))


def _discussion(request: ApiRequest, project_id: UUID, discussion_id: UUID) -> Discussion:
    rows = Discussion.objects.visible_to(request.actor).select_related("thread", "project")
    return get_object_or_404(rows, pk=discussion_id, project=project_id)
