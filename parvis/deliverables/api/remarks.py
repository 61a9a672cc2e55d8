"""Remarks on a version: reading, leaving one, answering, settling, saying where it was handled."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Form, Query, Router, Status
from pydantic import Field

from parvis.access import Permission, require
from parvis.access.requests import ApiRequest
from parvis.conversations.api import (
    NO_FILES,
    CommentAnswer,
    CommentForm,
    Uploads,
    as_written,
    parent_in,
)
from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from parvis.deliverables.actions import (
    add_remark,
    mark_handled,
    reopen_remark,
    reply_to_remark,
    resolve_remark,
)
from parvis.deliverables.actions.remarks import Anchor
from parvis.deliverables.api.deliverables import DELIVERABLE, find_deliverable
from parvis.deliverables.models import Deliverable, DeliverableVersion, Remark
from parvis.files.receiving import received
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer, Body, FieldRefused, Text, UnknownReference

router = Router()

REMARKS = DELIVERABLE + "/remarks"
REMARK = REMARKS + "/{int:number}"

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]


class RemarkAnswer(Answer):
    """A remark with everything said about it; the first comment is the remark itself."""

    id: UUID
    number: int
    version_number: int
    file_id: UUID | None
    page: int | None
    x: float | None
    y: float | None
    is_settled: bool
    settled_at: datetime | None
    handled_in: int | None
    created_at: datetime
    comments: list[CommentAnswer]

    @staticmethod
    def resolve_version_number(row: Remark) -> int:
        return row.version.number

    @staticmethod
    def resolve_is_settled(row: Remark) -> bool:
        return row.thread.is_resolved

    @staticmethod
    def resolve_settled_at(row: Remark) -> datetime | None:
        return row.thread.resolved_at

    @staticmethod
    def resolve_handled_in(row: Remark) -> int | None:
        return row.handled_in.number if row.handled_in else None

    @staticmethod
    def resolve_comments(row: Remark) -> list[ClientComment]:
        return list(row.thread.comments.all())


class RemarkForm(Body):
    """Sent as a form, because files may come with it. A spot needs all of file, page, x and y (G1-42b)."""

    body: Text = ""
    version_number: Annotated[int, Field(ge=1, le=100_000)]
    file_id: UUID | None = None
    page: PageNumber | None = None
    x: Percent | None = Field(None, description="Percent from the left.")
    y: Percent | None = Field(None, description="Percent from the top.")


class HandlingBody(Body):
    version_number: Annotated[int, Field(ge=1, le=100_000)]


class RemarkFilters(Paging):
    is_settled: bool | None = None


@router.get(REMARKS, response=Page[RemarkAnswer])
def list_remarks(request: ApiRequest, deliverable_id: UUID, filters: Query[RemarkFilters]) -> object:
    """Remarks in the order of their numbers, with their comments (G1-14, G1-15)."""
    rows = _remarks(find_deliverable(request, deliverable_id))
    if filters.is_settled is not None:
        rows = rows.filter(thread__resolved_at__isnull=not filters.is_settled)
    return cursor_page(rows, filters, order="number")


@router.post(REMARKS, response={201: RemarkAnswer})
def create_remark(
    request: ApiRequest, deliverable_id: UUID, form: Form[RemarkForm], files: Uploads = NO_FILES
) -> Status[Remark]:
    """A remark of the team, which the client reads too."""
    found, at = find_deliverable(request, deliverable_id), now()
    require(request.actor, Permission.COMMENT_ADD, found)  # before files are stored
    version = _version(found, form.version_number)
    anchor = _anchor(version, form)
    with received(files, actor=request.actor, at=at) as stored:
        remark = add_remark(
            found,
            version_id=version.pk,
            body=form.body,
            anchor=anchor,
            files=stored,
            actor=request.actor,
            at=at,
        )
    return Status(201, _remark(request, deliverable_id, remark.number))


@router.get(REMARK, response=RemarkAnswer)
def get_remark(request: ApiRequest, deliverable_id: UUID, number: int) -> Remark:
    """One remark."""
    return _remark(request, deliverable_id, number)


@router.post(REMARK + "/comments", response={201: CommentAnswer})
def create_reply(
    request: ApiRequest,
    deliverable_id: UUID,
    number: int,
    form: Form[CommentForm],
    files: Uploads = NO_FILES,
) -> Status[ClientComment]:
    """An answer, to the remark itself or to one of its comments (G1-15)."""
    remark, at = _remark(request, deliverable_id, number), now()
    require(request.actor, Permission.COMMENT_ADD, remark.deliverable)
    parent = parent_in(remark.thread, form.parent_id)
    with received(files, actor=request.actor, at=at) as stored:
        comment = reply_to_remark(
            remark, body=form.body, parent=parent, files=stored, actor=request.actor, at=at
        )
    return Status(201, as_written(comment))


@router.put(REMARK + "/settlement", response=RemarkAnswer)
def settle_remark(request: ApiRequest, deliverable_id: UUID, number: int) -> Remark:
    """Settle a remark (G1-18); says nothing about approval (A-16)."""
    remark = _remark(request, deliverable_id, number)
    resolve_remark(remark, actor=request.actor, at=now())
    return remark


@router.delete(REMARK + "/settlement", response=RemarkAnswer)
def open_remark_again(request: ApiRequest, deliverable_id: UUID, number: int) -> Remark:
    """Open a settled remark again."""
    remark = _remark(request, deliverable_id, number)
    reopen_remark(remark, actor=request.actor, at=now())
    return remark


@router.put(REMARK + "/handling", response=RemarkAnswer)
def set_handling(request: ApiRequest, deliverable_id: UUID, number: int, body: HandlingBody) -> Remark:
    """Say in which version a remark is handled (G1-17)."""
    remark = _remark(request, deliverable_id, number)
    version = _version(remark.deliverable, body.version_number)
    mark_handled(remark, version=version, actor=request.actor, at=now())
    return remark


@router.delete(REMARK + "/handling", response=RemarkAnswer)
def clear_handling(request: ApiRequest, deliverable_id: UUID, number: int) -> Remark:
    """It is not handled after all."""
    remark = _remark(request, deliverable_id, number)
    mark_handled(remark, version=None, actor=request.actor, at=now())
    return remark


def _remarks(deliverable: Deliverable) -> QuerySet[Remark]:
    comments = Prefetch("thread__comments", queryset=ClientComment.objects.in_order())
    rows = Remark.objects.filter(deliverable=deliverable).select_related("thread", "version", "handled_in")
    return rows.prefetch_related(comments)


def _remark(request: ApiRequest, deliverable_id: UUID, number: int) -> Remark:
    """The remark of this very deliverable, or 404."""
    found = find_deliverable(request, deliverable_id)
    remark = get_object_or_404(_remarks(found), number=number)
    remark.deliverable = found
    return remark


def _version(deliverable: Deliverable, number: int) -> DeliverableVersion:
    """Raises UnknownReference."""
    version = DeliverableVersion.objects.filter(deliverable=deliverable, number=number).first()
    if version is None:
        raise UnknownReference("version_number")
    return version


def _anchor(version: DeliverableVersion, form: RemarkForm) -> Anchor | None:
    """The spot, if one was given; it stands on a file of this very version. Raises FieldRefused."""
    if form.file_id is None and form.page is None and form.x is None and form.y is None:
        return None
    if form.file_id is None or form.page is None or form.x is None or form.y is None:
        raise FieldRefused("file_id", _("A spot needs a file, a page, and both distances."))
    if not version.files.filter(file=form.file_id).exists():
        raise UnknownReference("file_id")
    return Anchor(form.file_id, form.page, form.x, form.y)
