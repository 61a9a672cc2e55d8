"""Tasks: pieces of work, shown to the client or not (G2-16b)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from parvis.access import Actor, Audience, Permission, require
from parvis.core.editing import write
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.projects.errors import TaskMovedMeanwhile
from parvis.projects.models import Project, Task, TaskState
from parvis.team.models import Member


@transaction.atomic
def add_task(
    project: Project,
    *,
    title: str,
    actor: Actor,
    at: datetime,
    assignee: Member | None = None,
    due_on: date | None = None,
    client_visible: bool = False,
) -> Task:
    """A new task at the end of the list."""
    require(actor, Permission.PROJECT_WORK, project)
    last = project.tasks.aggregate(last=Max("position"))["last"]
    task = Task.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        title=clean_line(title),
        assignee=assignee,
        due_on=due_on,
        client_visible=client_visible,
        position=(last or 0) + 1,
        created_at=at,
    )
    _tell(EventKind.TASK_ADDED, task, actor=actor, at=at)
    return task


@transaction.atomic
def edit_task(
    task: Task,
    *,
    title: str,
    assignee: Member | None,
    due_on: date | None,
    client_visible: bool,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> Task:
    """Write a task anew. Hiding it from the client hides its client stream with it.

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.PROJECT_WORK, task)
    write(
        task,
        edition,
        title=clean_line(title),
        assignee=assignee,
        due_on=due_on,
        client_visible=client_visible,
    )
    _tell(EventKind.TASK_EDITED, task, actor=actor, at=at, audience=Audience.STAFF)
    return task


@transaction.atomic
def set_task_state(task: Task, *, state: TaskState, actor: Actor, at: datetime) -> Task:
    """Move a task along; any state may follow any other.

    Raises TaskMovedMeanwhile when somebody moved it elsewhere first; the same step twice is one.
    """
    require(actor, Permission.PROJECT_WORK, task)
    before = task.state
    if before == state:
        return task
    unmoved = Task.objects.filter(pk=task.pk, state=before)
    if not unmoved.update(state=state, done_at=at if state == TaskState.DONE else None):
        task.refresh_from_db(fields=["state", "done_at"])
        if task.state != state:
            raise TaskMovedMeanwhile
        return task
    task.refresh_from_db(fields=["state", "done_at"])
    if state == TaskState.DONE:
        _tell(EventKind.TASK_DONE, task, actor=actor, at=at)
    elif before == TaskState.DONE:
        _tell(EventKind.TASK_REOPENED, task, actor=actor, at=at)
    return task


def _tell(
    kind: EventKind, task: Task, *, actor: Actor, at: datetime, audience: Audience | None = None
) -> None:
    record(
        kind,
        actor=actor,
        subject=task,
        at=at,
        audience=audience or (Audience.CLIENT if task.client_visible else Audience.STAFF),
        values={"state": task.state},
        names={"subject": task.title},
    )
