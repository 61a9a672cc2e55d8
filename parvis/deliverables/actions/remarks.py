"""Remarks on a version: leaving one, answering, settling, saying where it was handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from parvis.access import Actor, Audience, Permission, require
from parvis.conversations.actions import add_comment, open_thread, reopen_thread, resolve_thread
from parvis.conversations.models import ClientComment
from parvis.core.prepared import prepared
from parvis.deliverables.actions.visits import visited
from parvis.deliverables.errors import VersionTakenBack
from parvis.deliverables.models import Deliverable, DeliverableVersion, Remark
from parvis.deliverables.rules import Verdict
from parvis.events.actions import Happening, record, record_all
from parvis.events.kinds import EventKind
from parvis.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Anchor:
    """A spot on a page of a file: percent from the left and from the top (G1-42b)."""

    file_id: UUID
    page: int
    x: Decimal
    y: Decimal


@transaction.atomic
def add_remark(
    deliverable: Deliverable,
    *,
    version_id: UUID,
    body: str,
    actor: Actor,
    at: datetime,
    anchor: Anchor | None = None,
    files: Sequence[StoredFile] = (),
) -> Remark:
    """A new remark on a version, numbered like its pin. Raises EmptyComment, VersionTakenBack."""
    require(actor, Permission.COMMENT_ADD, deliverable)
    return write_remark(
        deliverable, version_id=version_id, body=body, actor=actor, at=at, anchor=anchor, files=files
    )


@transaction.atomic
def write_remark(
    deliverable: Deliverable,
    *,
    version_id: UUID,
    body: str,
    actor: Actor,
    at: datetime,
    anchor: Anchor | None = None,
    files: Sequence[StoredFile] = (),
    refused_verdict: Verdict | None = None,
) -> Remark:
    """The remark itself, for callers that have asked for the permission.

    `refused_verdict` marks the words of a decision that came too late (A-15).
    """
    # The parent row first: two remarks left together get two numbers, and a withdrawal comes before or after.
    Deliverable.objects.filter(pk=deliverable.pk).update(
        revision=F("revision") + 1,
        comment_count=F("comment_count") + 1,
        open_remark_count=F("open_remark_count") + 1,
        updated_at=at,
    )
    version = DeliverableVersion.objects.get(deliverable=deliverable, pk=version_id)
    if not actor.is_contact:  # whose words are kept, whatever became of the version meanwhile
        _refuse_taken_back(version)
    thread = open_thread(
        workspace_id=deliverable.workspace_id,
        client_id=deliverable.client_id,
        project_id=deliverable.project_id,
        at=at,
    )
    remark = Remark.objects.create(
        workspace_id=deliverable.workspace_id,
        deliverable=deliverable,
        version=version,
        thread=thread,
        number=Remark.objects.filter(deliverable=deliverable).count() + 1,
        created_at=at,
        **_place(version, anchor),
    )
    comment = add_comment(
        thread,
        body=body,
        actor=actor,
        at=at,
        files=files,
        involved=deliverable.involved,
        version_number=version.number,
        refused_verdict=refused_verdict or "",
    )
    _after_comment(deliverable, remark, comment, actor=actor, at=at, is_reply=False)
    return remark


@transaction.atomic
def reply_to_remark(
    remark: Remark,
    *,
    body: str,
    actor: Actor,
    at: datetime,
    parent: ClientComment | None = None,
    files: Sequence[StoredFile] = (),
    version_id: UUID | None = None,
) -> ClientComment:
    """An answer in a remark's thread; without `parent`, to the remark itself. Raises EmptyComment.

    `version_id` is the version its writer had on the screen, the current one where nothing else is known.
    """
    deliverable = remark.deliverable
    require(actor, Permission.COMMENT_ADD, deliverable)
    comment = add_comment(
        remark.thread,
        body=body,
        actor=actor,
        at=at,
        parent=parent or next(iter(_first_comment(remark.thread_id)), None),
        files=files,
        involved=deliverable.involved,
        version_number=_number_of(deliverable, version_id),
    )
    Deliverable.objects.filter(pk=deliverable.pk).update(comment_count=F("comment_count") + 1, updated_at=at)
    _after_comment(deliverable, remark, comment, actor=actor, at=at, is_reply=True)
    return comment


def _number_of(deliverable: Deliverable, version_id: UUID | None) -> int:
    """The number of the version with this id, of the current one if it is none of the deliverable's."""
    if version_id not in (None, deliverable.current_version_id):
        for version in DeliverableVersion.objects.filter(deliverable=deliverable, pk=version_id):
            return version.number
    return deliverable.current_number


