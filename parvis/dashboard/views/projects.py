"""The list of projects, and a project's page with its tabs (DESIGN screen 10)."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.access import Guard, Permission, may
from parvis.clients.actions.clients import Place
from parvis.clients.models import Membership
from parvis.conversations.actions import mentionable
from parvis.conversations.models import ClientComment, Thread
from parvis.core.clock import now
from parvis.dashboard.pages import project_list
from parvis.dashboard.pages.clients import sees_amounts
from parvis.dashboard.pages.folders import documents_of, folder_tree
from parvis.dashboard.pages.projects import STATUS_FAMILIES, project_lines
from parvis.dashboard.pages.timeline import timeline_page
from parvis.dashboard.pages.week import today_of
from parvis.dashboard.views.common import find_project
from parvis.deliverables import lines
from parvis.deliverables.models import Deliverable
from parvis.http.keyset import keyset_page
from parvis.http.lists import MESSAGES_SHOWN, Tab, page_links, part
from parvis.http.pages import search_text
from parvis.projects.forms import TaskForm
from parvis.projects.models import Discussion, Milestone, Project, Task, TaskState
from parvis.projects.rules import contradicts, following
from parvis.projects.views import find_task
from parvis.signin.requests import AgencyRequest
from parvis.team.models import Assignment, Member


@require_safe
def projects(request: AgencyRequest) -> HttpResponse:
    """Projects within reach: running ones first, others behind filters."""
    params, search, today = request.GET, search_text(request), today_of(request.actor, now())
    narrowed = project_list.choices(request.actor, params)
    page = project_list.listed(request.actor, params, today, search=search, choices=narrowed)
    state = project_list.chosen_status(params)
    context = {
        "projects": list(project_lines(page.rows, today)),
        "chips": project_list.chips(params),
        "choices": narrowed,
        "search": search,
        "state": state,
        "is_narrowed": bool(search or state or any(each.value for each in narrowed)),
        "can_add": may(
            request.actor, Permission.PROJECT_EDIT, Place(Guard(workspace_id=request.actor.workspace_id))
        ),
    }
    return render(request, "dashboard/projects.html", {**context, **page_links(request, page)})


@require_safe
def project(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Work: tasks and milestones."""
    found = find_project(request, pk)
    tasks: dict[str, list[Task]] = defaultdict(list)
    rows = Task.objects.visible_to(request.actor).filter(project=found)
    shown = part(request, rows.select_related("assignee", "client_thread"))
    for task in shown.rows:
        tasks[task.state].append(task)
    context = {
        "columns": [(state.value, state.label, tasks[state.value]) for state in TaskState],
        "task_count": f"{len(shown.rows)}+" if shown.all_url else len(shown.rows),
        "all_url": shown.all_url,
        "milestones": Milestone.objects.visible_to(request.actor).filter(project=found),
        "task_form": TaskForm(actor=request.actor, initial={"assignee": request.member.pk}),
        "today": today_of(request.actor, now()),
    }
    return _tab(request, found, "work", context)


