"""The Portal tab of a client record: what it shows, how it greets and looks (G2-12, G1-05 to G1-09)."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Permission, Switch, require
from parvis.clients.actions.portals import PRESETS, brand_portal, configure_portal
from parvis.clients.forms import LookForm, SwitchesForm, WelcomeForm
from parvis.clients.models import Client, PortalSettings
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.dashboard.pages.look import look_preview
from parvis.dashboard.views.clients import record_context
from parvis.dashboard.views.common import find_client
from parvis.events.editing import compare, told_meanwhile
from parvis.events.kinds import EventKind
from parvis.files.receiving import received
from parvis.http.editing import remembering
from parvis.http.links import portal_address
from parvis.http.pages import say
from parvis.notifications.forms import NoticesForm
from parvis.notifications.kinds import ContactNotice
from parvis.signin.requests import AgencyRequest

SWITCH_HELP = {
    Switch.PROGRESS: gettext_lazy("How far a project is, in percent."),
    Switch.TASKS: gettext_lazy("The tasks you chose to show, with their state."),
    Switch.MILESTONES: gettext_lazy("The key dates of a project."),
    Switch.DOCUMENTS: gettext_lazy("See and download shared files."),
    Switch.UPLOAD: gettext_lazy("Send files to you."),
    Switch.COMMENTS: gettext_lazy("Leave remarks on deliverables and tasks."),
    Switch.MESSAGES: gettext_lazy("Write to the team in discussions."),
    Switch.APPROVALS: gettext_lazy("Approve, reject or ask for changes."),
    Switch.TIMELINE: gettext_lazy("Read what happened."),
    Switch.INVOICES: gettext_lazy("See invoices. Decision makers and billing contacts only."),
}
PRESET_NAMES = {
    "standard": gettext_lazy("Usual client"),
    "full": gettext_lazy("Everything"),
    "review": gettext_lazy("Review only"),
    "documents": gettext_lazy("Files only"),
}


@require_safe
def portal(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """The settings, section by section, each with its own Save."""
    return _page(request, find_client(request, pk))


@require_POST
def switches(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Turn the portal and its ten switches on or off; a preset sets all ten (G2-22b)."""
    client = find_client(request, pk)
    form = SwitchesForm(request.POST)
    if not form.is_valid():
        return _page(request, client, is_refused=True)
    preset = PRESETS.get(request.POST.get("preset", ""))
    try:
        configure_portal(
            client.portal,
            enabled=client.portal.enabled if preset is not None else form.cleaned_data["enabled"],
            switches=form.chosen if preset is None else preset,
            edition=form.cleaned_data["edition"],
            actor=request.actor,
            at=now(),
        )
    except EditedMeanwhile:
        meanwhile = told_meanwhile(client.portal.pk, EventKind.PORTAL_CONFIGURED, reader=request.actor)
        return _page(request, client, meanwhile=meanwhile)
    say(request, _("What the client sees is saved. It counts from now on."))
    return redirect("clients:portal", pk)


@require_POST
def welcome(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """The welcome message in four languages (G1-07)."""
    client = find_client(request, pk)
    form = _welcome_form(client.portal, request.POST)
    if not form.is_valid():
        return _page(request, client, welcome=form)
    try:
        configure_portal(
            client.portal,
            welcome_messages=form.texts,
            edition=form.cleaned_data["edition"],
            actor=request.actor,
            at=now(),
        )
    except EditedMeanwhile:
        meanwhile = compare(form, client.portal.pk, EventKind.PORTAL_CONFIGURED, reader=request.actor)
        return _page(request, client, welcome=form, meanwhile=meanwhile)
    say(request, _("The welcome message is saved."))
    return redirect("clients:portal", pk)


@require_POST
def look(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Logo and colour of this client's portal, where it differs from the workspace's (A-37)."""
    client, at = find_client(request, pk), now()
    require(request.actor, Permission.PORTAL_CONFIGURE, client.portal)  # before files are stored
    form = _look_form(client.portal, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, client, look=form)
    uploads = [form.cleaned_data["logo"]] if form.cleaned_data["logo"] else []
    try:
        with received(uploads, actor=request.actor, at=at) as stored:
            kept = None if form.cleaned_data["remove_logo"] else client.portal.logo_id
            brand_portal(
                client.portal,
                colour=form.cleaned_data["colour"],
                logo_id=stored[0].pk if stored else kept,
                edition=form.cleaned_data["edition"],
                actor=request.actor,
                at=at,
            )
    except EditedMeanwhile:
        meanwhile = compare(form, client.portal.pk, EventKind.PORTAL_CONFIGURED, reader=request.actor)
        return _page(request, client, look=form, meanwhile=meanwhile)
    say(request, _("The look of this portal is saved."))
    return redirect("clients:portal", pk)


@require_POST
def notices(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Which mails contacts get before they choose themselves (G1-09, G1-33)."""
    client = find_client(request, pk)
    form = NoticesForm(request.POST)
    if not form.is_valid():
        return _page(request, client, is_refused=True)
    try:
        configure_portal(
            client.portal,
            notification_defaults=form.defaults,
            edition=form.cleaned_data["edition"],
            actor=request.actor,
            at=now(),
        )
    except EditedMeanwhile:
        meanwhile = told_meanwhile(client.portal.pk, EventKind.PORTAL_CONFIGURED, reader=request.actor)
        return _page(request, client, meanwhile=meanwhile)
    say(request, _("The mails contacts get at the start are saved."))
    return redirect("clients:portal", pk)


def _page(
    request: AgencyRequest,
    client: Client,
    *,
    welcome: BaseForm | None = None,
    look: BaseForm | None = None,
    meanwhile: str = "",
    is_refused: bool = False,
) -> HttpResponse:
    settings = client.portal
    context = {
        **record_context(request, client, "portal"),
        "portal": settings,
        "address": portal_address(request.member.workspace),  # K-42, K-43
        "switch_rows": _switch_rows(settings),
        "presets": [(key, PRESET_NAMES[key], PRESETS[key] == settings.switches) for key in PRESET_NAMES],
        "welcome": welcome or _welcome_form(settings),
        "meanwhile": meanwhile,
        "look": look or _look_form(settings),
        "preview": look_preview(request.member.workspace, settings),
        "notices": [
            (kind.value, kind.label, settings.notification_defaults.get(kind.value, True))
            for kind in ContactNotice
        ],
    }
    is_refused |= any(form is not None and form.errors for form in (welcome, look))
    status = 409 if meanwhile else 422 if is_refused else 200
    return render(request, "dashboard/client_portal.html", context, status=status)


def _welcome_form(settings: PortalSettings, data: QueryDict | None = None) -> WelcomeForm:
    return remembering(WelcomeForm(data, initial=settings.welcome_messages), settings)


def _look_form(settings: PortalSettings, data: QueryDict | None = None, files: Any | None = None) -> LookForm:
    return remembering(LookForm(data, files, initial={"colour": settings.colour}), settings)


def _switch_rows(settings: PortalSettings) -> list[dict[str, Any]]:
    return [
        {"value": switch.value, "label": switch.label, "help": SWITCH_HELP[switch], "on": switch in on}
        for on in [settings.switches]
        for switch in Switch
    ]
