"""Deliverables on the team's side: creating, publishing, following, talking (DESIGN screen 11)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.access import ContactRole, Permission, may
from parvis.clients.actions.contacts import change_contact_role
from parvis.clients.models import Membership
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.core.errors import DomainError
from parvis.deliverables import listing
from parvis.deliverables.actions import (
    create_deliverable,
    delete_deliverable,
    edit_deliverable,
    nudge,
    record_download,
    restore_deliverable,
    set_terms,
)
from parvis.deliverables.answers import VERDICT_FAMILIES
from parvis.deliverables.forms import DeliverableForm, NewDeliverableForm, TermsForm
from parvis.deliverables.lines import FAMILIES, deliverable_lines
from parvis.deliverables.models import Deliverable, DeliverableState, Purpose, VersionFile
from parvis.deliverables.pages import deliverable_page, version_notice, with_everything
from parvis.events.editing import compare
from parvis.events.kinds import EventKind
from parvis.files.models import PageSize
from parvis.files.serving import send, send_page
from parvis.http.editing import remembering
from parvis.http.lists import page_links
from parvis.http.pages import form_page, offer_undo, say, search_text, uuid_of
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest

SIDES = ("open", "settled", "tracking", "internal")


@require_safe
def deliverables(request: AgencyRequest) -> HttpResponse:
    """Everything shown or to be shown to a client: filtered, searched, sorted, fifty at a time (G1-11)."""
    params, at, search = request.GET, now(), search_text(request)
    narrowed = listing.choices(request.actor, params)
    page = listing.listed(request.actor, params, at, search=search, choices=narrowed)
    context = {
        "lines": list(deliverable_lines(page.rows, at, with_client=True)),
        "chips": listing.chips(params),
        "state": listing.chosen_state(params),
        "choices": narrowed,
        "search": search,
        "is_narrowed": bool(search or any(each.value for each in narrowed)),
    }
    return render(request, "deliverables/deliverables.html", {**context, **page_links(request, page)})


def new_deliverable(request: AgencyRequest, project_pk: UUID) -> HttpResponse:
    """A draft with its terms; whoever may not approve yet can be made a decision maker here (A-31)."""
    projects = Project.objects.visible_to(request.actor).select_related("client")
    project = get_object_or_404(projects, pk=project_pk)
    form = NewDeliverableForm(
        request.POST or None,
        actor=request.actor,
        memberships=memberships_of(request, project),
        initial={"responsible": request.member.pk},
    )
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("New deliverable for %(client)s") % {"client": project.client.name},
            submit=_("Create the draft"),
            back_url=reverse("projects:deliverables", args=[project_pk]),
            template="deliverables/new.html",
            can_promote=may(request.actor, Permission.CLIENT_EDIT, project.client),
            client=project.client,
        )
    data, at = form.cleaned_data, now()
    with transaction.atomic():
        for membership in form.promoted:
            change_contact_role(membership, role=ContactRole.DECISION_MAKER, actor=request.actor, at=at)
        deliverable = create_deliverable(
            project,
            title=data["title"],
            description=data["description"],
            purpose=Purpose(data["purpose"]),
            responsible=data["responsible"],
            planned_on=data["planned_on"],
            maximum_rounds=data["maximum_rounds"],
            terms=form.terms,
            approvers=form.approvers,
            actor=request.actor,
            at=at,
        )
    say(request, _("The draft is there. Publish its first version when it is ready."))
    return redirect("deliverables:deliverable", deliverable.pk)


@require_safe
def deliverable(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """The version, its remarks, its tracking, and the internal discussion apart."""
    return render_deliverable(request, find_deliverable(request, pk))


def render_deliverable(
    request: AgencyRequest, found: Deliverable, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page, perhaps with a form that came back."""
    number = request.GET.get("version", "")
    side = request.GET.get("side", "")
    is_chosen = side in SIDES
    if not is_chosen:
        side = "open" if found.open_remark_count or context.get("remark_form") else "tracking"
    page = deliverable_page(
        found,
        number=int(number) if number.isdigit() else None,
        side=side,
        is_tracked=side == "tracking" or not is_chosen,  # a phone shows it first (DESIGN 11)
        actor=request.actor,
        at=now(),
    )
    version = page.version
    can_comment = version is not None and may(request.actor, Permission.COMMENT_ADD, found)
    return render(
        request,
        "deliverables/deliverable.html",
        {
            "deliverable": found,
            "page": page,
            "version": version,
            "notice": version_notice(found, version),
            "side": side,
            "segments": _segments(found, page, side, number),
            "remarks": page.settled_remarks if side == "settled" else page.open_remarks,
            "family": FAMILIES[DeliverableState(found.state)],
            "approvers": [
                (approver, VERDICT_FAMILIES.get(approver.verdict, "wait") if approver.verdict else "wait")
                for approver in (page.tracking.approvers if page.tracking else ())
            ],
            "next_number": found.current_number + 1,
            "can_publish": may(request.actor, Permission.DELIVERABLE_PUBLISH, found),
            "can_edit": may(request.actor, Permission.DELIVERABLE_EDIT, found),
            "can_comment": can_comment,
            "can_write": can_comment and version is not None and version.pk == found.shown_version_id,
            **context,
        },
        status=status,
    )


