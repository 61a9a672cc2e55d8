"""Deciding on a version: a page that says what is about to be said, then the decision (A-16, G1-42d)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Permission, require
from parvis.core.clock import now
from parvis.deliverables.actions import decide
from parvis.deliverables.errors import VersionReplaced
from parvis.deliverables.models import Deliverable
from parvis.deliverables.rules import Verdict
from parvis.portal.forms import DecisionForm
from parvis.portal.pages.review import Review
from parvis.portal.requests import PortalRequest
from parvis.portal.views.remarks import find
from parvis.portal.views.review import load


@require_safe
def new_decision(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What exactly is about to be decided, and on whose behalf; for scripts the inside of a dialog.

    Raises VersionReplaced when the page that led here showed an older version.
    """
    verdict = request.GET.get("verdict", "")
    if verdict not in Verdict.values:
        raise Http404
    page = load(request, pk)
    require(request.actor, Permission.DELIVERABLE_DECIDE, page.deliverable)
    if request.GET.get("version", str(page.version.pk)) != str(page.version.pk):
        raise VersionReplaced  # what was before the reader's eyes is not what they would answer to (G2)
    form = DecisionForm(initial={"verdict": verdict, "version": page.version.pk})
    return confirmation(request, page, form, verdict)


@require_POST
def create_decision(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Record the decision; refused with its reason when somebody was quicker (409)."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        deliverable = find(request, pk)
        require(request.actor, Permission.DELIVERABLE_DECIDE, deliverable)
        return confirmation(request, load(request, pk), form, request.POST.get("verdict", ""), status=422)
    version_id = form.cleaned_data["version"]
    decide(
        find_asked(request, pk, version_id),
        version_id=version_id,
        verdict=Verdict(form.cleaned_data["verdict"]),
        note=form.cleaned_data["note"],
        actor=request.actor,
        at=now(),
    )
    return redirect(reverse("portal:deliverable", args=[pk]) + "#receipt")


def find_asked(request: PortalRequest, pk: UUID, version_id: UUID) -> Deliverable:
    """A deliverable within reach, or out of sight since this version of it was taken back; raises Http404."""
    try:
        return find(request, pk)
    except Http404:
        rows = Deliverable.objects.taken_back_from(request.actor, version_id)
        return get_object_or_404(rows.select_related("project"), pk=pk)


def confirmation(
    request: PortalRequest, page: Review, form: DecisionForm, verdict: str, *, status: int = 200
) -> HttpResponse:
    """The last page before a decision, or its inside for the dialog."""
    mine = next((each for each in page.approvers if each.contact_id == request.actor.contact_id), None)
    context = {
        "page": page,
        "deliverable": page.deliverable,
        "version": page.version,
        "form": form,
        "verdict": verdict,
        "contact": request.contact,
        "function": mine.function if mine else request.contact.function,
        "client": page.deliverable.client,
        "short_digest": page.version.digest[:12],
    }
    name = "portal/_decision_form.html" if request.htmx else "portal/decision.html"
    return render(request, name, context, status=status)
