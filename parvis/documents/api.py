"""Folders and documents over the REST interface."""

from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from parvis.access import Permission, require
from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.core.searching import matches
from parvis.documents.actions import (
    add_document,
    add_folder,
    add_version,
    delete_document,
    edit_document,
    folders_of,
    move_document,
    record_download,
    restore_document,
)
from parvis.documents.models import Document, DocumentVersion, Folder, FolderKind
from parvis.documents.querysets import DocumentQuerySet
from parvis.files.receiving import received
from parvis.files.rules import clean_name
from parvis.files.serving import send
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import (
    A_FILE,
    Answer,
    Body,
    Edits,
    FileAnswer,
    LongTitle,
    Phrase,
    SearchText,
    Title,
    referred,
)
from parvis.projects.models import Project

router = Router(tags=["documents"])

FOLDERS = "/projects/{uuid:project_id}/folders"
DOCUMENT = "/documents/{uuid:document_id}"


class FolderAnswer(Answer):
    id: UUID
    parent_id: UUID | None
    kind: FolderKind
    title: str

    @staticmethod
    def resolve_title(row: Folder) -> str:
        return str(row)


class FolderBody(Body):
    title: Title
    parent_id: UUID | None = None


class VersionAnswer(Answer):
    number: int
    note: str
    file: FileAnswer
    uploaded_by_member_id: UUID | None
    uploaded_by_contact_id: UUID | None
    uploaded_at: datetime


class DocumentAnswer(Answer):
    id: UUID
    project_id: UUID
    folder_id: UUID
    title: str
    client_visible: bool
    edition: int
    current_number: int
    created_at: datetime
    updated_at: datetime
    current_version: VersionAnswer | None


class DocumentForm(Body):
    folder_id: UUID
    title: LongTitle | None = Field(None, description="Else the name of the file.")
    note: Phrase = ""
    client_visible: bool = True


class DocumentChanges(Edits):
    title: LongTitle = ""
    client_visible: bool = True


class VersionForm(Body):
    note: Phrase = ""


class MoveBody(Body):
    folder_id: UUID


class DocumentFilters(Paging):
    q: SearchText = Field("", description="Part of the name.")
    project_id: UUID | None = None
    client_id: UUID | None = None
    folder_id: UUID | None = None
    sort: Literal["updated_at", "-updated_at"] = "-updated_at"


@router.get(FOLDERS, response=list[FolderAnswer])
def list_folders(request: ApiRequest, project_id: UUID) -> object:
    """The project's folders, in order (G1-28)."""
    return folders_of(_project(request, project_id))


@router.post(FOLDERS, response={201: FolderAnswer})
def create_folder(request: ApiRequest, project_id: UUID, body: FolderBody) -> Status[Folder]:
    """A folder of the team's own."""
    project = _project(request, project_id)
    parent = referred(project.folders.all(), body.parent_id, "parent_id") if body.parent_id else None
    return Status(201, add_folder(project, title=body.title, parent=parent, actor=request.actor))


@router.get("/documents", response=Page[DocumentAnswer])
def list_documents(request: ApiRequest, filters: Query[DocumentFilters]) -> object:
    """Documents within reach."""
    rows = _documents(request)
    if filters.q:
        rows = rows.filter(matches(filters.q))
    if filters.project_id:
        rows = rows.filter(project=filters.project_id)
    if filters.client_id:
        rows = rows.filter(project__client=filters.client_id)
    if filters.folder_id:
        rows = rows.filter(folder=filters.folder_id)
    return cursor_page(rows, filters, order=filters.sort)


@router.post("/projects/{uuid:project_id}/documents", response={201: DocumentAnswer})
def create_document(
    request: ApiRequest, project_id: UUID, form: Form[DocumentForm], file: File[UploadedFile]
) -> Status[Document]:
    """Upload a document with its first version (G1-27)."""
    project, at = _project(request, project_id), now()
    require(request.actor, Permission.DOCUMENT_UPLOAD, project)  # before files are stored
    folder = referred(project.folders.all(), form.folder_id, "folder_id")
    title = form.title or PurePath(clean_name(file.name or "")).stem
    with received([file], actor=request.actor, at=at) as stored:
        document = add_document(
            project,
            folder=folder,
            title=title,
            file=stored[0],
            note=form.note,
            client_visible=form.client_visible,
            actor=request.actor,
            at=at,
        )
    return Status(201, document)


