"""Uploading documents and versions, moving and deleting them, filing what was approved."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from parvis.access import Actor, Audience, Permission, require
from parvis.clients.models import Client
from parvis.core.editing import write
from parvis.core.prepared import prepared
from parvis.core.text import abbreviated, clean_line
from parvis.documents.actions.folders import folders_of
from parvis.documents.errors import DocumentDeleted, FolderElsewhere
from parvis.documents.models import Document, DocumentVersion, Folder, FolderKind
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.files.models import StoredFile
from parvis.projects.models import Project

TITLE_LENGTH = 160  # characters, the column's
FILE_PART = 60  # of a title that names a deliverable and one of its files


@transaction.atomic
def add_document(
    project: Project,
    *,
    folder: Folder,
    title: str,
    file: StoredFile,
    actor: Actor,
    at: datetime,
    note: str = "",
    client_visible: bool = True,
) -> Document:
    """A new document with its first version (G1-27); what a contact uploads both sides see.

    Raises FolderElsewhere.
    """
    require(actor, Permission.DOCUMENT_UPLOAD, project)
    first = _version(file, note=note, actor=actor, at=at)
    document = _create(project, folder, title, first, client_visible=client_visible or actor.is_contact)
    _tell(EventKind.DOCUMENT_ADDED, document, actor=actor, at=at, version=1)
    _touch(project, document, at)
    return document


@transaction.atomic
def add_version(
    document: Document, *, file: StoredFile, actor: Actor, at: datetime, note: str = ""
) -> DocumentVersion:
    """The next version; earlier ones stay as they are (G1-27). Raises DocumentDeleted."""
    require(actor, Permission.DOCUMENT_UPLOAD, document)
    if not Document.objects.existing().filter(pk=document.pk).exists():
        raise DocumentDeleted
    version = _append_version(document, file=file, note=note, actor=actor, at=at)
    _tell(EventKind.DOCUMENT_VERSION_ADDED, document, actor=actor, at=at, version=version.number)
    _touch(document.project, document, at)
    return version


@transaction.atomic(savepoint=False)  # part of an approval: it fails or stands with it
def file_approved_version(
    project: Project,
    *,
    version_id: UUID,
    title: str,
    files: Sequence[StoredFile],
    actor: Actor,
    at: datetime,
) -> Document | None:
    """Show an approved version under Approvals without uploading it again (G1-29).

    Asking twice changes nothing. Several files become several documents; the first carries the
    version's id. None where there is no file.
    """
    filed = _filed(version_id)
    if filed or not files:
        return next(iter(filed), None)
    folder = next(folder for folder in folders_of(project) if folder.kind == FolderKind.APPROVALS)
    documents: list[Document] = []
    for file in files:
        name = title if len(files) == 1 else _title_with_file(title, file.name)
        first = _version(file, note="", actor=actor, at=at, is_filing=True)
        approved_version_id = None if documents else version_id
        documents.append(_create(project, folder, name, first, approved_version_id=approved_version_id))
    return documents[0]


def _title_with_file(title: str, name: str) -> str:
    """`Homepage v3 · phone.png`, both still to be told apart where they are long."""
    file_part = f" · {abbreviated(clean_line(name), FILE_PART)}"
    return abbreviated(clean_line(title), TITLE_LENGTH - len(file_part)) + file_part


@prepared
def _filed(version_id: UUID) -> QuerySet[Document]:
    return Document.objects.filter(approved_version_id=version_id)


@transaction.atomic
def edit_document(
    document: Document,
    *,
    title: str,
    client_visible: bool,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> Document:
    """Another name, shown to the client or not; shared only now, it is news to them (G1-33e).

    Hidden it takes its past along (RELIABILITY B8). `edition` is the one that was read; raises
    EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.DOCUMENT_EDIT, document)
    is_shared_now = client_visible and not document.client_visible
    write(
        document,
        edition,
        title=abbreviated(clean_line(title), TITLE_LENGTH),
        client_visible=client_visible,
    )
    if is_shared_now:
        _tell(EventKind.DOCUMENT_SHARED, document, actor=actor, at=at)
        _touch(document.project, document, at)
    else:
        _tell(EventKind.DOCUMENT_EDITED, document, actor=actor, at=at, audience=Audience.STAFF)
    return document


