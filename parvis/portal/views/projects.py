"""Projects, tasks and their talk, as far as the switches show them (DESIGN screen 5)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Permission, may, require
from parvis.core.clock import now
from parvis.files.receiving import received
from parvis.portal import sections
from parvis.portal.forms import CommentForm
from parvis.portal.pages.activity import by_day, client_events, lines
from parvis.portal.pages.projects import project_page, project_rows
from parvis.portal.pages.talk import comments_of
from parvis.portal.requests import PortalRequest
from parvis.projects.actions import comment_task
from parvis.projects.models import Project, Task

NEWS = 10


@require_safe
def projects(request: PortalRequest) -> HttpResponse:
    """Every project within reach."""
    sections.exists_only_if(sections.shows_projects(request.actor))
    rows = project_rows(request.actor)
    return render(request, "portal/projects.html", {"projects": rows})


@require_safe
def project(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One project; sections that are switched off are not there."""
    rows = Project.objects.visible_to(request.actor).select_related(
        "client_status", "assignee", "client__portal", "client__owner"
    )
    row = get_object_or_404(rows, pk=pk)
    request.portal_client = row.client
    page = project_page(row, request.actor)
    shows_timeline = row.client_id in sections.clients_allowing(request.actor, Permission.TIMELINE_SEE)
    events = client_events(request.actor).filter(project_id=row.pk)[:NEWS] if shows_timeline else []
    context = {
        "page": page,
        "project": row,
        "days": by_day(lines(events, request.actor)),
        "shows_timeline": shows_timeline,
        "shows_tasks": row.client_id in sections.clients_allowing(request.actor, Permission.TASKS_SEE),
        "shows_milestones": row.client_id
        in sections.clients_allowing(request.actor, Permission.MILESTONES_SEE),
        "shows_documents": row.client_id in sections.clients_allowing(request.actor, Permission.DOCUMENT_SEE),
        "may_write": may(request.actor, Permission.MESSAGE_SEND, row),
        "correspondent": page.row.lead or row.client.owner,
    }
    return render(request, "portal/project.html", context)


@require_safe
def task(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A task with the talk both sides read."""
    return _task_page(request, find_task(request, pk), CommentForm())


@require_POST
def create_task_comment(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Say something about a task."""
    row = find_task(request, pk)
    require(request.actor, Permission.COMMENT_ADD, row)
    form = CommentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _task_page(request, row, form, status=422)
    with received(form.cleaned_data["attachments"], actor=request.actor, at=now()) as files:
        comment = comment_task(
            row, body=form.cleaned_data["body"], actor=request.actor, at=now(), files=files
        )
    return redirect(reverse("portal:task", args=[pk]) + f"#comment-{comment.pk}")


def find_task(request: PortalRequest, pk: UUID) -> Task:
    """A task within reach; raises Http404."""
    rows = Task.objects.visible_to(request.actor).select_related(
        "project__client__portal", "client_thread", "assignee"
    )
    return get_object_or_404(rows, pk=pk)


def _task_page(request: PortalRequest, row: Task, form: CommentForm, *, status: int = 200) -> HttpResponse:
    request.portal_client = row.project.client
    context = {
        "task": row,
        "project": row.project,
        "comments": comments_of(row.client_thread, request.actor),
        "form": form,
        "may_comment": may(request.actor, Permission.COMMENT_ADD, row),
    }
    return render(request, "portal/task.html", context, status=status)
