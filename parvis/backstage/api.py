"""The internal stream and client notes over the REST interface: for the team alone, never for contacts."""

from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from parvis.access.requests import ApiRequest
from parvis.backstage.actions import Subject, add_note, add_staff_comment
from parvis.backstage.models import ClientNote, StaffComment
from parvis.clients.models import Client
from parvis.core.clock import now
from parvis.deliverables.models import Deliverable
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer, Body, Text, referred
from parvis.projects.models import Project, Task

router = Router(tags=["internal"])

PROJECT = "/projects/{uuid:project_id}/staff-comments"
TASK = "/projects/{uuid:project_id}/tasks/{uuid:task_id}/staff-comments"
DELIVERABLE = "/deliverables/{uuid:deliverable_id}/staff-comments"
NOTES = "/clients/{uuid:client_id}/notes"


class StaffCommentAnswer(Answer):
    id: UUID
    parent_id: UUID | None
    author_id: UUID
    author_name: str
    body: str
    at: datetime

    @staticmethod
    def resolve_author_name(row: StaffComment) -> str:
        return row.author.name


class StaffCommentBody(Body):
    body: Text
    parent_id: UUID | None = None


class NoteAnswer(Answer):
    id: UUID
    author_id: UUID
    author_name: str
    body: str
    at: datetime

    @staticmethod
    def resolve_author_name(row: ClientNote) -> str:
        return row.author.name


class NoteBody(Body):
    body: Text


@router.get(PROJECT, response=Page[StaffCommentAnswer])
def list_project_staff_comments(request: ApiRequest, project_id: UUID, paging: Query[Paging]) -> object:
    """What the team says about a project among itself (G1-30)."""
    return _listed(request, _project(request, project_id), paging)


@router.post(PROJECT, response={201: StaffCommentAnswer})
def create_project_staff_comment(
    request: ApiRequest, project_id: UUID, body: StaffCommentBody
) -> Status[StaffComment]:
    """Say something about a project inside the team."""
    return _written(request, _project(request, project_id), body)


@router.get(TASK, response=Page[StaffCommentAnswer])
def list_task_staff_comments(
    request: ApiRequest, project_id: UUID, task_id: UUID, paging: Query[Paging]
) -> object:
    """What the team says about a task among itself (G1-30)."""
    return _listed(request, _task(request, project_id, task_id), paging)


@router.post(TASK, response={201: StaffCommentAnswer})
def create_task_staff_comment(
    request: ApiRequest, project_id: UUID, task_id: UUID, body: StaffCommentBody
) -> Status[StaffComment]:
    """Say something about a task inside the team."""
    return _written(request, _task(request, project_id, task_id), body)


@router.get(DELIVERABLE, response=Page[StaffCommentAnswer])
def list_deliverable_staff_comments(
    request: ApiRequest, deliverable_id: UUID, paging: Query[Paging]
) -> object:
    """What the team says about a deliverable among itself (G1-30)."""
    return _listed(request, _deliverable(request, deliverable_id), paging)


@router.post(DELIVERABLE, response={201: StaffCommentAnswer})
def create_deliverable_staff_comment(
    request: ApiRequest, deliverable_id: UUID, body: StaffCommentBody
) -> Status[StaffComment]:
    """Say something about a deliverable inside the team."""
    return _written(request, _deliverable(request, deliverable_id), body)


@router.get(NOTES, response=Page[NoteAnswer])
def list_notes(request: ApiRequest, client_id: UUID, paging: Query[Paging]) -> object:
    """Dated notes about a client, the newest first (G2-21d)."""
    client = get_object_or_404(Client.objects.visible_to(request.actor), pk=client_id)
    rows = ClientNote.objects.filter(workspace=request.actor.workspace_id, client=client)
    return cursor_page(rows.select_related("author"), paging, order="-at")


@router.post(NOTES, response={201: NoteAnswer})
def create_note(request: ApiRequest, client_id: UUID, body: NoteBody) -> Status[ClientNote]:
    """Keep a note about a client inside the team (G2-07e)."""
    client = get_object_or_404(Client.objects.visible_to(request.actor), pk=client_id)
    return Status(201, add_note(client, body=body.body, actor=request.actor, at=now()))


def _project(request: ApiRequest, pk: UUID) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.actor), pk=pk)


def _task(request: ApiRequest, project_id: UUID, pk: UUID) -> Task:
    rows = Task.objects.visible_to(request.actor).select_related("project")
    return get_object_or_404(rows, pk=pk, project=project_id)


def _deliverable(request: ApiRequest, pk: UUID) -> Deliverable:
    rows = Deliverable.objects.visible_to(request.actor).existing().select_related("project")
    return get_object_or_404(rows, pk=pk)


def _listed(request: ApiRequest, subject: Subject, paging: Paging) -> object:
    rows = StaffComment.objects.visible_to(request.actor)
    rows = rows.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return cursor_page(rows.select_related("author"), paging, order="at")


def _written(request: ApiRequest, subject: Subject, body: StaffCommentBody) -> Status[StaffComment]:
    parent = None
    if body.parent_id is not None:
        rows = StaffComment.objects.visible_to(request.actor).filter(subject_id=subject.pk)
        parent = referred(rows.select_related("parent"), body.parent_id, "parent_id")
    comment = add_staff_comment(subject, body=body.body, parent=parent, actor=request.actor, at=now())
    return Status(201, comment)