@transaction.atomic
def move_document(document: Document, *, folder: Folder, actor: Actor, at: datetime) -> Document:
    """Put a document into another folder of its project. Raises FolderElsewhere."""
    require(actor, Permission.DOCUMENT_EDIT, document)
    if folder.project_id != document.project_id:
        raise FolderElsewhere
    document.folder = folder
    document.save(update_fields=["folder"])
    _tell(EventKind.DOCUMENT_MOVED, document, actor=actor, at=at, folder=folder.pk)
    return document


@transaction.atomic
def delete_document(document: Document, *, actor: Actor, at: datetime) -> Document:
    """Take a document out of sight; `restore_document` undoes it. Its files stay."""
    require(actor, Permission.DOCUMENT_EDIT, document)
    if Document.objects.existing().filter(pk=document.pk).update(deleted_at=at):
        document.deleted_at = at
        _tell(EventKind.DOCUMENT_DELETED, document, actor=actor, at=at)
    return document


@transaction.atomic
def restore_document(document: Document, *, actor: Actor, at: datetime) -> Document:
    """Bring a deleted document back."""
    require(actor, Permission.DOCUMENT_EDIT, document)
    if Document.objects.filter(pk=document.pk).exclude(deleted_at=None).update(deleted_at=None):
        document.deleted_at = None
        _tell(EventKind.DOCUMENT_RESTORED, document, actor=actor, at=at)
    return document


@transaction.atomic
def record_download(version: DocumentVersion, *, actor: Actor, at: datetime) -> None:
    """Ask whether this may be downloaded, and note it when a contact does (A-39)."""
    document = version.document
    require(actor, Permission.DOCUMENT_DOWNLOAD, document)
    if actor.is_contact and not actor.is_preview:
        _tell(EventKind.DOCUMENT_DOWNLOADED, document, actor=actor, at=at, version=version.number)


def _create(
    project: Project,
    folder: Folder,
    title: str,
    first: DocumentVersion,
    *,
    client_visible: bool = True,
    approved_version_id: UUID | None = None,
) -> Document:
    """A document with its first version."""
    if folder.project_id != project.pk:
        raise FolderElsewhere
    document = Document.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        folder=folder,
        title=abbreviated(clean_line(title), TITLE_LENGTH),
        client_visible=client_visible,
        approved_version_id=approved_version_id,
        current_number=first.number,
        current_version=first,
        created_at=first.uploaded_at,
        updated_at=first.uploaded_at,
    )
    first.document = document
    first.save(force_insert=True)
    return document


def _version(
    file: StoredFile, *, note: str, actor: Actor, at: datetime, number: int = 1, is_filing: bool = False
) -> DocumentVersion:
    """A version that has yet to be saved with its document; filing what was approved uploads nothing."""
    return DocumentVersion(
        workspace_id=file.workspace_id,
        number=number,
        file=file,
        note=clean_line(note),
        uploaded_by_member_id=file.uploaded_by_member_id if is_filing else actor.member_id,
        uploaded_by_contact_id=None if is_filing else actor.contact_id,
        uploaded_at=at,
    )


def _append_version(
    document: Document, *, file: StoredFile, note: str, actor: Actor, at: datetime
) -> DocumentVersion:
    """Number and version are one step: the parent row is changed first, so that two uploads queue."""
    Document.objects.filter(pk=document.pk).update(current_number=F("current_number") + 1, updated_at=at)
    document.refresh_from_db(fields=["current_number"])
    version = _version(file, note=note, actor=actor, at=at, number=document.current_number)
    version.document = document
    version.save(force_insert=True)
    Document.objects.filter(pk=document.pk).update(current_version=version)
    document.current_version, document.updated_at = version, at
    return version


def _touch(project: Project, document: Document, at: datetime) -> None:
    """When something last happened: for the client list, and what the client reads of the project."""
    Client.objects.filter(pk=project.client_id).update(last_activity_at=at)
    if document.client_visible:
        Project.objects.filter(pk=project.pk).update(published_at=at)


def _tell(
    kind: EventKind,
    document: Document,
    *,
    actor: Actor,
    at: datetime,
    audience: Audience | None = None,
    **values: object,
) -> None:
    record(
        kind,
        actor=actor,
        subject=document,
        at=at,
        audience=audience or (Audience.CLIENT if document.client_visible else Audience.STAFF),
        values=values,
        names={"subject": document.title},
    )
