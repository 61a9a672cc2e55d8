"""Tasks: pieces of work, shown to the client or not (G2-16b)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from parvis.access import Actor, Audience, Permission, require
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
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
) -> Task:
    """Write a task anew. Hiding it from the client hides its client stream with it."""
    require(actor, Permission.PROJECT_WORK, task)
    task.title, task.assignee, task.due_on = clean_line(title), assignee, due_on
    task.client_visible = client_visible
    task.save(update_fields=["title", "assignee", "due_on", "client_visible"])
    return task


@transaction.atomic
def set_task_state(task: Task, *, state: TaskState, actor: Actor, at: datetime) -> Task:
    """Move a task along; any state may follow any other."""
    require(actor, Permission.PROJECT_WORK, task)
    before = task.state
    if before == state:
        return task
    task.state = state
    task.done_at = at if state == TaskState.DONE else None
    task.save(update_fields=["state", "done_at"])
    if state == TaskState.DONE:
        _tell(EventKind.TASK_DONE, task, actor=actor, at=at)
    elif before == TaskState.DONE:
        _tell(EventKind.TASK_REOPENED, task, actor=actor, at=at)
    return task


def _tell(kind: EventKind, task: Task, *, actor: Actor, at: datetime) -> None:
    record(
        kind,
        actor=actor,
        subject=task,
        at=at,
        audience=Audience.CLIENT if task.client_visible else Audience.STAFF,
        values={"state": task.state},
        names={"subject": task.title},
    )