@router.get(DOCUMENT, response=DocumentAnswer)
def get_document(request: ApiRequest, document_id: UUID) -> Document:
    """One document with its current version."""
    return _document(request, document_id)


@router.patch(DOCUMENT, response=DocumentAnswer)
def update_document(request: ApiRequest, document_id: UUID, body: DocumentChanges) -> Document:
    """Change what is sent. Shown to the client only now, it is news to them (G1-33e)."""
    document = _document(request, document_id)
    kept: dict[str, Any] = {name: getattr(document, name) for name in ("title", "client_visible")}
    return edit_document(document, **{**kept, **body.given}, actor=request.actor, at=now())


@router.delete(DOCUMENT, response={204: None})
def delete_one_document(request: ApiRequest, document_id: UUID) -> Status[None]:
    """Take a document out of sight; it can be restored."""
    delete_document(_document(request, document_id), actor=request.actor, at=now())
    return Status(204, None)


@router.post(DOCUMENT + "/restoration", response={201: DocumentAnswer})
def restore_one_document(request: ApiRequest, document_id: UUID) -> Status[Document]:
    """Bring a deleted document back."""
    deleted = Document.objects.visible_to(request.actor).exclude(deleted_at=None)
    found = get_object_or_404(deleted.select_related("project", "current_version__file"), pk=document_id)
    return Status(201, restore_document(found, actor=request.actor, at=now()))


@router.put(DOCUMENT + "/folder", response=DocumentAnswer)
def move_one_document(request: ApiRequest, document_id: UUID, body: MoveBody) -> Document:
    """Put a document into another folder of its project."""
    document = _document(request, document_id)
    folder = referred(document.project.folders.all(), body.folder_id, "folder_id")
    return move_document(document, folder=folder, actor=request.actor, at=now())


@router.get(DOCUMENT + "/versions", response=Page[VersionAnswer])
def list_document_versions(request: ApiRequest, document_id: UUID, paging: Query[Paging]) -> object:
    """Every version, the newest first; number 1 is the original (G1-27)."""
    rows = DocumentVersion.objects.filter(document=_document(request, document_id))
    return cursor_page(rows.select_related("file"), paging, order="-number")


@router.post(DOCUMENT + "/versions", response={201: VersionAnswer})
def create_document_version(
    request: ApiRequest, document_id: UUID, form: Form[VersionForm], file: File[UploadedFile]
) -> Status[DocumentVersion]:
    """The next version; earlier ones stay (G1-27)."""
    document, at = _document(request, document_id), now()
    require(request.actor, Permission.DOCUMENT_UPLOAD, document)
    with received([file], actor=request.actor, at=at) as stored:
        version = add_version(document, file=stored[0], note=form.note, actor=request.actor, at=at)
    return Status(201, version)


@router.get(DOCUMENT + "/versions/{int:number}/file", openapi_extra=A_FILE)
def download_document(request: ApiRequest, document_id: UUID, number: int) -> HttpResponseBase:
    """The bytes of one version."""
    rows = DocumentVersion.objects.select_related("file", "document__project")
    version = get_object_or_404(rows, document=_document(request, document_id), number=number)
    record_download(version, actor=request.actor, at=now())
    return send(version.file, request)


def _project(request: ApiRequest, pk: UUID) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.actor).select_related("client"), pk=pk)


def _documents(request: ApiRequest) -> DocumentQuerySet:
    rows = Document.objects.visible_to(request.actor).existing()
    return rows.select_related("project__client", "current_version__file")


def _document(request: ApiRequest, pk: UUID) -> Document:
    return get_object_or_404(_documents(request), pk=pk)
