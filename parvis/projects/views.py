"""Changing a project and its parts; the pages that show them stand in `dashboard`."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.access import Guard, Permission, may, require
from parvis.clients.actions.clients import Place
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.events.editing import compare
from parvis.events.kinds import EventKind
from parvis.files.receiving import received
from parvis.http.editing import remembering
from parvis.http.pages import form_page, offer_undo, say, uuid_of
from parvis.projects.actions import (
    add_member,
    add_milestone,
    add_task,
    change_project_status,
    comment_discussion,
    comment_task,
    create_project,
    delete_milestone,
    edit_milestone,
    edit_project,
    edit_task,
    open_discussion,
    reach_milestone,
    remove_member,
    reopen_milestone,
    restore_milestone,
    set_client_status,
    set_task_state,
)
from parvis.projects.forms import (
    ClientStatusForm,
    DiscussionForm,
    EditProjectForm,
    MilestoneForm,
    NewProjectForm,
    TaskForm,
)
from parvis.projects.models import (
    ClientStatus,
    Discussion,
    Milestone,
    Project,
    ProjectStatus,
    Task,
    TaskState,
)
from parvis.projects.querysets import MilestoneQuerySet
from parvis.signin.requests import AgencyRequest
from parvis.team.models import Member


def new_project(request: AgencyRequest) -> HttpResponse:
    """A project for a client (G1-04, G2-09b)."""
    require(request.actor, Permission.PROJECT_EDIT, _whole(request))
    amounts = _sees_amounts(request)
    initial = {"client": request.GET.get("client"), "assignee": request.member.pk}
    form = NewProjectForm(request.POST or None, actor=request.actor, amounts=amounts, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New project"),
            submit=_("Create the project"),
            back_url=reverse("projects:projects"),
        )
    project = create_project(
        form.cleaned_data["client"],
        title=form.cleaned_data["title"],
        facts=form.facts,
        members=tuple(form.cleaned_data["members"]),
        actor=request.actor,
        at=now(),
    )
    say(request, _("The project is there. Its status is hidden from the client until you show it."))
    return redirect("projects:project", project.pk)


def edit(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Name, dates, lead, amount and progress."""
    project = find_project(request, pk)
    require(request.actor, Permission.PROJECT_EDIT, project)
    form = EditProjectForm(
        request.POST or None,
        actor=request.actor,
        currency=project.currency,
        amounts=_sees_amounts(request),
        initial=EditProjectForm.initial_of(project),
    )
    form, meanwhile = remembering(form, project), ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edit_project(
                project,
                title=data["title"],
                facts=form.facts,
                progress=data["progress"],
                edition=data["edition"],
                actor=request.actor,
                at=now(),
            )
        except EditedMeanwhile:
            kinds = (EventKind.PROJECT_EDITED, EventKind.PROJECT_STATE_CHANGED)
            meanwhile = compare(form, pk, *kinds, reader=request.actor)
        else:
            say(request, _("The details are saved."))
            return redirect("projects:project", pk)
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": project.title},
        submit=_("Save"),
        back_url=reverse("projects:project", args=[pk]),
        meanwhile=meanwhile,
    )


