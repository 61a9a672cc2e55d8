"""Publishing a version from the team's side, and taking it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from parvis.access import Permission, require
from parvis.core.clock import now
from parvis.deliverables.actions import publish_version, withdraw_version
from parvis.deliverables.answers import answers_of
from parvis.deliverables.errors import (
    ApproverHasNoAccess,
    ApproverMayNotDecide,
    CannotWithdraw,
    NoApprover,
    NobodyCouldApprove,
    TooFewApprovers,
)
from parvis.deliverables.forms import VersionForm, WithdrawalForm
from parvis.deliverables.models import Deliverable, DeliverableVersion, Purpose
from parvis.deliverables.pages import recipients, told_of
from parvis.deliverables.review import remarks_of
from parvis.deliverables.rules import begins_round, rounds_exceeded
from parvis.deliverables.views import find_deliverable, memberships_of, page_url
from parvis.deliverables.votes import decided_on
from parvis.files.holding import held_for, let_go
from parvis.files.receiving import received
from parvis.http.pages import form_page, say
from parvis.signin.requests import AgencyRequest
from parvis.ui.dates import day

REFUSALS = (NoApprover, TooFewApprovers, ApproverMayNotDecide, ApproverHasNoAccess, NobodyCouldApprove)


def new_version(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Publish a version, seeing beforehand who gets which mail and until when they have time.

    Where publishing is refused, the files that came are held and offered again.
    """
    found, at = find_deliverable(request, pk), now()
    require(request.actor, Permission.DELIVERABLE_PUBLISH, found)  # before files are stored
    form = _form(request, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = _publish(request, found, form, at)
        except REFUSALS as refusal:
            typed = request.POST.copy()
            typed.setlist("held", [str(file.pk) for file in held_for(pk, request.actor)])
            form = _form(request, found, typed)
            form.add_error(None, str(refusal))
        else:
            say(request, _told(version))
            return redirect(page_url(found, side="tracking"))
    title = _("Publish version %(number)s") % {"number": found.current_number + 1}
    return form_page(
        request,
        form,
        title=title,
        submit=title,
        back_url=page_url(found),
        template="deliverables/new_version.html",
        deliverable=found,
        exceeds_rounds=rounds_exceeded(
            found.rounds_used + begins_round(found.state, found.purpose), found.maximum_rounds
        ),
        recipients=recipients(found, memberships_of(request, found.project), at),
        answers=answers_of(decided_on(found.current_version_id).values()),
    )


def withdraw(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Take back what still waits, having read who gets a mail about it: no Undo reaches a mail."""
    found = find_deliverable(request, pk)
    require(request.actor, Permission.DELIVERABLE_PUBLISH, found)
    is_sent = request.method == "POST"
    form = WithdrawalForm(request.POST if is_sent else None, initial={"version": found.current_version_id})
    if is_sent and form.is_valid():
        if form.cleaned_data["version"] not in (None, found.current_version_id):
            raise CannotWithdraw  # another one was published since the page was opened
        withdraw_version(found, actor=request.actor, at=now())
        say(request, _("The version was withdrawn. The client no longer sees it."))
        return redirect(page_url(found))
    if not found.is_awaiting:
        raise CannotWithdraw
    told = ", ".join(told_of(found))
    return form_page(
        request,
        form,
        title=_("Withdraw version %(number)s of %(name)s?")
        % {"number": found.current_number, "name": found.title},
        submit=_("Withdraw the version"),
        back_url=page_url(found),
        intro=_("The client no longer sees it then. A mail that it was taken back goes to: %(names)s.")
        % {"names": told}
        if told
        else _(
            "The client no longer sees it then. Nobody was written to about it yet, so nobody gets a mail."
        ),
    )


def _form(request: AgencyRequest, found: Deliverable, data: QueryDict | None) -> VersionForm:
    """The form with what is held for it, and the remarks it may settle."""
    unsettled = [view for view in remarks_of(found, request.actor) if view.is_open]
    form = VersionForm(
        data,
        request.FILES or None,
        remarks=[
            (str(view.remark.pk), f"{view.remark.number}. {view.root.comment.body[:90] if view.root else ''}")
            for view in unsettled
            if view.remark.handled_in_id is None
        ],
        held=held_for(found.pk, request.actor),
        has_deadline=found.purpose != Purpose.INFORMATION,
        initial={"deadline_days": found.policy.deadline_days},
    )
    # Kept in the browser while somebody goes and chooses who approves.
    form.fields["note"].widget.attrs["data-draft"] = f"version-{found.pk}"
    return form


def _publish(
    request: AgencyRequest, found: Deliverable, form: VersionForm, at: datetime
) -> DeliverableVersion:
    """Files held from before come first, in their order."""
    data, actor = form.cleaned_data, request.actor
    held = [file for file in held_for(found.pk, actor) if str(file.pk) in data.get("held", ())]
    with received(data["files"], actor=actor, at=at, form_id=found.pk) as fresh, transaction.atomic():
        version = publish_version(
            found,
            files=[*held, *fresh],
            note=data["note"],
            settles=[UUID(pk) for pk in data.get("settles", [])],
            deadline_days=data.get("deadline_days"),
            actor=actor,
            at=at,
        )
        let_go(found.pk, actor=actor, used=held)
    return version


def _told(version: DeliverableVersion) -> str:
    """What is said on the next page."""
    if version.due_at is None:
        return _("Version %(number)s is with the client.") % {"number": version.number}
    words = {"number": version.number, "day": day(version.due_at)}
    return _("Version %(number)s is with the client, due %(day)s.") % words
