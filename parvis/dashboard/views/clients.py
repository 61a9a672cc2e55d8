"""The list of clients, and a client's record with its tabs."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Guard, Permission, may, require
from parvis.backstage.actions import add_note
from parvis.backstage.models import ClientNote
from parvis.clients.actions.clients import (
    ClientFacts,
    Place,
    add_client,
    change_client_state,
    delete_client,
    edit_client,
    restore_client,
)
from parvis.clients.forms import ClientForm, NewClientForm
from parvis.clients.models import Client, ClientState
from parvis.clients.rules import TRANSITIONS
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.dashboard.pages.clients import (
    FAMILIES,
    RUNNING,
    SORTS,
    client_list,
    record_head,
    sees_amounts,
)
from parvis.dashboard.pages.timeline import newest, timeline_page
from parvis.dashboard.views.common import find_client
from parvis.documents.models import Document
from parvis.events.editing import compare
from parvis.events.kinds import EventKind
from parvis.http.editing import remembering
from parvis.http.keyset import keyset_page
from parvis.http.lists import Tab, address, page_links, page_url
from parvis.http.pages import form_page, offer_undo, say, search_text
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest
from parvis.ui.text import percent


@require_safe
def clients(request: AgencyRequest) -> HttpResponse:
    """Every client within reach, filtered, sorted, fifty at a time (G2-05, G2-06)."""
    params = request.GET
    state = params.get("state", "") if params.get("state") in {*ClientState, RUNNING} else ""
    sort = params.get("sort", "name") if params.get("sort") in SORTS else "name"
    search = search_text(request)
    shown = client_list(request.actor, state=state, search=search, sort=sort, cursor=params.get("cursor", ""))
    total = sum(shown.counts.values())
    here = "clients:clients"
    chips = [Tab(_("All"), address(here, params, state=""), current=not state, count=total)] + [
        Tab(value.label, address(here, params, state=value), current=state == value, count=count)
        for value in FAMILIES
        if (count := shown.counts.get(value, 0)) or state == value
    ]
    running = address(here, params, state=RUNNING)
    chips.append(Tab(_("With running projects"), running, current=state == RUNNING))
    context = {
        "list": shown,
        "chips": chips,
        "total": total,
        "search": search,
        "state": state,
        "sort": sort,
        "name_url": address(here, params, sort="-name" if sort == "name" else "name"),
        "activity_url": address(here, params, sort="-activity" if sort == "activity" else "activity"),
        "next_url": page_url(params, shown.page.next_cursor),
        "previous_url": page_url(params, shown.page.previous_cursor),
        "can_add": may(request.actor, Permission.CLIENT_ADD, _whole(request)),
    }
    return render(request, "dashboard/clients.html", context)


def new_client(request: AgencyRequest) -> HttpResponse:
    """A form of a few lines (G2-07); saving leads to the new record (G2-08)."""
    require(request.actor, Permission.CLIENT_ADD, _whole(request))
    form = NewClientForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New client"),
            submit=_("Add the client"),
            back_url=reverse("clients:clients"),
        )
    data, at = form.cleaned_data, now()
    with transaction.atomic():
        client = add_client(
            workspace_id=request.actor.workspace_id,
            name=data["name"],
            actor=request.actor,
            at=at,
            main_contact=form.main_contact,
            facts=ClientFacts(sector=data["sector"], phone=data["phone"]),
        )
        if data["note"].strip():
            add_note(client, body=data["note"], actor=request.actor, at=at)
    say(
        request,
        _("%(name)s was added. The portal is on; invite somebody to open it.") % {"name": client.name},
    )
    return redirect("clients:client", client.pk)


@require_safe
def client(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Overview: what is known, what runs, what is missing."""
    found = find_client(request, pk)
    projects = Project.objects.visible_to(request.actor).filter(client=found).running()
    context = {
        "projects": projects.order_by("due_on", "pk")[:6],
        "timeline": newest(request.actor, client_id=found.pk),
    }
    return _tab(request, found, "overview", context)


