"""The first page, the search, and files hung on comments."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.clients.choosing import client_choice
from parvis.conversations.models import CommentAttachment
from parvis.core.clock import now
from parvis.dashboard.context import to_sort
from parvis.dashboard.pages.figures import figures
from parvis.dashboard.pages.home import has_clients, today_rows, waiting_at_clients
from parvis.dashboard.pages.search import found_everywhere, last_touched
from parvis.dashboard.pages.talks import talk_lines, unanswered_page
from parvis.dashboard.pages.timeline import newest
from parvis.dashboard.pages.week import week
from parvis.files.serving import send
from parvis.http.lists import page_links
from parvis.http.pages import search_text
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest


@require_safe
def home(request: AgencyRequest) -> HttpResponse:
    """Today, waiting at clients, the next seven days, the indicators (DESIGN screen 7)."""
    at = now()
    shown = figures(request.actor, at)
    if not shown.by_status and not has_clients(request.actor):
        return render(request, "dashboard/start.html", {"steps": _first_steps()})
    context: dict[str, Any] = {
        "today": today_rows(
            request.actor, at, to_sort=to_sort(request), whole=request.GET.get("todo") == "all"
        ),
        "waiting": waiting_at_clients(request.actor, at),
        "week": week(request.actor, at),
        "figures": shown,
        "recent": newest(request.actor),
    }
    return render(request, "dashboard/home.html", context)


@require_safe
def search(request: AgencyRequest) -> HttpResponse:
    """What is within reach by its name, the newest before one is typed: a page, or the palette."""
    text = search_text(request)
    groups = found_everywhere(request.actor, text) if len(text) > 1 else last_touched(request.actor)
    names = {"dialog": "dashboard/_palette.html", "found": "dashboard/_found.html"}
    name = names.get(request.htmx.target or "", "dashboard/search.html")
    return render(request, name, {"search_text": text, "groups": groups})


@require_safe
def unanswered(request: AgencyRequest) -> HttpResponse:
    """What clients wrote and nobody has answered, the oldest first: the list behind its figure (G2-04e)."""
    client = client_choice(request.actor, request.GET)
    page = unanswered_page(request.actor, client=client.pk, cursor=request.GET.get("cursor", ""))
    context = {"lines": talk_lines(page.rows), "choices": [client], "is_narrowed": bool(client.value)}
    return render(request, "dashboard/messages.html", {**context, **page_links(request, page)})


@require_safe
def attachment(request: AgencyRequest, pk: UUID) -> HttpResponseBase:
    """A file hung on a comment of a project within reach."""
    rows = CommentAttachment.objects.filter(workspace=request.actor.workspace_id)
    found = get_object_or_404(rows.select_related("file", "comment__thread"), pk=pk)
    thread = found.comment.thread
    reach = Project.objects.visible_to(request.actor).filter(client=thread.client_id)
    if not reach.filter(pk=thread.project_id).exists():
        raise Http404
    return send(found.file, request)


def _first_steps() -> list[dict[str, str]]:
    """Brand, client, deliverable, send to yourself."""
    return [
        {
            "title": _("Give your portal a face"),
            "text": _("A logo and one colour are enough."),
            "url": reverse("settings:look"),
            "action": _("Choose the look"),
        },
        {
            "title": _("Add a client"),
            "text": _("Its portal is on from the start."),
            "url": reverse("clients:new"),
            "action": _("Add a client"),
        },
        {
            "title": _("Show something"),
            "text": _("Create a project and a deliverable, and publish a first version."),
            "url": reverse("projects:projects"),
            "action": _("To the projects"),
        },
        {
            "title": _("See it as the client does"),
            "text": _("Invite yourself as a contact and open the mail."),
            "url": reverse("clients:clients"),
            "action": _("To the clients"),
        },
    ]
