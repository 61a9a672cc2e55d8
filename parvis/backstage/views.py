"""Writing into the internal stream from any page of the team."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.backstage.actions import add_staff_comment
from parvis.backstage.models import StaffComment
from parvis.core.clock import now
from parvis.http.pages import say, uuid_of
from parvis.signin.requests import AgencyRequest

SUBJECTS = ("projects.project", "projects.task", "deliverables.deliverable")
"""What the team talks about; each finds its rows through `visible_to`."""


@require_POST
def comments(request: AgencyRequest) -> HttpResponse:
    """Keep a comment inside the team (G1-30), then back to the page it was written on."""
    subject = _subject(request)
    parent = None
    if request.POST.get("parent"):
        rows = StaffComment.objects.visible_to(request.actor).filter(subject_id=subject.pk)
        parent = get_object_or_404(rows.select_related("parent"), pk=uuid_of(request.POST["parent"]))
    add_staff_comment(
        subject, body=request.POST.get("body", ""), parent=parent, actor=request.actor, at=now()
    )
    say(request, _("Kept inside the team."))
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(f"{wanted}#internal" if wanted and is_ours else "dashboard:home")


def _subject(request: AgencyRequest) -> Any:
    """The row the form names, if this member may see it; else 404."""
    label = request.POST.get("subject_type", "")
    if label not in SUBJECTS:
        raise Http404
    rows: Any = apps.get_model(label)._default_manager
    rows = rows.visible_to(request.actor)
    if label != "projects.project":
        rows = rows.select_related("project")
    return get_object_or_404(rows, pk=uuid_of(request.POST.get("subject", "")))
