"""Publishing a version from the team's side."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from parvis.access import Permission, require
from parvis.core.clock import now
from parvis.deliverables.actions import publish_version
from parvis.deliverables.forms import VersionForm
from parvis.deliverables.models import Purpose
from parvis.deliverables.pages import recipients
from parvis.deliverables.review import remarks_of
from parvis.deliverables.views import find_deliverable, memberships_of, page_url
from parvis.files.receiving import received
from parvis.http.pages import form_page, say
from parvis.signin.requests import AgencyRequest
from parvis.ui.dates import day


def new_version(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Publish a version, seeing beforehand who gets which mail and until when they have time."""
    found = find_deliverable(request, pk)
    require(request.actor, Permission.DELIVERABLE_PUBLISH, found)  # before files are stored
    at = now()
    unsettled = [view for view in remarks_of(found, request.actor) if view.is_open]
    form = VersionForm(
        request.POST or None,
        request.FILES or None,
        remarks=[
            (str(view.remark.pk), f"{view.remark.number}. {view.root.comment.body[:90] if view.root else ''}")
            for view in unsettled
            if view.remark.handled_in_id is None
        ],
        has_deadline=found.purpose != Purpose.INFORMATION,
        initial={"deadline_days": found.policy.deadline_days},
    )
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request,
            form,
            title=_("Publish version %(number)s") % {"number": found.current_number + 1},
            submit=_("Publish version %(number)s") % {"number": found.current_number + 1},
            back_url=page_url(found),
            template="deliverables/new_version.html",
            deliverable=found,
            recipients=recipients(found, memberships_of(request, found.project), at),
        )
    data = form.cleaned_data
    with received(data["files"], actor=request.actor, at=at) as files:
        version = publish_version(
            found,
            files=files,
            note=data["note"],
            settles=[UUID(pk) for pk in data.get("settles", [])],
            deadline_days=data.get("deadline_days"),
            actor=request.actor,
            at=at,
        )
    if version.due_at:
        say(
            request,
            _("Version %(number)s is with the client, due %(day)s.")
            % {"number": version.number, "day": day(version.due_at)},
        )
    else:
        say(request, _("Version %(number)s is with the client.") % {"number": version.number})
    return redirect(page_url(found, side="tracking"))
