"""Leaving a remark, answering one, settling one."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from parvis.access import Actor, Permission, require
from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from parvis.core.prepared import NumberValue, prepared
from parvis.deliverables.actions import add_remark, reopen_remark, reply_to_remark, resolve_remark
from parvis.deliverables.models import Deliverable, DeliverableVersion, Remark
from parvis.deliverables.stage import anchor_at, stage_files
from parvis.files.receiving import received
from parvis.http.pages import one_or_404
from parvis.portal.forms import RemarkForm, ReplyForm
from parvis.portal.requests import PortalRequest
from parvis.portal.views.review import load, review_context


@require_POST
def create_remark(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A remark on the version the reader had before them."""
    deliverable = find(request, pk)
    require(request.actor, Permission.COMMENT_ADD, deliverable)  # before files are stored
    form = RemarkForm(request.POST, request.FILES)
    if not form.is_valid():
        page = load(request, pk)
        context = review_context(request, page, remark_form=form)
        return answer(request, context, status=422)
    values = form.cleaned_data
    version = get_object_or_404(DeliverableVersion, deliverable=deliverable, pk=values["version"])
    anchor = anchor_at(stage_files(version), values["anchor_page"], values["anchor_x"], values["anchor_y"])
    with received(values["attachments"], actor=request.actor, at=now()) as files:
        remark = add_remark(
            deliverable,
            version_id=version.pk,
            body=values["body"],
            actor=request.actor,
            at=now(),
            anchor=anchor,
            files=files,
        )
    return after(request, pk, remark.number)


@require_POST
def create_reply(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    """An answer within a remark."""
    remark = find_remark(request, pk, number)
    require(request.actor, Permission.COMMENT_ADD, remark.deliverable)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        context = review_context(request, load(request, pk), reply_form=form, replies_to=number)
        return answer(request, context, status=422)
    values = form.cleaned_data
    parent = None
    if values["parent"]:
        parent = get_object_or_404(ClientComment, thread=remark.thread, pk=values["parent"])
    with received(values["attachments"], actor=request.actor, at=now()) as files:
        reply_to_remark(
            remark,
            body=values["body"],
            actor=request.actor,
            at=now(),
            parent=parent,
            files=files,
            version_id=values["version"],
        )
    return after(request, pk, number)


@require_POST
def resolve(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    """Close a remark as satisfied; it says nothing about approval (G1-18, A-16)."""
    resolve_remark(find_remark(request, pk, number), actor=request.actor, at=now())
    return after(request, pk, None)


@require_POST
def reopen(request: PortalRequest, pk: UUID, number: int) -> HttpResponse:
    """Open a settled remark again."""
    reopen_remark(find_remark(request, pk, number), actor=request.actor, at=now())
    return after(request, pk, number)


def find(request: PortalRequest, pk: UUID) -> Deliverable:
    """A deliverable within reach, with its project; raises Http404."""
    return one_or_404(_within_reach(request.actor, pk))


@prepared
def _within_reach(actor: Actor, pk: UUID) -> QuerySet[Deliverable]:
    rows = Deliverable.objects.visible_to(actor).filter(pk=pk)
    return rows.select_related("project", "current_version")


def find_remark(request: PortalRequest, pk: UUID, number: int) -> Remark:
    """A remark of a deliverable within reach; raises Http404."""
    deliverable = find(request, pk)
    remark = one_or_404(_numbered(deliverable.pk, NumberValue(number)))
    remark.deliverable = deliverable
    return remark


@prepared
def _numbered(deliverable_id: UUID, number: NumberValue) -> QuerySet[Remark]:
    rows = Remark.objects.filter(deliverable=deliverable_id, number=number)
    return rows.select_related("thread", "version")


def after(request: PortalRequest, pk: UUID, number: int | None) -> HttpResponse:
    """The thread with what has changed: for htmx the fragments, otherwise the page at the remark."""
    if request.htmx:
        return answer(request, review_context(request, load(request, pk), arrived=number))
    place = f"#remark-{number}" if number else ""
    return redirect(reverse("portal:deliverable", args=[pk]) + place)


def answer(request: PortalRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """Side, stage and decision bar as fragments, or the whole page."""
    name = "portal/_review_parts.html" if request.htmx else "portal/review.html"
    return render(request, name, context, status=status)
