"""People of a client: their roles, invitations and devices."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.access import ContactRole, Permission, require
from parvis.clients.actions.contacts import (
    add_contact,
    change_contact_role,
    delete_contact,
    edit_contact,
    invite_contact,
    make_main_contact,
    reopen_access,
    restore_contact,
)
from parvis.clients.actions.grants import forget_device, revoke_access, start_preview
from parvis.clients.actions.link_requests import send_link
from parvis.clients.errors import AccessIsClosed, AlreadyInside, ContactAlreadyThere, EmailTaken, PortalIsOff
from parvis.clients.forms import ContactForm, InvitationForm, NewContactForm
from parvis.clients.models import Client, Contact, ContactDevice, Membership, MembershipState
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.dashboard.views.clients import record_context
from parvis.dashboard.views.common import find_client
from parvis.deliverables.deciders import waiting_in_vain
from parvis.events.editing import compare
from parvis.events.kinds import EventKind
from parvis.http.editing import remembering
from parvis.http.links import portal_address
from parvis.http.pages import form_page, offer_undo, say, warn
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest

STATE_FAMILIES = {
    "none": "mute",
    "invited": "wait",
    "active": "done",
    "expired": "stop",
    "disabled": "stop",
}


@require_safe
def contacts(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Everybody of the client, with role, access and devices (G2-14, G2-15, G1-35e)."""
    client = find_client(request, pk)
    context = record_context(request, client, "contacts")
    people = [membership.contact_id for membership in context["head"].memberships]
    devices = ContactDevice.objects.filter(
        workspace=request.actor.workspace_id,
        contact__in=people,
        revoked_at=None,
        preview_by=None,
        expires_at__gt=now(),
    )
    by_contact: dict[UUID, list[ContactDevice]] = {}
    for device in devices.order_by("-last_seen_at"):
        by_contact.setdefault(device.contact_id, []).append(device)
    lines = [
        {
            "membership": membership,
            "contact": membership.contact,
            "family": STATE_FAMILIES[membership.state],
            "devices": by_contact.get(membership.contact_id, []),
        }
        for membership in context["head"].memberships
    ]
    roles = ContactRole.choices
    return render(request, "dashboard/client_contacts.html", {**context, "lines": lines, "roles": roles})