@require_POST
def status(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Move the internal status along; archiving offers to undo it."""
    project = find_project(request, pk)
    wanted = request.POST.get("status", "")
    if wanted in ProjectStatus:
        change_project_status(project, status=ProjectStatus(wanted), actor=request.actor, at=now())
        if wanted == ProjectStatus.ARCHIVED:
            text = _("%(name)s was archived.") % {"name": project.title}
            offer_undo(request, text, reverse("projects:restore", args=[pk]))
        else:
            say(request, _("Internal status: %(status)s.") % {"status": ProjectStatus(wanted).label})
    return redirect("projects:project", pk)


@require_POST
def restore(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Bring an archived project back to where it was."""
    project = find_project(request, pk)
    before = ProjectStatus(project.status_before_archive or ProjectStatus.PLANNED)
    change_project_status(project, status=before, actor=request.actor, at=now())
    say(request, _("%(name)s is back. Its client status stays hidden.") % {"name": project.title})
    return redirect("projects:project", pk)


def client_status(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """What the client reads (A-18)."""
    project = find_project(request, pk)
    now_read = getattr(project, "client_status", None) or ClientStatus()
    names = ("is_visible", "label", "description", "family", "step")
    initial = {name: getattr(now_read, name) for name in names}
    form, meanwhile = remembering(ClientStatusForm(request.POST or None, initial=initial), now_read), ""
    if request.method == "POST" and form.is_valid():
        try:
            set_client_status(project, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            meanwhile = compare(form, pk, EventKind.CLIENT_STATUS_CHANGED, reader=request.actor)
        else:
            say(request, _("What the client reads is saved."))
            return redirect("projects:project", pk)
    return form_page(
        request,
        form,
        title=_("What the client reads"),
        submit=_("Save"),
        back_url=reverse("projects:project", args=[pk]),
        intro=_("The internal status is never shown. Write here, in the client’s words, where things stand."),
        meanwhile=meanwhile,
    )


def new_milestone(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """A key date (G2-16c)."""
    project = find_project(request, pk)
    form = MilestoneForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New milestone"),
            submit=_("Add the milestone"),
            back_url=reverse("projects:project", args=[pk]),
        )
    add_milestone(project, **form.cleaned_data, actor=request.actor, at=now())
    return redirect("projects:project", pk)


def edit_one_milestone(request: AgencyRequest, pk: UUID, milestone_pk: UUID) -> HttpResponse:
    """Name, day, and whether the client sees it."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), pk, milestone_pk)
    initial = {name: getattr(milestone, name) for name in ("title", "due_on", "client_visible")}
    form, meanwhile = remembering(MilestoneForm(request.POST or None, initial=initial), milestone), ""
    if request.method == "POST" and form.is_valid():
        try:
            edit_milestone(milestone, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            meanwhile = compare(form, milestone_pk, EventKind.MILESTONE_EDITED, reader=request.actor)
        else:
            return redirect("projects:project", pk)
    return form_page(
        request,
        form,
        title=milestone.title,
        submit=_("Save"),
        back_url=reverse("projects:project", args=[pk]),
        meanwhile=meanwhile,
    )


@require_POST
def delete_one_milestone(request: AgencyRequest, pk: UUID, milestone_pk: UUID) -> HttpResponse:
    """Out of sight; the next page offers to undo it."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), pk, milestone_pk)
    delete_milestone(milestone, actor=request.actor, at=now())
    text = _("%(name)s was deleted.") % {"name": milestone.title}
    offer_undo(request, text, reverse("projects:restore_milestone", args=[pk, milestone_pk]))
    return redirect("projects:project", pk)


@require_POST
def restore_one_milestone(request: AgencyRequest, pk: UUID, milestone_pk: UUID) -> HttpResponse:
    """Bring a deleted milestone back."""
    milestone = _milestone(Milestone.objects.deleted_from(request.actor), pk, milestone_pk)
    restore_milestone(milestone, actor=request.actor, at=now())
    return redirect("projects:project", pk)


@require_POST
def reach(request: AgencyRequest, pk: UUID, milestone_pk: UUID) -> HttpResponse:
    """The milestone is reached, or it is taken back."""
    milestone = _milestone(Milestone.objects.visible_to(request.actor), pk, milestone_pk)
    if request.POST.get("reached") == "no":
        reopen_milestone(milestone, actor=request.actor, at=now())
    else:
        reach_milestone(milestone, actor=request.actor, at=now())
        say(request, _("%(name)s is reached.") % {"name": milestone.title})
    return redirect("projects:project", pk)


def new_task(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """A piece of work; the quick line on the project page posts here too."""
    project = find_project(request, pk)
    form = TaskForm(request.POST or None, actor=request.actor)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New task"),
            submit=_("Add the task"),
            back_url=reverse("projects:project", args=[pk]),
        )
    add_task(project, **form.cleaned_data, actor=request.actor, at=now())
    return redirect("projects:project", pk)


def edit_one_task(request: AgencyRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    """Name, person, day, and whether the client sees it."""
    task = find_task(request, pk, task_pk)
    initial = {name: getattr(task, name) for name in ("title", "due_on", "client_visible")}
    form = TaskForm(
        request.POST or None, actor=request.actor, initial={**initial, "assignee": task.assignee_id}
    )
    form, meanwhile = remembering(form, task), ""
    if request.method == "POST" and form.is_valid():
        try:
            edit_task(task, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            meanwhile = compare(form, task_pk, EventKind.TASK_EDITED, reader=request.actor)
        else:
            return redirect("projects:task", pk, task_pk)
    return form_page(
        request,
        form,
        title=task.title,
        submit=_("Save"),
        back_url=reverse("projects:task", args=[pk, task_pk]),
        meanwhile=meanwhile,
    )


@require_POST
def task_state(request: AgencyRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    """Move a task along."""
    task = find_task(request, pk, task_pk)
    wanted = request.POST.get("state", "")
    if wanted in TaskState:
        set_task_state(task, state=TaskState(wanted), actor=request.actor, at=now())
    return redirect(_next(request) or reverse("projects:project", args=[pk]))


@require_POST
def task_comment(request: AgencyRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    """A message in the task's client stream (G1-31)."""
    task, at = find_task(request, pk, task_pk), now()
    require(request.actor, Permission.COMMENT_ADD, task)  # before files are stored
    with received(request.FILES.getlist("files"), actor=request.actor, at=at) as files:
        comment_task(task, body=request.POST.get("body", ""), files=files, actor=request.actor, at=at)
    say(request, _("Sent. The client reads it in the portal."))
    return redirect("projects:task", pk, task_pk)


def new_discussion(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """A topic with the client (G1-13)."""
    project = find_project(request, pk)
    form = DiscussionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New discussion with %(client)s") % {"client": project.client.name},
            submit=_("Send to the client"),
            back_url=reverse("projects:discussions", args=[pk]),
        )
    discussion = open_discussion(project, **form.cleaned_data, actor=request.actor, at=now())
    return redirect("projects:discussion", pk, discussion.pk)


@require_POST
def discussion_comment(request: AgencyRequest, pk: UUID, discussion_pk: UUID) -> HttpResponse:
    """One more message in a discussion."""
    rows = Discussion.objects.visible_to(request.actor).select_related("thread", "project")
    discussion, at = get_object_or_404(rows, pk=discussion_pk, project=pk), now()
    require(request.actor, Permission.MESSAGE_SEND, discussion)
    with received(request.FILES.getlist("files"), actor=request.actor, at=at) as files:
        comment_discussion(
            discussion, body=request.POST.get("body", ""), files=files, actor=request.actor, at=at
        )
    say(request, _("Sent. The client reads it in the portal."))
    return redirect("projects:discussion", pk, discussion_pk)


@require_POST
def members(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Put somebody on the project, or take them off."""
    project = find_project(request, pk)
    rows = Member.objects.filter(workspace=request.actor.workspace_id)
    member = get_object_or_404(rows, pk=uuid_of(request.POST.get("member")))
    if request.POST.get("off"):
        remove_member(project, member=member, actor=request.actor, at=now())
    else:
        add_member(project, member=member, actor=request.actor, at=now())
    return redirect("projects:team", pk)


def find_project(request: AgencyRequest, pk: UUID) -> Project:
    """The project with what its page needs, or 404."""
    rows = Project.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("client", "client_status", "assignee"), pk=pk)


def find_task(request: AgencyRequest, pk: UUID, task_pk: UUID) -> Task:
    """The task with its project and client, or 404."""
    rows = Task.objects.visible_to(request.actor)
    rows = rows.select_related("project__client", "assignee", "client_thread")
    return get_object_or_404(rows, pk=task_pk, project=pk)


def _milestone(rows: MilestoneQuerySet, pk: UUID, milestone_pk: UUID) -> Milestone:
    return get_object_or_404(rows.select_related("project"), pk=milestone_pk, project=pk)


def _sees_amounts(request: AgencyRequest) -> bool:
    return may(request.actor, Permission.CLIENT_AMOUNTS, _whole(request))


def _whole(request: AgencyRequest) -> Place:
    """The workspace as the subject of a permission."""
    return Place(Guard(workspace_id=request.actor.workspace_id))


def _next(request: AgencyRequest) -> str:
    """Back to the page the button stood on, if it is one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
