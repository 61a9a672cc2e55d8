"""Talk with the client that belongs to no deliverable: topic threads, and the client stream of a task."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parvis.access import Actor, Audience, Permission, require
from parvis.clients.models import Client
from parvis.conversations.actions import add_comment, open_thread
from parvis.conversations.models import ClientComment
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.files.models import StoredFile
from parvis.projects.errors import NotForTheClient
from parvis.projects.models import Discussion, Project, Task


@transaction.atomic
def open_discussion(
    project: Project,
    *,
    title: str,
    body: str,
    actor: Actor,
    at: datetime,
    files: Sequence[StoredFile] = (),
) -> Discussion:
    """A topic with its first message (G1-13). Raises EmptyComment."""
    require(actor, Permission.MESSAGE_SEND, project)
    thread = open_thread(
        workspace_id=project.workspace_id, client_id=project.client_id, project_id=project.pk, at=at
    )
    discussion = Discussion.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        title=clean_line(title),
        thread=thread,
        opened_at=at,
    )
    comment = add_comment(thread, body=body, actor=actor, at=at, files=files)
    _tell(EventKind.DISCUSSION_OPENED, discussion, comment, actor=actor, at=at)
    return discussion


@transaction.atomic
def comment_discussion(
    discussion: Discussion,
    *,
    body: str,
    actor: Actor,
    at: datetime,
    parent: ClientComment | None = None,
    files: Sequence[StoredFile] = (),
) -> ClientComment:
    """One more message; both sides read it. Raises EmptyComment."""
    require(actor, Permission.MESSAGE_SEND, discussion)
    comment = add_comment(discussion.thread, body=body, actor=actor, at=at, parent=parent, files=files)
    _tell(EventKind.DISCUSSION_COMMENTED, discussion, comment, actor=actor, at=at)
    return comment


@transaction.atomic
def comment_task(
    task: Task,
    *,
    body: str,
    actor: Actor,
    at: datetime,
    parent: ClientComment | None = None,
    files: Sequence[StoredFile] = (),
) -> ClientComment:
    """A message in the task's client stream (G1-31); the internal one is `backstage`'s.

    Raises NotForTheClient when the task is kept inside the team, EmptyComment.
    """
    require(actor, Permission.COMMENT_ADD, task)
    if not task.client_visible:
        raise NotForTheClient
    locked = Task.objects.select_for_update().get(pk=task.pk)  # of two first comments one opens the thread
    if locked.client_thread is None:
        project = task.project
        locked.client_thread = open_thread(
            workspace_id=task.workspace_id, client_id=project.client_id, project_id=project.pk, at=at
        )
        locked.save(update_fields=["client_thread"])
    task.client_thread = locked.client_thread
    comment = add_comment(locked.client_thread, body=body, actor=actor, at=at, parent=parent, files=files)
    _tell(EventKind.TASK_COMMENTED, task, comment, actor=actor, at=at)
    return comment


def _tell(
    kind: EventKind, owner: Discussion | Task, comment: ClientComment, *, actor: Actor, at: datetime
) -> None:
    """What was written stands in the comment; the event only points to it."""
    Client.objects.filter(pk=owner.project.client_id).update(last_activity_at=at)
    record(
        kind,
        actor=actor,
        subject=owner,
        at=at,
        audience=Audience.CLIENT,
        values={"comment": comment.pk, "is_reply": comment.parent_id is not None},
        names={"subject": owner.title},
    )
