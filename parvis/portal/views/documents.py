"""Documents: finding, opening, fetching, adding (DESIGN screen 4, G1-27)."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from parvis.access import Permission, may, require
from parvis.core.clock import now
from parvis.core.errors import DomainError
from parvis.documents.actions import add_document, folders_of, record_download
from parvis.documents.models import Document, DocumentVersion, Folder, FolderKind
from parvis.files.models import FilePage, PageSize
from parvis.files.receiving import received
from parvis.files.serving import begins, send, send_page
from parvis.portal import sections
from parvis.portal.forms import UploadForm
from parvis.portal.pages.documents import folder_choices, found, project_choices
from parvis.portal.paging import page_of
from parvis.portal.requests import PortalRequest
from parvis.projects.models import Project

ROWS = 50


@require_safe
def documents(request: PortalRequest) -> HttpResponse:
    """Search, filter, and rows with older versions folded."""
    sections.exists_only_if(sections.shows_documents(request.actor))
    words = request.GET.get("q", "").strip()[:100]
    project, folder = request.GET.get("project", ""), request.GET.get("folder", "")
    rows = found(request.actor, words=words, project=project, folder=folder)
    context = {
        "page": page_of(rows, request, by="updated_at", size=ROWS),
        "words": words,
        "projects": project_choices(request.actor, project),
        "folders": folder_choices(request.actor, folder),
        "is_filtered": bool(words or project or folder),
        "may_upload": upload_projects(request).exists(),
    }
    return render(request, "portal/documents.html", context)


@require_safe
def document(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One document: its pages, its versions, a way to fetch each."""
    row = find(request, pk)
    request.portal_client = row.project.client
    versions = list(row.versions.select_related("file", "uploaded_by_member", "uploaded_by_contact"))
    shown = _chosen(row, versions, request.GET.get("version"))
    context = {
        "document": row,
        "version": shown,
        "versions": versions,
        "file": shown.file,
        "pages": list(shown.file.pages.all()) if shown.file.has_pages else [],
        "may_download": may(request.actor, Permission.DOCUMENT_DOWNLOAD, row),
    }
    return render(request, "portal/document.html", context)


@require_safe
def download(request: PortalRequest, pk: UUID, number: int) -> HttpResponseBase:
    """The file of one version; the download is written down (A-39)."""
    version = find_version(request, pk, number)
    require(request.actor, Permission.DOCUMENT_DOWNLOAD, version.document)
    if begins(request, version.file):
        record_download(version, actor=request.actor, at=now())
    return send(version.file, request)


@require_safe
def page(request: PortalRequest, pk: UUID, number: int, page: int, size: str) -> HttpResponseBase:
    """One page picture of one version."""
    version = find_version(request, pk, number)
    picture = get_object_or_404(FilePage, file=version.file_id, number=page)
    return send_page(picture, PageSize(size), request)


def new_document(request: PortalRequest) -> HttpResponse:
    """Add a file, where the switch and the role allow it (G2-25e)."""
    projects = upload_projects(request)
    if request.method != "POST":
        sections.exists_only_if(projects.exists())
        return render(request, "portal/new_document.html", {"form": UploadForm(projects=projects)})
    visible = Project.objects.visible_to(request.actor)
    form = UploadForm(request.POST, request.FILES, projects=visible)
    if not form.is_valid():
        return render(request, "portal/new_document.html", {"form": form}, status=422)
    project: Project = form.cleaned_data["project"]
    require(request.actor, Permission.DOCUMENT_UPLOAD, project)
    try:
        _add(request, project, form)
    except DomainError as refusal:  # what only the whole file shows; the words stay in the form
        form.add_error("file", str(refusal))
        return render(request, "portal/new_document.html", {"form": form}, status=422)
    return redirect("portal:documents")


def _add(request: PortalRequest, project: Project, form: UploadForm) -> Document:
    values = form.cleaned_data
    with received([values["file"]], actor=request.actor, at=now()) as (file,):
        return add_document(
            project,
            folder=_folder(project),
            title=values["title"] or file.name,
            file=file,
            note=values["note"],
            actor=request.actor,
            at=now(),
        )


def _folder(project: Project) -> Folder:
    """What a client sends is reference material until somebody of the team moves it."""
    folders = folders_of(project)
    return next((row for row in folders if row.kind == FolderKind.REFERENCE), folders[0])


def upload_projects(request: PortalRequest) -> QuerySet[Project]:
    """Projects the contact may add files to."""
    allowed = sections.clients_allowing(request.actor, Permission.DOCUMENT_UPLOAD)
    return Project.objects.visible_to(request.actor).running().filter(client__in=allowed)


def find(request: PortalRequest, pk: UUID) -> Document:
    """A document within reach; raises Http404."""
    rows = Document.objects.visible_to(request.actor).select_related("project__client__portal", "folder")
    return get_object_or_404(rows, pk=pk)


def find_version(request: PortalRequest, pk: UUID, number: int) -> DocumentVersion:
    """A version of a document within reach; raises Http404."""
    rows = DocumentVersion.objects.select_related("file", "document__project")
    return get_object_or_404(rows, document=find(request, pk), number=number)


def _chosen(row: Document, versions: list[DocumentVersion], number: str | None) -> DocumentVersion:
    """The version with this number, else the current one."""
    for version in versions:
        if str(version.number) == number:
            return version
    return next(version for version in versions if version.pk == row.current_version_id)