@require_safe
def client_projects(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Every project of the client; a project belongs to one client from its start (G2-09, G2-10)."""
    found = find_client(request, pk)
    rows = Project.objects.visible_to(request.actor).filter(client=found).select_related("client_status")
    page = keyset_page(rows, field="updated_at", descending=True, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "projects": page.rows, "amounts": sees_amounts(request.actor)}
    return _tab(request, found, "projects", {**context, **page_links(request, page)})


@require_safe
def client_documents(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Documents of all its projects, newest first."""
    found = find_client(request, pk)
    rows = Document.objects.visible_to(request.actor).existing().filter(project__client=found)
    rows = rows.select_related("project", "folder", "current_version__file")
    page = keyset_page(rows, field="updated_at", descending=True, cursor=request.GET.get("cursor", ""))
    return _tab(request, found, "documents", {"documents": page.rows, **page_links(request, page)})


@require_safe
def client_timeline(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Everything that happened with the client, in sentences (G2-02d)."""
    found = find_client(request, pk)
    page = timeline_page(request.actor, client_id=found.pk, cursor=request.GET.get("cursor", ""))
    return _tab(request, found, "timeline", {"timeline": page.items, **page_links(request, page.page)})


def client_notes(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Dated notes for the team alone (G2-07e, G2-17f, G2-21d)."""
    found = find_client(request, pk)
    if request.method == "POST":
        add_note(found, body=request.POST.get("body", ""), actor=request.actor, at=now())
        say(request, _("The note is kept inside the team."))
        return redirect("clients:notes", found.pk)
    rows = ClientNote.objects.filter(workspace=request.actor.workspace_id, client=found)
    page = keyset_page(
        rows.select_related("author"), field="at", descending=True, cursor=request.GET.get("cursor", "")
    )
    return _tab(request, found, "notes", {"notes": page.rows, **page_links(request, page)})


def edit(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """The whole record as a form."""
    found = find_client(request, pk)
    require(request.actor, Permission.CLIENT_EDIT, found)
    name, meanwhile = found.name, ""
    form = remembering(ClientForm(request.POST or None, instance=found, actor=request.actor), found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edit_client(
                found,
                name=data["name"],
                facts=form.facts,
                edition=data["edition"],
                actor=request.actor,
                at=now(),
            )
        except EditedMeanwhile:
            meanwhile = compare(form, pk, EventKind.CLIENT_EDITED, reader=request.actor)
        else:
            say(request, _("The details are saved."))
            return redirect("clients:client", pk)
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": name},
        submit=_("Save"),
        back_url=reverse("clients:client", args=[pk]),
        meanwhile=meanwhile,
    )


@require_POST
def state(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Say where the relation stands (A-17)."""
    found = find_client(request, pk)
    wanted = request.POST.get("state", "")
    if wanted in ClientState:
        change_client_state(found, state=ClientState(wanted), actor=request.actor, at=now())
        say(request, _("%(name)s: %(state)s.") % {"name": found.name, "state": ClientState(wanted).label})
    return redirect("clients:client", pk)


@require_POST
def delete(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Take the client out of the lists; the next page offers to undo it (G2-24d)."""
    found = find_client(request, pk)
    delete_client(found, actor=request.actor, at=now())
    offer_undo(
        request, _("%(name)s was deleted.") % {"name": found.name}, reverse("clients:restore", args=[pk])
    )
    return redirect("clients:clients")


@require_POST
def restore(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted client back."""
    found = get_object_or_404(Client.objects.deleted_for(request.actor), pk=pk)
    restore_client(found, actor=request.actor, at=now())
    say(request, _("%(name)s is back.") % {"name": found.name})
    return redirect("clients:client", pk)


def _tab(request: AgencyRequest, found: Client, tab: str, context: dict[str, Any]) -> HttpResponse:
    """A tab below the head of the record."""
    return render(request, f"dashboard/client_{tab}.html", {**record_context(request, found, tab), **context})


def record_context(request: AgencyRequest, found: Client, tab: str) -> dict[str, Any]:
    """The head of the record, its tabs, and what this reader may do there."""
    actor = request.actor
    head = record_head(found, actor)
    names = [
        ("overview", "clients:client", _("Overview"), None),
        ("projects", "clients:projects", _("Projects"), head.running or None),
        ("contacts", "clients:contacts", _("Contacts"), len(head.memberships) or None),
        ("documents", "clients:documents", _("Documents"), None),
        ("timeline", "clients:timeline", _("Timeline"), None),
        ("notes", "clients:notes", _("Notes"), None),
        ("portal", "clients:portal", _("Portal"), None),
    ]
    return {
        "client": found,
        "head": head,
        "tabs": [
            Tab(label, reverse(name, args=[found.pk]), current=key == tab, count=count)
            for key, name, label, count in names
        ],
        "states": [
            (choice.value, choice.label)
            for choice in ClientState
            if choice in TRANSITIONS[ClientState(found.state)]
        ],
        "previewable": [m for m in head.memberships if m.state != "disabled"],
        "can_edit": may(actor, Permission.CLIENT_EDIT, found),
        "can_delete": may(actor, Permission.CLIENT_DELETE, found),
        "can_preview": may(actor, Permission.PORTAL_PREVIEW, found),
        "can_configure": may(actor, Permission.PORTAL_CONFIGURE, found.portal),
        "can_invite": may(actor, Permission.CONTACT_INVITE, found),
        "can_add_project": may(actor, Permission.PROJECT_EDIT, found),
        "completeness_text": _("%(percent)s of the record is filled in.")
        % {"percent": percent(head.completeness.percent)},
        "contacts_text": ngettext("%(count)s contact", "%(count)s contacts", len(head.memberships))
        % {"count": len(head.memberships)},
    }


def _whole(request: AgencyRequest) -> Place:
    return Place(Guard(workspace_id=request.actor.workspace_id))
