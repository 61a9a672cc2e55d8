"""Milestones and tasks of a project."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer, Body, Edits, LongTitle, Title, referred
from parvis.projects.actions import (
    add_milestone,
    add_task,
    delete_milestone,
    edit_milestone,
    edit_task,
    reach_milestone,
    reopen_milestone,
    restore_milestone,
    set_task_state,
)
from parvis.projects.api.projects import find_project, team_of
from parvis.projects.models import Milestone, Task, TaskState
from parvis.projects.querysets import MilestoneQuerySet
from parvis.team.models import Member

router = Router()

MILESTONES = "/projects/{uuid:project_id}/milestones"
MILESTONE = MILESTONES + "/{uuid:milestone_id}"
TASKS = "/projects/{uuid:project_id}/tasks"


class MilestoneAnswer(Answer):
    id: UUID
    project_id: UUID
    title: str
    due_on: date
    client_visible: bool
    edition: int
    reached_at: datetime | None


class MilestoneBody(Body):
    title: Title
    due_on: date
    client_visible: bool = True


class MilestoneChanges(Edits):
    title: Title = ""
    due_on: date = date.min
    client_visible: bool = True


class TaskAnswer(Answer):
    id: UUID
    project_id: UUID
    title: str
    state: TaskState
    assignee_id: UUID | None
    due_on: date | None
    client_visible: bool
    edition: int
    created_at: datetime
    done_at: datetime | None


class TaskBody(Body):
    title: LongTitle
    assignee_id: UUID | None = None
    due_on: date | None = None
    client_visible: bool = False


class TaskChanges(Edits):
    title: LongTitle = ""
    assignee_id: UUID | None = None
    due_on: date | None = None
    client_visible: bool = False


class TaskStateBody(Body):
    state: TaskState


class TaskFilters(Paging):
    state: TaskState | None = None


@router.get(MILESTONES, response=Page[MilestoneAnswer])
def list_milestones(request: ApiRequest, project_id: UUID, paging: Query[Paging]) -> object:
    """Key dates, the earliest first (G2-16c)."""
    rows = Milestone.objects.visible_to(request.actor).filter(project=find_project(request, project_id))
    return cursor_page(rows, paging, order="due_on")


@router.post(MILESTONES, response={201: MilestoneAnswer})
def create_milestone(request: ApiRequest, project_id: UUID, body: MilestoneBody) -> Status[Milestone]:
    """A new key date."""
    project = find_project(request, project_id)
    return Status(201, add_milestone(project, **body.model_dump(), actor=request.actor, at=now()))


@router.get(MILESTONE, response=MilestoneAnswer)
def get_milestone(request: ApiRequest, project_id: UUID, milestone_id: UUID) -> Milestone:
    """One key date."""
    return _milestone(Milestone.objects.visible_to(request.actor), project_id, milestone_id)


@router.patch(MILESTONE, response=MilestoneAnswer)
def update_milestone(
    request: ApiRequest, project_id: UUID, milestone_id: UUID, body: MilestoneChanges
) -> Milestone:
    """Change what is sent; the rest stays."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), project_id, milestone_id)
    kept: dict[str, Any] = {name: getattr(milestone, name) for name in ("title", "due_on", "client_visible")}
    return edit_milestone(milestone, **{**kept, **body.given}, actor=request.actor, at=now())


@router.delete(MILESTONE, response={204: None})
def delete_one_milestone(request: ApiRequest, project_id: UUID, milestone_id: UUID) -> Status[None]:
    """Take a milestone out of sight; it can be restored."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), project_id, milestone_id)
    delete_milestone(milestone, actor=request.actor, at=now())
    return Status(204, None)


@router.post(MILESTONE + "/restoration", response={201: MilestoneAnswer})
def restore_one_milestone(request: ApiRequest, project_id: UUID, milestone_id: UUID) -> Status[Milestone]:
    """Bring a deleted milestone back."""
    milestone = _milestone(Milestone.objects.deleted_from(request.actor), project_id, milestone_id)
    return Status(201, restore_milestone(milestone, actor=request.actor, at=now()))


@router.put(MILESTONE + "/reached", response=MilestoneAnswer)
def mark_milestone_reached(request: ApiRequest, project_id: UUID, milestone_id: UUID) -> Milestone:
    """Say that it is reached; the client hears of it when they see it (G1-33d)."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), project_id, milestone_id)
    return reach_milestone(milestone, actor=request.actor, at=now())


@router.delete(MILESTONE + "/reached", response=MilestoneAnswer)
def take_milestone_back(request: ApiRequest, project_id: UUID, milestone_id: UUID) -> Milestone:
    """It is not reached after all."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), project_id, milestone_id)
    return reopen_milestone(milestone, actor=request.actor, at=now())


@router.get(TASKS, response=Page[TaskAnswer])
def list_tasks(request: ApiRequest, project_id: UUID, filters: Query[TaskFilters]) -> object:
    """Tasks in their order (G2-16b)."""
    rows = Task.objects.visible_to(request.actor).filter(project=find_project(request, project_id))
    if filters.state:
        rows = rows.filter(state=filters.state)
    return cursor_page(rows, filters, order="position")


@router.post(TASKS, response={201: TaskAnswer})
def create_task(request: ApiRequest, project_id: UUID, body: TaskBody) -> Status[Task]:
    """A piece of work, at the end of the list."""
    project = find_project(request, project_id)
    task = add_task(
        project,
        title=body.title,
        assignee=_person(request, body.assignee_id),
        due_on=body.due_on,
        client_visible=body.client_visible,
        actor=request.actor,
        at=now(),
    )
    return Status(201, task)


@router.get(TASKS + "/{uuid:task_id}", response=TaskAnswer)
def get_task(request: ApiRequest, project_id: UUID, task_id: UUID) -> Task:
    """One task."""
    return find_task(request, project_id, task_id)


@router.patch(TASKS + "/{uuid:task_id}", response=TaskAnswer)
def update_task(request: ApiRequest, project_id: UUID, task_id: UUID, body: TaskChanges) -> Task:
    """Change what is sent. Hiding a task from the client hides its client stream with it."""
    task, given = find_task(request, project_id, task_id), body.given
    kept: dict[str, Any] = {name: getattr(task, name) for name in ("title", "due_on", "client_visible")}
    assignee = task.assignee
    if "assignee_id" in given:
        assignee = _person(request, given.pop("assignee_id"))
    return edit_task(task, **{**kept, **given}, assignee=assignee, actor=request.actor, at=now())


@router.put(TASKS + "/{uuid:task_id}/state", response=TaskAnswer)
def set_one_task_state(request: ApiRequest, project_id: UUID, task_id: UUID, body: TaskStateBody) -> Task:
    """Move a task along."""
    return set_task_state(
        find_task(request, project_id, task_id), state=body.state, actor=request.actor, at=now()
    )


def find_task(request: ApiRequest, project_id: UUID, task_id: UUID) -> Task:
    """The task of this very project, or 404."""
    rows = Task.objects.visible_to(request.actor)
    rows = rows.select_related("project__client", "assignee", "client_thread")
    return get_object_or_404(rows, pk=task_id, project=project_id)


def _milestone(rows: MilestoneQuerySet, project_id: UUID, milestone_id: UUID) -> Milestone:
    return get_object_or_404(rows.select_related("project"), pk=milestone_id, project=project_id)


def _person(request: ApiRequest, pk: UUID | None) -> Member | None:
    person: Member | None = None if pk is None else referred(team_of(request), pk, "assignee_id")
    return person
