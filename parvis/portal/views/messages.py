"""Discussions with the team (G1-13, G2-16e)."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Permission, may, require
from parvis.core.clock import now
from parvis.files.receiving import received
from parvis.portal import sections
from parvis.portal.forms import CommentForm, DiscussionForm, offer_projects
from parvis.portal.pages.messages import discussions, talks
from parvis.portal.pages.talk import comments_of
from parvis.portal.requests import PortalRequest
from parvis.projects.actions import comment_discussion, open_discussion
from parvis.projects.models import Discussion, Project


@require_safe
def messages(request: PortalRequest) -> HttpResponse:
    """Every talk the contact may read."""
    sections.exists_only_if(sections.shows_messages(request.actor))
    context = {"talks": talks(request.actor), "may_write": open_projects(request).exists()}
    return render(request, "portal/messages.html", context)


@require_safe
def discussion(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One talk with its comments."""
    return _page(request, find(request, pk), CommentForm())


@require_POST
def create_comment(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Write to everybody in the talk."""
    row = find_for_writing(request, pk)
    require(request.actor, Permission.MESSAGE_SEND, row)
    form = CommentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    with received(form.cleaned_data["attachments"], actor=request.actor, at=now()) as files:
        comment = comment_discussion(
            row, body=form.cleaned_data["body"], actor=request.actor, at=now(), files=files
        )
    return redirect(reverse("portal:discussion", args=[pk]) + f"#comment-{comment.pk}")


def new_discussion(request: PortalRequest) -> HttpResponse:
    """Begin a talk about one of the contact's projects."""
    offered = open_projects(request)
    if request.method != "POST":
        sections.exists_only_if(offered.exists())
        initial = {"project": request.GET.get("project", "")}
        form = DiscussionForm(projects=offered, initial=initial)
        return render(request, "portal/new_discussion.html", {"form": form})
    visible = Project.objects.visible_to(request.actor)
    form = DiscussionForm(request.POST, request.FILES, projects=visible)
    if form.is_valid() and not form.cleaned_data["project"].guard.writable:  # finished while they wrote
        told = _("This project is finished. You can read everything; nothing more can be added.")
        form.add_error("project", told)
    if not form.is_valid():
        offer_projects(form, offered)
        return render(request, "portal/new_discussion.html", {"form": form}, status=422)
    values = form.cleaned_data
    require(request.actor, Permission.MESSAGE_SEND, values["project"])
    with received(values["attachments"], actor=request.actor, at=now()) as files:
        row = open_discussion(
            values["project"],
            title=values["title"],
            body=values["body"],
            actor=request.actor,
            at=now(),
            files=files,
        )
    return redirect("portal:discussion", row.pk)


def open_projects(request: PortalRequest) -> QuerySet[Project]:
    """Projects the contact may write about."""
    allowed = sections.clients_allowing(request.actor, Permission.MESSAGE_SEND)
    return Project.objects.visible_to(request.actor).running().filter(client__in=allowed)


def find(request: PortalRequest, pk: UUID) -> Discussion:
    """A discussion that is within reach and switched on; raises Http404."""
    return get_object_or_404(discussions(request.actor).select_related("project__client__portal"), pk=pk)


def find_for_writing(request: PortalRequest, pk: UUID) -> Discussion:
    """A discussion within reach, also where messages are switched off: writing is refused by name (G1-08)."""
    rows = Discussion.objects.visible_to(request.actor).select_related("thread", "project__client")
    return get_object_or_404(rows, pk=pk)


def _page(request: PortalRequest, row: Discussion, form: CommentForm, *, status: int = 200) -> HttpResponse:
    request.portal_client = row.project.client
    context = {
        "discussion": row,
        "project": row.project,
        "comments": comments_of(row.thread, request.actor),
        "form": form,
        "may_write": may(request.actor, Permission.MESSAGE_SEND, row),
    }
    return render(request, "portal/discussion.html", context, status=status)