@prepared
def _first_comment(thread_id: UUID) -> QuerySet[ClientComment]:
    return ClientComment.objects.filter(thread=thread_id).order_by("at", "id")[:1]


@transaction.atomic
def resolve_remark(remark: Remark, *, actor: Actor, at: datetime) -> None:
    """Settle a remark (G1-18); says nothing about approval (A-16). Raises ThreadAlreadyResolved."""
    require(actor, Permission.THREAD_RESOLVE, remark.deliverable)
    resolve_thread(remark.thread, actor=actor, at=at)
    _count_open(remark.deliverable, -1)
    _record_about(EventKind.THREAD_RESOLVED, remark, actor=actor, at=at)


@transaction.atomic
def reopen_remark(remark: Remark, *, actor: Actor, at: datetime) -> None:
    """Open a settled remark again. Raises ThreadNotResolved."""
    require(actor, Permission.THREAD_RESOLVE, remark.deliverable)
    reopen_thread(remark.thread)
    _count_open(remark.deliverable, 1)
    _record_about(EventKind.THREAD_REOPENED, remark, actor=actor, at=at)


@transaction.atomic
def mark_handled(remark: Remark, *, version: DeliverableVersion | None, actor: Actor, at: datetime) -> None:
    """Say in which version a remark was handled (G1-17); None takes it back. Raises VersionTakenBack."""
    require(actor, Permission.DELIVERABLE_EDIT, remark.deliverable)
    if version is not None and version.deliverable_id != remark.deliverable_id:
        raise ValueError("a remark is handled in a version of its own deliverable")
    if version is not None:
        # The parent row first: a withdrawal under way comes before this, or takes it back.
        Deliverable.objects.filter(pk=remark.deliverable_id).update(revision=F("revision") + 1)
        version.refresh_from_db(fields=["outcome"])
        _refuse_taken_back(version)
    Remark.objects.filter(pk=remark.pk).update(handled_in=version)
    remark.handled_in = version
    if version is not None:
        _record_about(EventKind.REMARK_HANDLED, remark, actor=actor, at=at, version=version.number)


def _refuse_taken_back(version: DeliverableVersion) -> None:
    if version.outcome == DeliverableVersion.Outcome.WITHDRAWN:
        raise VersionTakenBack


def _place(version: DeliverableVersion, anchor: Anchor | None) -> dict[str, object]:
    """The anchor as columns, if it points to a file of this very version."""
    if anchor is None or not version.files.filter(file=anchor.file_id).exists():
        return {}
    return {"file_id": anchor.file_id, "page": anchor.page, "x": anchor.x, "y": anchor.y}


def _after_comment(
    deliverable: Deliverable,
    remark: Remark,
    comment: ClientComment,
    *,
    actor: Actor,
    at: datetime,
    is_reply: bool,
) -> None:
    happened: list[Happening] = []
    # Words on an older version, or of an answer that came too late, say nothing about the present one.
    saw_current = comment.version_number == deliverable.current_number and not comment.refused_verdict
    if actor.is_contact and saw_current:
        happened += visited(deliverable, actor=actor, at=at, commented=True)
    values: dict[str, object] = {
        "version": remark.version.number,
        "remark_id": remark.pk,
        "remark": remark.number,
        "comment_id": comment.pk,
        "is_reply": is_reply,
    }
    if comment.refused_verdict:
        values["refused_verdict"] = comment.refused_verdict
    happened.append(Happening(EventKind.DELIVERABLE_COMMENTED, deliverable, Audience.CLIENT, values))
    record_all(happened, actor=actor, at=at)


def _count_open(deliverable: Deliverable, change: int) -> None:
    Deliverable.objects.filter(pk=deliverable.pk).update(open_remark_count=F("open_remark_count") + change)


def _record_about(kind: EventKind, remark: Remark, *, actor: Actor, at: datetime, **values: object) -> None:
    record(
        kind,
        actor=actor,
        subject=remark.deliverable,
        at=at,
        audience=Audience.CLIENT,
        values={"version": remark.version.number, "remark": remark.number, "remark_id": remark.pk, **values},
    )
