"""What no single domain can answer: the search, what happened, files hung on comments."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import Field

from parvis.access import Audience
from parvis.access.requests import ApiRequest
from parvis.clients.models import Client, Contact
from parvis.conversations.models import CommentAttachment
from parvis.core.searching import matches
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import sentence
from parvis.files.serving import send
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import A_FILE, Answer, Body, SearchText
from parvis.projects.models import Project

router = Router()

FOUND_PER_KIND = 10


class Found(StrEnum):
    """Kinds of things the search finds."""

    CLIENT = "client"
    CONTACT = "contact"
    PROJECT = "project"
    DELIVERABLE = "deliverable"
    DOCUMENT = "document"


class SearchQuery(Body):
    q: SearchText = Field(min_length=2)


class FoundAnswer(Answer):
    kind: Found
    id: UUID
    title: str


class EventAnswer(Answer):
    """One thing that happened; `text` is the sentence the team reads."""

    id: UUID
    kind: EventKind
    at: datetime
    audience: Audience
    actor_kind: str
    actor_id: UUID | None
    subject_type: str
    subject_id: UUID
    client_id: UUID | None
    project_id: UUID | None
    values: dict[str, Any]
    text: str


class EventFilters(Paging):
    client_id: UUID | None = None
    project_id: UUID | None = None
    subject_id: UUID | None = None


@router.get("/search", response=list[FoundAnswer], tags=["search"])
def search(request: ApiRequest, query: Query[SearchQuery]) -> list[dict[str, object]]:
    """Clients, contacts, projects, deliverables and documents by name, within reach; ten of each at most."""
    actor, named = request.actor, matches(query.q)
    deliverables = Deliverable.objects.visible_to(actor).existing()
    documents = Document.objects.visible_to(actor).existing()
    kinds: list[tuple[Found, QuerySet[Any]]] = [
        (Found.CLIENT, Client.objects.visible_to(actor).filter(named).order_by("name")),
        (Found.CONTACT, Contact.objects.visible_to(actor).filter(named).order_by("first_name", "pk")),
        (Found.PROJECT, Project.objects.visible_to(actor).filter(named).order_by("-updated_at")),
        (Found.DELIVERABLE, deliverables.filter(named).order_by("-updated_at")),
        (Found.DOCUMENT, documents.filter(named).order_by("-updated_at")),
    ]
    return [_hit(kind, row) for kind, rows in kinds for row in rows[:FOUND_PER_KIND]]


@router.get("/events", response=Page[EventAnswer], tags=["events"])
def list_events(request: ApiRequest, filters: Query[EventFilters]) -> object:
    """What happened, the newest first."""
    rows = Event.objects.visible_to(request.actor).select_related("names")
    if filters.client_id:
        rows = rows.filter(client_id=filters.client_id)
    if filters.project_id:
        rows = rows.filter(project_id=filters.project_id)
    if filters.subject_id:
        rows = rows.about(filters.subject_id)
    page = cursor_page(rows, filters, order="-at")
    for event in page["items"]:
        event.text = sentence(event, request.actor)
    return page


@router.get("/comments/{uuid:comment_id}/files/{uuid:file_id}", openapi_extra=A_FILE, tags=["conversations"])
def download_comment_file(request: ApiRequest, comment_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The bytes of a file hung on a comment of a project within reach."""
    rows = CommentAttachment.objects.filter(workspace=request.actor.workspace_id, comment=comment_id)
    found = get_object_or_404(rows.select_related("file", "comment__thread"), file=file_id)
    thread = found.comment.thread
    reach = Project.objects.visible_to(request.actor).filter(client=thread.client_id)
    if not reach.filter(pk=thread.project_id).exists():
        raise Http404
    return send(found.file, request)


def _hit(kind: Found, row: Model) -> dict[str, object]:
    return {"kind": kind, "id": row.pk, "title": str(row)}
