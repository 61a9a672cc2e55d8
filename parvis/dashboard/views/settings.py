"""Settings: the workspace, its look, its calendar, its people, its mail, one's own safety and tokens."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Guard, Permission, Role, may, require
from parvis.clients.actions.clients import Place
from parvis.clients.forms import LookForm
from parvis.clients.models import Client, PortalSettings
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.dashboard.pages.look import look_preview, preview_of
from parvis.dashboard.pages.mail import lines_of
from parvis.events.editing import compare
from parvis.events.kinds import EventKind
from parvis.files.models import PageSize, StoredFile
from parvis.files.receiving import received
from parvis.files.serving import send_page
from parvis.http.editing import remembering
from parvis.http.keyset import keyset_page
from parvis.http.lists import Tab, page_links
from parvis.http.pages import form_page, offer_undo, say
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message, MessageState
from parvis.signin.api_tokens import Scope, issue_api_token
from parvis.signin.forms import ApiTokenForm
from parvis.signin.models import ApiToken
from parvis.signin.requests import AgencyRequest
from parvis.team.actions import (
    brand_workspace,
    change_role,
    configure_calendar,
    configure_workspace,
    disable_member,
    enable_member,
    invite_member,
    resend_invitation,
    revoke_invitation,
)
from parvis.team.errors import AlreadyMember, OwnerOnly
from parvis.team.forms import CalendarForm, MemberInvitationForm, ProfileForm, WorkspaceForm
from parvis.team.models import Member, MemberInvitation
from parvis.workspaces.models import WorkingCalendar

HEX = re.compile(r"#[0-9a-fA-F]{6}")

SECTIONS = [
    ("workspace", gettext_lazy("Workspace"), "settings:workspace", True),
    ("look", gettext_lazy("Look"), "settings:look", True),
    ("calendar", gettext_lazy("Languages and calendar"), "settings:calendar", True),
    ("people", gettext_lazy("People and roles"), "settings:people", False),
    ("mail", gettext_lazy("Mail"), "settings:mail", False),
    ("profile", gettext_lazy("You"), "settings:profile", False),
    ("security", gettext_lazy("Security"), "settings:security", False),
    ("tokens", gettext_lazy("API tokens"), "settings:tokens", False),
]


@require_safe
def settings(request: AgencyRequest) -> HttpResponse:
    """To the first section this member may open."""
    return redirect("settings:workspace" if _may_configure(request) else "settings:people")


def workspace(request: AgencyRequest) -> HttpResponse:
    """Name, currency, sender."""
    _require_configure(request)
    found = request.member.workspace
    initial = {"name": found.name, "currency": found.currency, "email_from": found.email_from}
    form = remembering(WorkspaceForm(request.POST or None, initial=initial), found)
    meanwhile = ""
    if request.method == "POST" and form.is_valid():
        try:
            configure_workspace(found, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            meanwhile = _compare(request, form)
        else:
            say(request, _("Saved."))
            return redirect("settings:workspace")
    return _section(request, "workspace", {"form": form, "meanwhile": meanwhile})


def look(request: AgencyRequest) -> HttpResponse:
    """Logo and one colour, with a preview in both schemes (G1-06, A-37)."""
    _require_configure(request)
    found, at = request.member.workspace, now()
    branding = getattr(found, "branding", None)
    logo_id = branding.logo_id if branding else None
    form = LookForm(
        request.POST or None,
        request.FILES or None,
        initial={"colour": branding.colour if branding else "#2f5d50"},
    )
    form.fields["colour"].required = True
    form, meanwhile = remembering(form, found), ""
    if request.method == "POST" and form.is_valid():
        uploads = [form.cleaned_data["logo"]] if form.cleaned_data["logo"] else []
        try:
            with received(uploads, actor=request.actor, at=at) as stored:
                kept = None if form.cleaned_data["remove_logo"] else logo_id
                brand_workspace(
                    found,
                    colour=form.cleaned_data["colour"],
                    logo_id=stored[0].pk if stored else kept,
                    edition=form.cleaned_data["edition"],
                    actor=request.actor,
                    at=at,
                )
        except EditedMeanwhile:
            meanwhile = _compare(request, form)
        else:
            say(request, _("The look is saved. Portals and mails have it from now on."))
            return redirect("settings:look")
    preview = look_preview(found)
    context = {"form": form, "preview": preview, "logo_id": logo_id, "meanwhile": meanwhile}
    return _section(request, "look", context)


@require_safe
def preview(request: AgencyRequest) -> HttpResponse:
    """The picture of a colour while it is typed; nothing new while it is none yet."""
    colour = request.GET.get("colour", "").strip()
    found = request.member.workspace
    drawn = preview_of(colour) if HEX.fullmatch(colour) else look_preview(found)
    return render(request, "dashboard/_look_preview.html", {"preview": drawn})


@require_safe
def logo(request: AgencyRequest, pk: UUID) -> HttpResponseBase:
    """A logo of this workspace or of a client within reach, as a picture of our own making; no other file."""
    branding = getattr(request.member.workspace, "branding", None)
    portals = PortalSettings.objects.filter(client__in=Client.objects.visible_to(request.actor), logo_id=pk)
    if not (branding is not None and branding.logo_id == pk) and not portals.exists():
        raise Http404
    rows = StoredFile.objects.ready().filter(workspace=request.actor.workspace_id)
    page = get_object_or_404(rows, pk=pk).pages.first()
    if page is None:
        raise Http404
    return send_page(page, PageSize.SMALL, request)


def calendar(request: AgencyRequest) -> HttpResponse:
    """Language, zone, working days, holidays, hour of reminders."""
    _require_configure(request)
    found = request.member.workspace
    row = WorkingCalendar.objects.filter(workspace=found).first() or WorkingCalendar(workspace=found)
    names = ("time_zone", "working_weekdays", "country", "region", "send_time")
    initial = {name: getattr(row, name) for name in names}
    initial |= {"language": found.language, "closing_days": "\n".join(row.closing_days)}
    form, meanwhile = remembering(CalendarForm(request.POST or None, initial=initial), found), ""
    if request.method == "POST" and form.is_valid():
        try:
            configure_calendar(found, **form.cleaned_data, actor=request.actor, at=now())
        except EditedMeanwhile:
            meanwhile = _compare(request, form)
        else:
            say(request, _("Saved."))
            return redirect("settings:calendar")
    return _section(request, "calendar", {"form": form, "meanwhile": meanwhile})


@require_safe
def people(request: AgencyRequest) -> HttpResponse:
    """Members with their roles, and invitations that wait."""
    members = Member.objects.filter(workspace=request.actor.workspace_id).select_related("user")
    invitations = MemberInvitation.objects.filter(
        workspace=request.actor.workspace_id, accepted_at=None, revoked_at=None
    )
    context = {
        "members": members.order_by("disabled_at", "name"),
        "invitations": invitations.order_by("-invited_at"),
        "roles": Role.choices,
        "can_manage": may(request.actor, Permission.MEMBER_MANAGE, _place(request)),
        "now": now(),
    }
    return _section(request, "people", context)


def new_invitation(request: AgencyRequest) -> HttpResponse:
    """Invite somebody into the team by mail."""
    require(request.actor, Permission.MEMBER_MANAGE, _place(request))
    form = MemberInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invite_member(
                workspace_id=request.actor.workspace_id,
                email=data["email"],
                name=data["name"],
                role=Role(data["role"]),
                actor=request.actor,
                at=now(),
            )
        except AlreadyMember as refusal:  # beside its field, so that everything else stays typed
            form.add_error("email", str(refusal))
        except OwnerOnly as refusal:
            form.add_error("role", str(refusal))
        else:
            say(request, _("%(name)s gets the invitation by mail.") % {"name": data["name"]})
            return redirect("settings:people")
    return form_page(
        request,
        form,
        title=_("Invite somebody into the team"),
        submit=_("Send the invitation"),
        back_url=reverse("settings:people"),
    )


@require_POST
def invitation(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Send an invitation once more, or take it back."""
    rows = MemberInvitation.objects.filter(workspace=request.actor.workspace_id)
    found = get_object_or_404(rows, pk=pk)
    if request.POST.get("revoke"):
        revoke_invitation(found, actor=request.actor, at=now())
        say(request, _("The invitation of %(name)s was taken back.") % {"name": found.name})
    else:
        resend_invitation(found, actor=request.actor, at=now())
        say(request, _("%(name)s gets the invitation by mail.") % {"name": found.name})
    return redirect("settings:people")


