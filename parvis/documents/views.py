"""Documents on the team's side: uploading, versions, moving, downloading."""

from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Permission, may, require
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.documents.actions import (
    add_document,
    add_version,
    delete_document,
    edit_document,
    folders_of,
    move_document,
    record_download,
    restore_document,
)
from parvis.documents.forms import DocumentForm, EditDocumentForm, MoveForm, VersionForm
from parvis.documents.models import Document
from parvis.events.editing import compare
from parvis.events.kinds import EventKind
from parvis.files.models import PageSize
from parvis.files.receiving import received
from parvis.files.serving import send, send_page
from parvis.http.editing import remembering
from parvis.http.pages import form_page, offer_undo, say
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest


def new_document(request: AgencyRequest, project_pk: UUID) -> HttpResponse:
    """Upload one or several files into a folder of the project."""
    projects = Project.objects.visible_to(request.actor).select_related("client")
    project = get_object_or_404(projects, pk=project_pk)
    require(request.actor, Permission.DOCUMENT_UPLOAD, project)  # before files are stored
    folders_of(project)  # the tree is there before a folder is chosen
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        folders=project.folders.all(),
        initial={"folder": request.GET.get("folder")},
    )
    back_url = reverse("projects:documents", args=[project_pk])
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, title=_("Upload documents"), submit=_("Upload"), back_url=back_url)
    data, at = form.cleaned_data, now()
    with received(data["files"], actor=request.actor, at=at) as files, transaction.atomic():
        for file in files:
            add_document(
                project,
                folder=data["folder"],
                title=data["title"] if data["title"] and len(files) == 1 else PurePath(file.name).stem,
                file=file,
                note=data["note"],
                client_visible=data["client_visible"],
                actor=request.actor,
                at=at,
            )
    text = ngettext("%(count)s document was added.", "%(count)s documents were added.", len(files))
    say(request, text % {"count": len(files)})
    return redirect(back_url)


@require_safe
def document(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """A document with its versions, newest first, the first being the original (G1-27)."""
    found = find_document(request, pk)
    versions = found.versions.select_related("file", "uploaded_by_member", "uploaded_by_contact")
    pages = found.current_version.file.pages.all()[:5] if found.current_version else []
    context = {
        "document": found,
        "versions": versions,
        "pages": pages,
        "can_upload": may(request.actor, Permission.DOCUMENT_UPLOAD, found),
        "can_edit": may(request.actor, Permission.DOCUMENT_EDIT, found),
    }
    return render(request, "documents/document.html", context)


def new_version(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """The next version; earlier ones stay (G1-27)."""
    found = find_document(request, pk)
    require(request.actor, Permission.DOCUMENT_UPLOAD, found)
    form = VersionForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New version of %(name)s") % {"name": found.title},
            submit=_("Add the version"),
            back_url=reverse("documents:document", args=[pk]),
        )
    at = now()
    with received([form.cleaned_data["file"]], actor=request.actor, at=at) as files:
        version = add_version(
            found, file=files[0], note=form.cleaned_data["note"], actor=request.actor, at=at
        )
    say(request, _("Version %(number)s is the current one now.") % {"number": version.number})
    return redirect("documents:document", pk)


def edit(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Name, and whether the client sees it."""
    found = find_document(request, pk)
    initial = {"title": found.title, "client_visible": found.client_visible}
    form, meanwhile = remembering(EditDocumentForm(request.POST or None, initial=initial), found), ""
    if request.method == "POST" and form.is_valid():
        try:
            edit_document(found, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            kinds = (EventKind.DOCUMENT_EDITED, EventKind.DOCUMENT_SHARED)
            meanwhile = compare(form, pk, *kinds, reader=request.actor)
        else:
            return redirect("documents:document", pk)
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": found.title},
        submit=_("Save"),
        back_url=reverse("documents:document", args=[pk]),
        meanwhile=meanwhile,
    )


def move(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Into another folder."""
    found = find_document(request, pk)
    form = MoveForm(
        request.POST or None, folders=found.project.folders.all(), initial={"folder": found.folder_id}
    )
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("Move %(name)s") % {"name": found.title},
            submit=_("Move"),
            back_url=reverse("documents:document", args=[pk]),
        )
    move_document(found, folder=form.cleaned_data["folder"], actor=request.actor, at=now())
    return redirect("documents:document", pk)


@require_POST
def delete(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Out of sight; the next page offers to undo it."""
    found = find_document(request, pk)
    delete_document(found, actor=request.actor, at=now())
    text = _("%(name)s was deleted.") % {"name": found.title}
    offer_undo(request, text, reverse("documents:restore", args=[pk]))
    return redirect("projects:documents", found.project_id)


@require_POST
def restore(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted document back."""
    rows = Document.objects.visible_to(request.actor).exclude(deleted_at=None)
    found = get_object_or_404(rows.select_related("project"), pk=pk)
    restore_document(found, actor=request.actor, at=now())
    return redirect("documents:document", pk)


@require_safe
def download(request: AgencyRequest, pk: UUID, number: int) -> HttpResponseBase:
    """The file of one version."""
    found = find_document(request, pk)
    version = get_object_or_404(found.versions.select_related("file", "document__project"), number=number)
    record_download(version, actor=request.actor, at=now())
    return send(version.file, request)


@require_safe
def page(request: AgencyRequest, pk: UUID, number: int, page_number: int, size: str) -> HttpResponseBase:
    """One page of a version as a picture."""
    found = find_document(request, pk)
    version = get_object_or_404(found.versions.select_related("file"), number=number)
    if size not in PageSize:
        raise Http404
    return send_page(get_object_or_404(version.file.pages, number=page_number), size, request)


def find_document(request: AgencyRequest, pk: UUID) -> Document:
    """The document with project, client, folder and current file, or 404."""
    rows = Document.objects.visible_to(request.actor).existing()
    rows = rows.select_related("project__client", "folder", "current_version__file")
    return get_object_or_404(rows, pk=pk)