def new_contact(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Add somebody, and invite them unless one says otherwise (G1-35, G2-13)."""
    client = find_client(request, pk)
    require(request.actor, Permission.CLIENT_EDIT, client)
    initial = {"projects": [request.GET["project"]] if request.GET.get("project") else []}
    form = NewContactForm(
        request.POST or None,
        projects=_projects(request, client),
        may_invite=client.portal.enabled,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _create_contact(request, client, form)
        except ContactAlreadyThere as refusal:  # beside its field, so that everything else stays typed
            form.add_error("email", str(refusal))
        except PortalIsOff as refusal:
            form.add_error("invite", str(refusal))
    return form_page(
        request,
        form,
        title=_("New contact of %(client)s") % {"client": client.name},
        submit=_("Add the contact"),
        back_url=reverse("clients:contacts", args=[pk]),
        intro=""
        if client.portal.enabled
        else _("The portal of this client is off, so nobody can be invited yet."),
    )


def _create_contact(request: AgencyRequest, client: Client, form: NewContactForm) -> HttpResponse:
    at = now()
    with transaction.atomic():
        membership = add_contact(
            client, new=form.facts, projects=form.project_ids, actor=request.actor, at=at
        )
        if form.cleaned_data["invite"]:
            invite_contact(
                membership,
                welcome_message=form.cleaned_data["welcome_message"],
                projects=form.project_ids,
                actor=request.actor,
                at=at,
            )
    if form.cleaned_data["invite"]:
        say(request, _("%(name)s gets the invitation by mail.") % {"name": membership.contact.name})
    else:
        say(request, _("%(name)s was added. Nothing was sent.") % {"name": membership.contact.name})
    return redirect("clients:contacts", client.pk)


def edit(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Name, address, function and role of a contact."""
    membership = _membership(request, pk, contact_pk)
    require(request.actor, Permission.CLIENT_EDIT, membership)
    contact = membership.contact
    form = ContactForm(
        request.POST or None,
        instance=contact,
        initial={"role": membership.role, "language": contact.language},
    )
    form = remembering(form, contact)
    name, meanwhile = contact.name, ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                # The form has written on the row it was given; the action compares with what is kept.
                kept = Contact.objects.visible_to(request.actor).get(pk=contact_pk)
                edit_contact(
                    kept,
                    facts=form.facts,
                    edition=form.cleaned_data["edition"],
                    actor=request.actor,
                    at=now(),
                )
                if "role" in form.changed_data:  # else another one given meanwhile stays
                    role = ContactRole(form.cleaned_data["role"])
                    change_contact_role(membership, role=role, actor=request.actor, at=now())
        except EmailTaken as refusal:  # beside its field, so that everything else stays typed
            form.add_error("email", str(refusal))
        except EditedMeanwhile:
            meanwhile = compare(form, membership.pk, EventKind.CONTACT_EDITED, reader=request.actor)
        else:
            say(request, _("The details are saved."))
            _warn_of_what_waits(request, contact)
            return redirect("clients:contacts", pk)
    return form_page(
        request,
        form,
        title=_("Details of %(name)s") % {"name": name},
        submit=_("Save"),
        back_url=reverse("clients:contacts", args=[pk]),
        meanwhile=meanwhile,
        intro=_("A new e-mail address closes the open links and devices of this person."),
    )


@require_POST
def role(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Another role; also offered where somebody is to approve who may not (A-31)."""
    membership = _membership(request, pk, contact_pk)
    wanted = request.POST.get("role", "")
    if wanted in ContactRole:
        change_contact_role(membership, role=ContactRole(wanted), actor=request.actor, at=now())
        say(
            request,
            _("%(name)s: %(role)s.") % {"name": membership.contact.name, "role": ContactRole(wanted).label},
        )
        _warn_of_what_waits(request, membership.contact)
    return redirect("clients:contacts", pk)


def invitation(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Invite a contact who is there already, or once more (G1-35)."""
    membership = _membership(request, pk, contact_pk)
    require(request.actor, Permission.CONTACT_INVITE, membership)
    listed = [str(row.project_id) for row in membership.listed_projects.all()]
    initial = {"welcome_message": membership.welcome_message, "projects": listed}
    projects = _projects(request, membership.client, but_also=listed)
    form = InvitationForm(request.POST or None, projects=projects, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invite_contact(
                membership,
                welcome_message=form.cleaned_data["welcome_message"],
                projects=form.project_ids,
                actor=request.actor,
                at=now(),
            )
        except (AccessIsClosed, AlreadyInside, PortalIsOff) as refusal:  # what was typed stays
            form.add_error(None, str(refusal))
        else:
            say(request, _("%(name)s gets the invitation by mail.") % {"name": membership.contact.name})
            _warn_of_what_waits(request, membership.contact)
            return redirect("clients:contacts", pk)
    return form_page(
        request,
        form,
        title=_("Invite %(name)s") % {"name": membership.contact.name},
        submit=_("Send the invitation"),
        back_url=reverse("clients:contacts", args=[pk]),
        intro=_("A mail with an access link goes to %(email)s.") % {"email": membership.contact.email},
    )


@require_POST
def create_link(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Send a fresh access link to whoever cannot find the way in any more (K-33, K-42)."""
    membership = _membership(request, pk, contact_pk)
    send_link(membership, actor=request.actor, at=now())
    say(request, _("%(name)s gets an access link by mail.") % {"name": membership.contact.name})
    return redirect("clients:contacts", pk)


@require_POST
def main(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Make somebody the main contact (G2-05b)."""
    make_main_contact(_membership(request, pk, contact_pk), actor=request.actor, at=now())
    return redirect("clients:contacts", pk)


@require_POST
def close_access(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Close the person's way in, at once; the next page offers to undo it."""
    membership = _membership(request, pk, contact_pk)
    revoke_access(membership, actor=request.actor, at=now())
    offer_undo(
        request,
        _("The access of %(name)s is closed.") % {"name": membership.contact.name},
        reverse("clients:reopen_access", args=[pk, contact_pk]),
    )
    _warn_of_what_waits(request, membership.contact)
    return redirect("clients:contacts", pk)


@require_POST
def open_access(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Let somebody in again: they ask for a new link, or are invited again if they never came in."""
    membership = _membership(request, pk, contact_pk)
    reopen_access(membership, actor=request.actor, at=now())
    was_inside = membership.state == MembershipState.ACTIVE
    told = _("%(name)s may ask for a new link.") if was_inside else _("%(name)s can be invited again.")
    say(request, told % {"name": membership.contact.name})
    return redirect("clients:contacts", pk)


@require_POST
def delete(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Take a person out (R-10); the next page offers to undo it."""
    membership = _membership(request, pk, contact_pk)
    delete_contact(membership.contact, actor=request.actor, at=now())
    offer_undo(
        request,
        _("%(name)s was deleted.") % {"name": membership.contact.name},
        reverse("clients:restore_contact", args=[pk, contact_pk]),
    )
    _warn_of_what_waits(request, membership.contact)
    return redirect("clients:contacts", pk)


@require_POST
def restore(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """Bring a deleted contact back (R-10)."""
    client = find_client(request, pk)
    rows = Contact.objects.deleted_for(request.actor).filter(memberships__client=client)
    contact = get_object_or_404(rows, pk=contact_pk)
    restore_contact(contact, actor=request.actor, at=now())
    say(request, _("%(name)s is back.") % {"name": contact.name})
    return redirect("clients:contacts", pk)


@require_POST
def forget(request: AgencyRequest, pk: UUID, contact_pk: UUID, device_pk: UUID) -> HttpResponse:
    """Take one device out; the person needs a new link on it."""
    membership = _membership(request, pk, contact_pk)
    rows = ContactDevice.objects.filter(workspace=request.actor.workspace_id, contact=membership.contact)
    device = get_object_or_404(rows.select_related("contact"), pk=device_pk)
    forget_device(device, actor=request.actor, at=now())
    say(request, _("The device was taken out."))
    return redirect("clients:contacts", pk)


@require_POST
def preview(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    """See the portal as this contact does: read-only, marked, logged. The portal opens it."""
    membership = _membership(request, pk, contact_pk)
    code = start_preview(membership.contact, membership.client, actor=request.actor, at=now())
    return redirect(portal_address(request.member.workspace, f"/preview/{code}/"))


def _warn_of_what_waits(request: AgencyRequest, contact: Contact) -> None:
    """Nothing keeps anybody from closing an access; who does it hears which approvals hang on it (A-31)."""
    if waiting := waiting_in_vain(request.actor, contact.pk):
        text = ngettext(
            "An approval waits for %(name)s, who cannot give it any more: %(titles)s. Choose somebody else.",
            "%(count)s approvals wait for %(name)s, who cannot give them any more: %(titles)s."
            " Choose somebody else.",
            len(waiting),
        )
        titles = ", ".join(deliverable.title for deliverable in waiting)
        warn(request, text % {"name": contact.name, "titles": titles, "count": len(waiting)})


def _membership(request: AgencyRequest, pk: UUID, contact_pk: UUID) -> Membership:
    rows = Membership.objects.visible_to(request.actor).select_related("client__portal", "contact")
    return get_object_or_404(rows, client=pk, contact=contact_pk)


def _projects(request: AgencyRequest, client: Client, but_also: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The client's projects as choices; of the archived ones those that were chosen before.

    Left out, a limit to an archived project would be lifted by inviting once more (A-38).
    """
    offered = Q(archived_at=None) | Q(pk__in=but_also)
    rows = Project.objects.visible_to(request.actor).filter(offered, client=client)
    return [(str(pk), title) for pk, title in rows.order_by("title").values_list("pk", "title")]