@require_POST
def member_role(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Give a member another role; the last owner stays one (BG-02)."""
    found, wanted = _member(request, pk), request.POST.get("role", "")
    if wanted in Role:
        change_role(found, role=Role(wanted), actor=request.actor, at=now())
        say(request, _("%(name)s: %(role)s.") % {"name": found.name, "role": Role(wanted).label})
    return redirect("settings:people")


@require_POST
def close_member_access(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Close a member's way in, and offer to undo it; a second press closes it once more, never opens it."""
    found = disable_member(_member(request, pk), actor=request.actor, at=now())
    if found == request.member:
        logout(request)
        return redirect("sign_in")
    text = _("%(name)s can no longer sign in.") % {"name": found.name}
    offer_undo(request, text, reverse("settings:open_member_access", args=[pk]))
    return redirect("settings:people")


@require_POST
def open_member_access(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Let a member in again."""
    found = enable_member(_member(request, pk), actor=request.actor, at=now())
    say(request, _("%(name)s can sign in again.") % {"name": found.name})
    return redirect("settings:people")


@require_safe
def mail(request: AgencyRequest) -> HttpResponse:
    """Messages in trouble first; whoever doubts decides whether to send again (F7)."""
    rows = Message.objects.visible_to(request.actor)
    wanted = request.GET.get("state", "trouble")
    rows = rows.filter(state=wanted) if wanted in MessageState else rows.troubled()
    page = keyset_page(rows, field="created_at", descending=True, cursor=request.GET.get("cursor", ""))
    chips = [Tab(_("In trouble"), "?state=trouble", current=wanted not in MessageState)] + [
        Tab(state.label, f"?state={state.value}", current=wanted == state.value) for state in MessageState
    ]
    context = {"lines": lines_of(page.rows), "chips": chips, **page_links(request, page)}
    return _section(request, "mail", context)


@require_POST
def resend(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Send once more what perhaps never arrived."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=pk)
    send_again(message, actor=request.actor, at=now())
    say(request, _("The message is sent once more."))
    return redirect("settings:mail")


def profile(request: AgencyRequest) -> HttpResponse:
    """One's own name, language, zone and shortcuts (A-25). Plain editing: nobody else is concerned."""
    member, user = request.member, request.member.user
    initial = {name: getattr(user, name) for name in ("language", "time_zone", "shortcuts_enabled")}
    initial |= {name: getattr(member, name) for name in ("name", "function", "reply_time")}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        member.name, member.function = data["name"], data["function"]
        member.reply_time = data["reply_time"]
        member.save(update_fields=["name", "function", "reply_time"])
        user.language, user.time_zone = data["language"], data["time_zone"]
        user.shortcuts_enabled = data["shortcuts_enabled"]
        user.save(update_fields=["language", "time_zone", "shortcuts_enabled"])
        with translation.override(user.language):  # said in the language that was just chosen
            say(request, _("Saved."))
        return redirect("settings:profile")
    return _section(request, "profile", {"form": form})


@require_safe
def security(request: AgencyRequest) -> HttpResponse:
    """One's own password, second factor and passkeys."""
    return _section(request, "security", {"user": request.member.user})


def tokens(request: AgencyRequest) -> HttpResponse:
    """One's own API tokens; a new one is shown once."""
    form = ApiTokenForm(request.POST or None)
    raw = ""
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        _token, raw = issue_api_token(
            request.member,
            label=form.cleaned_data["label"],
            scopes=[Scope(scope) for scope in form.cleaned_data["scopes"]],
            at=now(),
            expires_at=now() + timedelta(days=days) if days else None,
        )
        form = ApiTokenForm()
    mine = ApiToken.objects.filter(member=request.member, revoked_at=None).order_by("-created_at")
    return _section(request, "tokens", {"form": form, "tokens": mine, "raw": raw, "now": now()})


@require_POST
def revoke_token(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """End a token at once."""
    mine = ApiToken.objects.filter(member=request.member, revoked_at=None)
    get_object_or_404(mine, pk=pk)
    mine.filter(pk=pk).update(revoked_at=now())
    say(request, _("The token no longer works."))
    return redirect("settings:tokens")


def _compare(request: AgencyRequest, form: BaseForm) -> str:
    """Put what somebody else saved of the workspace beside what was typed (RELIABILITY G3)."""
    workspace_id = request.actor.workspace_id
    return compare(form, workspace_id, EventKind.WORKSPACE_CONFIGURED, reader=request.actor)


def _section(request: AgencyRequest, section: str, context: dict[str, Any]) -> HttpResponse:
    """A section beside the list of sections; a form that came back answers 422, or 409 where it compares."""
    allowed = _may_configure(request)
    sections = [
        Tab(label, reverse(name), current=key == section)
        for key, label, name, is_guarded in SECTIONS
        if allowed or not is_guarded
    ]
    form = context.get("form")
    refused = form is not None and form.is_bound and form.errors
    status = 409 if context.get("meanwhile") else 422 if refused else 200
    return render(
        request, f"dashboard/settings_{section}.html", {"sections": sections, **context}, status=status
    )


def _member(request: AgencyRequest, pk: UUID) -> Member:
    return get_object_or_404(Member.objects.filter(workspace=request.actor.workspace_id), pk=pk)


def _place(request: AgencyRequest) -> Place:
    return Place(Guard(workspace_id=request.actor.workspace_id))


def _may_configure(request: AgencyRequest) -> bool:
    return may(request.actor, Permission.WORKSPACE_CONFIGURE, _place(request))


def _require_configure(request: AgencyRequest) -> None:
    """These sections show nothing to others either (G2-17e)."""
    require(request.actor, Permission.WORKSPACE_CONFIGURE, _place(request))