@require_safe
def project_deliverables(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """What was or will be shown for approval (G1-11)."""
    found = find_project(request, pk)
    rows = Deliverable.objects.visible_to(request.actor).existing().filter(project=found)
    page = keyset_page(
        lines.in_columns(rows),
        field="updated_at",
        descending=True,
        cursor=request.GET.get("cursor", ""),
    )
    context = {"lines": list(lines.deliverable_lines(page.rows, now()))}
    return _tab(request, found, "deliverables", {**context, **page_links(request, page)})


@require_safe
def project_documents(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """The folders and what is in them (G1-27, G1-28)."""
    found = find_project(request, pk)
    shown = part(request, documents_of(found, request.actor))
    context = {
        "tree": folder_tree(found, shown.rows),
        "all_url": shown.all_url,
        "can_upload": may(request.actor, Permission.DOCUMENT_UPLOAD, found),
    }
    return _tab(request, found, "documents", context)


@require_safe
def project_discussions(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Topics with the client (G1-13), and the internal discussion of the project apart."""
    found = find_project(request, pk)
    rows = Discussion.objects.visible_to(request.actor).filter(project=found).select_related("thread")
    page = keyset_page(rows, field="opened_at", descending=True, cursor=request.GET.get("cursor", ""))
    return _tab(request, found, "discussions", {"discussions": page.rows, **page_links(request, page)})


@require_safe
def discussion(request: AgencyRequest, pk: UUID, discussion_pk: UUID) -> HttpResponse:
    """One topic with its messages."""
    found = find_project(request, pk)
    rows = Discussion.objects.visible_to(request.actor).filter(project=found).select_related("thread")
    topic = get_object_or_404(rows, pk=discussion_pk)
    context = {
        "topic": topic,
        **_messages(request, topic.thread_id),
        "readers": _readers(found),
        "can_write": may(request.actor, Permission.MESSAGE_SEND, found),
    }
    return _tab(request, found, "discussions", context, template="dashboard/discussion.html")


@require_safe
def project_team(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Members on both sides; the place to invite a contact from (G1-35)."""
    found = find_project(request, pk)
    assigned = [row.member for row in Assignment.objects.filter(project_id=pk).select_related("member")]
    others = Member.objects.active().filter(workspace=request.actor.workspace_id)
    memberships = Membership.objects.visible_to(request.actor).filter(client=found.client).reaching(found.pk)
    context = {
        "assigned": assigned,
        "others": others.exclude(pk__in=[member.pk for member in assigned]).order_by("name"),
        "memberships": memberships.select_related("contact"),
        "can_invite": may(request.actor, Permission.CONTACT_INVITE, found.client),
    }
    return _tab(request, found, "team", context)


@require_safe
def project_timeline(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """What happened on the project."""
    found = find_project(request, pk)
    page = timeline_page(request.actor, project_id=found.pk, cursor=request.GET.get("cursor", ""))
    return _tab(request, found, "timeline", {"timeline": page.items, **page_links(request, page.page)})


@require_safe
def people(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Who can be mentioned in a composer: the team, and with `?with=client` the client's people (G1-16).

    An internal comment offers nobody who could not read it.
    """
    found = find_project(request, pk)
    thread = Thread(workspace_id=found.workspace_id, client_id=found.client_id, project_id=found.pk)
    members, contacts = mentionable(thread, by=request.actor)
    people = [*contacts, *members] if request.GET.get("with") == "client" else members
    return render(request, "ui/components/people_options.html", {"people": people})


@require_safe
def task(request: AgencyRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    """A task with its two streams, side by side and never mixed (G1-30, G1-31)."""
    found = find_project(request, pk)
    shown = find_task(request, pk, task_pk)
    context = {
        "task": shown,
        **_messages(request, shown.client_thread_id),
        "readers": _readers(found) if shown.client_visible else [],
        "states": [(state.value, state.label) for state in TaskState if state != shown.state],
        "can_write": may(request.actor, Permission.COMMENT_ADD, shown),
    }
    return _tab(request, found, "work", context, template="dashboard/task.html")


def _messages(request: AgencyRequest, thread_id: UUID | None) -> dict[str, Any]:
    """The newest messages of a thread, oldest first, and the way to those before them."""
    if thread_id is None:
        return {"comments": [], "all_url": ""}
    newest_first = ClientComment.objects.filter(thread=thread_id).in_order().reverse()
    shown = part(request, newest_first, MESSAGES_SHOWN)
    return {"comments": shown.rows[::-1], "all_url": shown.all_url}


def _tab(
    request: AgencyRequest, found: Project, tab: str, context: dict[str, Any], *, template: str = ""
) -> HttpResponse:
    name = template or f"dashboard/project_{tab}.html"
    return render(request, name, {**project_context(request, found, tab), **context})


def project_context(request: AgencyRequest, found: Project, tab: str) -> dict[str, Any]:
    """The head of the project, its tabs, and what this reader may do there."""
    actor = request.actor
    client_status = getattr(found, "client_status", None)
    is_read = bool(client_status and client_status.is_visible)
    names = [
        ("work", "projects:project", _("Work")),
        ("deliverables", "projects:deliverables", _("Deliverables")),
        ("documents", "projects:documents", _("Documents")),
        ("discussions", "projects:discussions", _("Discussions")),
        ("team", "projects:team", _("Team")),
        ("timeline", "projects:timeline", _("Timeline")),
    ]
    return {
        "project": found,
        "family": STATUS_FAMILIES[found.status],
        "client_status": client_status if is_read else None,
        "mismatch": bool(is_read and client_status and contradicts(found.status, client_status.family)),
        "statuses": [
            (status.value, status.label) for status in following(found.status, found.status_before_archive)
        ],
        "tabs": [
            Tab(label, reverse(name, args=[found.pk]), current=key == tab) for key, name, label in names
        ],
        "shows_amount": sees_amounts(actor),
        "can_edit": may(actor, Permission.PROJECT_EDIT, found),
        "can_work": may(actor, Permission.PROJECT_WORK, found),
    }


def _readers(found: Project) -> list[str]:
    """First names of the contacts who will read what is written to the client, for the button and the eye."""
    memberships = Membership.objects.usable().filter(client=found.client_id).reaching(found.pk)
    rows = memberships.exclude(role="billing").select_related("contact")
    return [membership.contact.first_name for membership in rows.order_by("contact__first_name")[:6]]
