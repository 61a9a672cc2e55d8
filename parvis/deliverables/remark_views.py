"""The team's side of the talk about a version: remarks, answers, settling, "handled in version N"."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from parvis.access import Permission, require
from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from parvis.deliverables.actions import (
    add_remark,
    mark_handled,
    reopen_remark,
    reply_to_remark,
    resolve_remark,
)
from parvis.deliverables.forms import RemarkForm
from parvis.deliverables.models import DeliverableVersion, Remark
from parvis.deliverables.stage import anchor_at, stage_files
from parvis.deliverables.views import find_deliverable, render_deliverable
from parvis.files.receiving import received
from parvis.http.pages import uuid_of
from parvis.signin.requests import AgencyRequest


@require_POST
def remarks(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """A remark of the team, which the client reads too (G1-14, G1-42b)."""
    found, at = find_deliverable(request, pk), now()
    require(request.actor, Permission.COMMENT_ADD, found)  # before files are stored
    form = RemarkForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_deliverable(request, found, status=422, remark_form=form)
    data = form.cleaned_data
    version = get_object_or_404(DeliverableVersion, deliverable=found, pk=data["version"])
    anchor = anchor_at(stage_files(version), data["anchor_page"], data["anchor_x"], data["anchor_y"])
    with received(data["files"], actor=request.actor, at=at) as files:
        remark = add_remark(
            found,
            version_id=version.pk,
            body=data["body"],
            anchor=anchor,
            files=files,
            actor=request.actor,
            at=at,
        )
    return _to(remark)


@require_POST
def replies(request: AgencyRequest, pk: UUID, number: int) -> HttpResponse:
    """An answer, nested below the comment it answers (G1-15)."""
    remark, at = _remark(request, pk, number), now()
    require(request.actor, Permission.COMMENT_ADD, remark.deliverable)
    parent = None
    if request.POST.get("parent"):
        rows = ClientComment.objects.filter(thread=remark.thread)
        parent = get_object_or_404(rows, pk=uuid_of(request.POST["parent"]))
    with received(request.FILES.getlist("files"), actor=request.actor, at=at) as files:
        reply_to_remark(
            remark,
            body=request.POST.get("body", ""),
            parent=parent,
            files=files,
            actor=request.actor,
            at=at,
        )
    return _to(remark)


@require_POST
def resolution(request: AgencyRequest, pk: UUID, number: int) -> HttpResponse:
    """Settle a remark, or open it again (G1-18)."""
    remark = _remark(request, pk, number)
    if request.POST.get("settled") == "no":
        reopen_remark(remark, actor=request.actor, at=now())
    else:
        resolve_remark(remark, actor=request.actor, at=now())
    return _to(remark)


@require_POST
def handling(request: AgencyRequest, pk: UUID, number: int) -> HttpResponse:
    """Say in which version a remark is handled (G1-17); empty takes it back."""
    remark = _remark(request, pk, number)
    version = None
    if request.POST.get("version"):
        rows = DeliverableVersion.objects.filter(deliverable=remark.deliverable)
        version = get_object_or_404(rows, pk=uuid_of(request.POST["version"]))
    mark_handled(remark, version=version, actor=request.actor, at=now())
    return _to(remark)


def _remark(request: AgencyRequest, pk: UUID, number: int) -> Remark:
    """A remark of a deliverable within reach, or 404."""
    found: Any = find_deliverable(request, pk)
    remark = get_object_or_404(
        Remark.objects.select_related("thread", "version"), deliverable=found, number=number
    )
    remark.deliverable = found
    return remark


def _to(remark: Remark) -> HttpResponse:
    """Back to the page, at the remark."""
    url = reverse("deliverables:deliverable", args=[remark.deliverable_id])
    side = "settled" if remark.thread.is_resolved else "open"
    return redirect(f"{url}?side={side}#remark-{remark.number}")