def edit(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Title, description, person, day and rounds."""
    found = find_deliverable(request, pk)
    names = ("title", "description", "planned_on", "maximum_rounds")
    initial = {**{name: getattr(found, name) for name in names}, "responsible": found.responsible_id}
    form = remembering(DeliverableForm(request.POST or None, actor=request.actor, initial=initial), found)
    meanwhile = ""
    if request.method == "POST" and form.is_valid():
        try:
            edit_deliverable(found, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            meanwhile = compare(form, pk, EventKind.DELIVERABLE_EDITED, reader=request.actor)
        else:
            say(request, _("The details are saved."))
            return redirect(page_url(found))
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": found.title},
        submit=_("Save"),
        back_url=page_url(found),
        meanwhile=meanwhile,
    )


def terms(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Who approves and how (G1-20 to G1-24, A-31)."""
    found = find_deliverable(request, pk)
    form = TermsForm(
        request.POST or None,
        memberships=memberships_of(request, found.project),
        initial=TermsForm.initial_of(found),
    )
    form, meanwhile = remembering(form, found.policy), ""
    if request.method == "POST" and form.is_valid():
        at = now()
        try:
            with transaction.atomic():
                for membership in form.promoted:
                    change_contact_role(
                        membership, role=ContactRole.DECISION_MAKER, actor=request.actor, at=at
                    )
                set_terms(
                    found,
                    terms=form.terms,
                    approvers=form.approvers,
                    edition=form.cleaned_data["edition"],
                    actor=request.actor,
                    at=at,
                )
        except EditedMeanwhile:
            form.offer_again()
            meanwhile = compare(form, pk, EventKind.DELIVERABLE_EDITED, reader=request.actor)
        except DomainError as refusal:  # above the form, so that what was chosen stays chosen
            form.offer_again()
            form.add_error(None, str(refusal))
        else:
            say(request, _("Who approves is saved."))
            return redirect(page_url(found, side="tracking"))
    return form_page(
        request,
        form,
        title=_("Approval of %(name)s") % {"name": found.title},
        submit=_("Save"),
        back_url=page_url(found),
        meanwhile=meanwhile,
        template="deliverables/terms.html",
        can_promote=may(request.actor, Permission.CLIENT_EDIT, found.client),
        client=found.client,
    )


@require_POST
def remind(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Remind one approver by hand (A-22)."""
    found = find_deliverable(request, pk)
    slot = get_object_or_404(
        found.slots.select_related("contact"), contact=uuid_of(request.POST.get("contact"))
    )
    nudge(found, contact_id=slot.contact_id, actor=request.actor, at=now())
    say(request, _("%(name)s gets a reminder.") % {"name": slot.contact.name})
    return redirect(page_url(found, side="tracking"))


@require_POST
def delete(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Out of every list; the next page offers to undo it."""
    found = find_deliverable(request, pk)
    delete_deliverable(found, actor=request.actor, at=now())
    text = _("%(name)s was deleted.") % {"name": found.title}
    offer_undo(request, text, reverse("deliverables:restore", args=[pk]))
    return redirect("projects:deliverables", found.project_id)


@require_POST
def restore(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted deliverable back."""
    rows = Deliverable.objects.visible_to(request.actor).exclude(deleted_at=None)
    found = get_object_or_404(rows.select_related("project"), pk=pk)
    restore_deliverable(found, actor=request.actor, at=now())
    return redirect(page_url(found))


@require_safe
def page_picture(
    request: AgencyRequest, pk: UUID, file_pk: UUID, page_number: int, size: str
) -> HttpResponseBase:
    """One page of a version as a picture."""
    version_file = _version_file(request, pk, file_pk)
    if size not in PageSize:
        raise Http404
    page = get_object_or_404(version_file.file.pages, number=page_number)
    return send_page(page, size, request)


@require_safe
def download(request: AgencyRequest, pk: UUID, file_pk: UUID) -> HttpResponseBase:
    """A file of a version."""
    version_file = _version_file(request, pk, file_pk)
    record_download(version_file.version, version_file.file, actor=request.actor, at=now())
    return send(version_file.file, request)


def find_deliverable(request: AgencyRequest, pk: UUID) -> Deliverable:
    """The deliverable with everything its page needs, or 404."""
    rows = Deliverable.objects.visible_to(request.actor).existing()
    return get_object_or_404(with_everything(rows), pk=pk)


def memberships_of(request: AgencyRequest, project: Project) -> list[Membership]:
    """The client's people who reach the project."""
    rows = Membership.objects.visible_to(request.actor).filter(client=project.client_id)
    rows = rows.reaching(project.pk).exclude(state="disabled").select_related("contact", "client")
    return list(rows.order_by("contact__first_name", "pk"))


def _version_file(request: AgencyRequest, pk: UUID, file_pk: UUID) -> VersionFile:
    rows = Deliverable.objects.visible_to(request.actor)
    found = get_object_or_404(rows, pk=pk)
    files = VersionFile.objects.filter(version__deliverable=found, file=file_pk)
    version_file = files.select_related("file", "version__deliverable__project").first()
    if version_file is None:
        raise Http404
    return version_file


def _segments(found: Deliverable, page: Any, side: str, number: str) -> list[dict[str, Any]]:
    """The four things the side can show."""
    counts = {"open": len(page.open_remarks), "settled": len(page.settled_remarks)}
    labels = {
        "open": _("Open"),
        "settled": _("Settled"),
        "tracking": _("Tracking"),
        "internal": _("Team"),
    }
    suffix = f"&version={number}" if number else ""
    return [
        {
            "label": labels[name],
            "url": f"?side={name}{suffix}",
            "current": name == side,
            "count": counts.get(name),
            "icon": "eye-off" if name == "internal" else "",
        }
        for name in SIDES
    ]


def page_url(found: Deliverable, side: str = "") -> str:
    """The deliverable's own page, perhaps with one of its sides open."""
    url = reverse("deliverables:deliverable", args=[found.pk])
    return f"{url}?side={side}" if side else url
