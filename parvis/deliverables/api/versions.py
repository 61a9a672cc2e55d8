"""Versions of a deliverable: publishing, taking back, following, reminding, downloading."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from parvis.access import Permission, require
from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.deliverables.actions import nudge, publish_version, record_download, withdraw_version
from parvis.deliverables.api.deliverables import DELIVERABLE, DeliverableAnswer, find_deliverable
from parvis.deliverables.models import (
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    Remark,
    Verdict,
    VersionFile,
)
from parvis.deliverables.tracking import Tracking, tracking
from parvis.files.receiving import received
from parvis.files.serving import send
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import (
    A_FILE,
    Answer,
    Body,
    Days,
    FileAnswer,
    Text,
    UnknownReference,
    all_referred,
)

router = Router()

Ids = Annotated[list[UUID], Field(max_length=200)]


class PublishedAnswer(Answer):
    """One publication; `digest` is what exactly an approver approves."""

    id: UUID
    number: int
    note: str
    digest: str
    submitted_at: datetime
    submitted_by_id: UUID
    due_at: datetime | None
    outcome: str
    settled_at: datetime | None
    files: list[FileAnswer]

    @staticmethod
    def resolve_files(row: DeliverableVersion) -> list[object]:
        return [listed.file for listed in row.files.all()]


class PublicationForm(Body):
    note: Text = Field("", description="What changed; the client reads it.")
    settles: Ids = Field([], description="Remarks handled in this version (G1-17).")
    deadline_days: Days | None = Field(None, description="Working days; else those of the terms.")


class TrackedAnswer(Answer):
    contact_id: UUID
    name: str
    function: str
    verdict: Verdict | None
    decided_at: datetime | None
    note: str
    opened_at: datetime | None
    waiting_since: datetime | None
    reminders_sent: int
    next_reminder_on: date | None
    cannot_answer: bool
    wants_no_reminders: bool


class TrackingAnswer(Answer):
    """Who was asked, who answered, who is waited for (G1-26)."""

    submitted_at: datetime | None
    due_at: datetime | None
    is_overdue: bool
    escalated_at: datetime | None
    state: DeliverableState
    required: int
    elapsed_days: int | None
    approvers: list[TrackedAnswer]


class ReminderBody(Body):
    contact_id: UUID


@router.get(DELIVERABLE + "/versions", response=Page[PublishedAnswer])
def list_versions(request: ApiRequest, deliverable_id: UUID, paging: Query[Paging]) -> object:
    """Every publication, the newest first."""
    rows = DeliverableVersion.objects.filter(deliverable=find_deliverable(request, deliverable_id))
    return cursor_page(rows.prefetch_related("files__file"), paging, order="-number")


@router.post(DELIVERABLE + "/versions", response={201: PublishedAnswer})
def create_version(
    request: ApiRequest,
    deliverable_id: UUID,
    form: Form[PublicationForm],
    files: File[list[UploadedFile]],
) -> Status[DeliverableVersion]:
    """Show a new version to the client: votes start anew, the deadline runs (A-15, G1-22)."""
    found, at = find_deliverable(request, deliverable_id), now()
    require(request.actor, Permission.DELIVERABLE_PUBLISH, found)  # before files are stored
    all_referred(Remark.objects.filter(deliverable=found), form.settles, "settles")
    with received(files, actor=request.actor, at=at) as stored:
        version = publish_version(
            found,
            files=stored,
            note=form.note,
            settles=form.settles,
            deadline_days=form.deadline_days,
            actor=request.actor,
            at=at,
        )
    return Status(201, version)


@router.delete(DELIVERABLE + "/submission", response=DeliverableAnswer)
def withdraw_submission(request: ApiRequest, deliverable_id: UUID) -> Deliverable:
    """Take back what still waits: a draft again, out of the client's sight."""
    found = find_deliverable(request, deliverable_id)
    withdraw_version(found, actor=request.actor, at=now())
    return found


@router.get(DELIVERABLE + "/tracking", response=TrackingAnswer)
def get_tracking(request: ApiRequest, deliverable_id: UUID) -> Tracking:
    """The tracking panel of the current version (G1-26)."""
    return tracking(find_deliverable(request, deliverable_id), now())


@router.post(DELIVERABLE + "/reminders", response={204: None})
def create_reminder(request: ApiRequest, deliverable_id: UUID, body: ReminderBody) -> Status[None]:
    """Remind one approver now, by hand; 409 where there is nobody to remind (A-22)."""
    found = find_deliverable(request, deliverable_id)
    if not found.slots.filter(contact=body.contact_id).exists():
        raise UnknownReference("contact_id")
    nudge(found, contact_id=body.contact_id, actor=request.actor, at=now())
    return Status(204, None)


@router.get(DELIVERABLE + "/files/{uuid:file_id}", openapi_extra=A_FILE)
def download_version_file(request: ApiRequest, deliverable_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The bytes of a file of one of its versions."""
    found = find_deliverable(request, deliverable_id)
    rows = VersionFile.objects.filter(version__deliverable=found, file=file_id)
    listed = rows.select_related("file", "version__deliverable__project").first()
    if listed is None:
        raise Http404
    record_download(listed.version, listed.file, actor=request.actor, at=now())
    return send(listed.file, request)
