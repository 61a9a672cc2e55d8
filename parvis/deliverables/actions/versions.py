"""Publishing a version, taking it back, and noting who fetched its files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from parvis.access import Actor, Audience, Permission, require
from parvis.core.calendar import add_working_days, end_of_working_day
from parvis.deliverables.actions.deliverables import (
    refuse_where_nobody_could_approve,
    refuse_who_may_not_decide,
)
from parvis.deliverables.errors import (
    AlreadyChanged,
    CannotWithdraw,
    NoApprover,
    NothingToPublish,
    TooFewApprovers,
)
from parvis.deliverables.models import (
    ApprovalPolicy,
    ApproverSlot,
    Deliverable,
    DeliverableVersion,
    Remark,
    VersionFile,
)
from parvis.deliverables.rules import AWAITING, DeliverableState, Purpose, begins_round
from parvis.events.actions import Happening, record, record_all
from parvis.events.kinds import EventKind
from parvis.files.models import StoredFile
from parvis.projects.models import Project
from parvis.workspaces.calendar import calendar_of

Outcome = DeliverableVersion.Outcome


@transaction.atomic
def publish_version(
    deliverable: Deliverable,
    *,
    files: Sequence[StoredFile],
    actor: Actor,
    at: datetime,
    note: str = "",
    settles: Sequence[UUID] = (),
    deadline_days: int | None = None,
) -> DeliverableVersion:
    """Show a new version to the client: all votes start anew (A-15), the deadline runs (G1-22).

    A version that still waited is replaced. `settles` are ids of remarks handled in this version
    (G1-17); `deadline_days` overrides the policy's working days for this version.
    Raises NothingToPublish, NoApprover, TooFewApprovers, ApproverMayNotDecide, ApproverHasNoAccess,
    NobodyCouldApprove, or AlreadyChanged where the deliverable was deleted meanwhile.
    """
    require(actor, Permission.DELIVERABLE_PUBLISH, deliverable)
    if not files:
        raise NothingToPublish
    assert actor.member_id  # no contact and no clock publishes
    # The parent row first, so that a decision made at this moment meets this publication here (G2).
    if not Deliverable.objects.existing().filter(pk=deliverable.pk).update(revision=F("revision") + 1):
        raise AlreadyChanged
    deliverable.refresh_from_db()
    policy = ApprovalPolicy.objects.get(deliverable=deliverable)
    _refuse_without_approvers(deliverable, policy)

    due_at = _deadline(deliverable, policy if deadline_days is None else deadline_days, at)
    version = _add_version(
        deliverable, files=files, note=note, due_at=due_at, member_id=actor.member_id, at=at
    )
    _show(deliverable, version, at=at)
    values = {"version": version.number, "version_id": version.pk, "purpose": deliverable.purpose}
    submitted = Happening(EventKind.DELIVERABLE_SUBMITTED, deliverable, Audience.CLIENT, values)
    record_all([submitted, *_handle(deliverable, settles, version)], actor=actor, at=at)
    _warn_of_rounds(deliverable, version, actor=actor, at=at)
    return version


@transaction.atomic
def withdraw_version(deliverable: Deliverable, *, actor: Actor, at: datetime) -> None:
    """Take back what still waits: a draft again. Raises CannotWithdraw.

    The client goes on seeing what was shown before, if anything was, and nothing of this version.
    """
    require(actor, Permission.DELIVERABLE_PUBLISH, deliverable)
    waiting = Deliverable.objects.filter(pk=deliverable.pk, state__in=AWAITING)
    if not waiting.update(
        state=DeliverableState.DRAFT, due_at=None, revision=F("revision") + 1, updated_at=at
    ):
        raise CannotWithdraw
    DeliverableVersion.objects.filter(deliverable=deliverable, outcome=Outcome.WAITING).update(
        outcome=Outcome.WITHDRAWN, settled_at=at
    )
    before = DeliverableVersion.objects.filter(deliverable=deliverable).exclude(outcome=Outcome.WITHDRAWN)
    Deliverable.objects.filter(pk=deliverable.pk).update(shown_version=before.order_by("-number").first())
    # What it handled is open again for the next version.
    Remark.objects.filter(handled_in=deliverable.current_version_id).update(handled_in=None)
    deliverable.refresh_from_db()
    record(
        EventKind.DELIVERABLE_WITHDRAWN,
        actor=actor,
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"version": deliverable.current_number, "version_id": deliverable.current_version_id},
    )


@transaction.atomic
def record_download(version: DeliverableVersion, file: StoredFile, *, actor: Actor, at: datetime) -> None:
    """Note that a contact fetched a file (A-39); what the team does itself is not counted."""
    deliverable = version.deliverable
    require(actor, Permission.DELIVERABLE_SEE, deliverable)
    if not actor.is_contact or actor.is_preview:
        return
    record(
        EventKind.DELIVERABLE_DOWNLOADED,
        actor=actor,
        subject=deliverable,
        at=at,
        audience=Audience.CLIENT,
        values={"version": version.number, "file_id": file.pk},
        names={"file": file.name},
    )


def digest_of(files: Sequence[StoredFile]) -> str:
    """SHA-256 over the files' SHA-256 in order: what exactly a version consists of."""
    return hashlib.sha256("\n".join(file.sha256 for file in files).encode()).hexdigest()


def _refuse_without_approvers(deliverable: Deliverable, policy: ApprovalPolicy) -> None:
    if deliverable.purpose != Purpose.APPROVAL:
        return
    refuse_where_nobody_could_approve(deliverable)
    slots = list(ApproverSlot.objects.filter(deliverable=deliverable).values_list("contact_id", flat=True))
    if not slots:
        raise NoApprover
    if policy.required_approvers > len(slots):
        raise TooFewApprovers
    refuse_who_may_not_decide(deliverable, slots)


def _add_version(
    deliverable: Deliverable,
    *,
    files: Sequence[StoredFile],
    note: str,
    due_at: datetime | None,
    member_id: UUID,
    at: datetime,
) -> DeliverableVersion:
    """The next version with its files, in the place of one that still waited."""
    waiting = DeliverableVersion.objects.filter(deliverable=deliverable, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.SUPERSEDED, settled_at=at)
    version = DeliverableVersion.objects.create(
        workspace_id=deliverable.workspace_id,
        deliverable=deliverable,
        number=deliverable.current_number + 1,
        note=note.strip(),
        digest=digest_of(files),
        submitted_at=at,
        submitted_by_id=member_id,
        due_at=due_at,
    )
    VersionFile.objects.bulk_create(
        VersionFile(workspace_id=deliverable.workspace_id, version=version, file=file, position=position)
        for position, file in enumerate(files)
    )
    return version


def _handle(
    deliverable: Deliverable, remark_ids: Sequence[UUID], version: DeliverableVersion
) -> list[Happening]:
    """Mark remarks as handled in the version (G1-17); what is to be recorded of each."""
    remarks = list(Remark.objects.filter(deliverable=deliverable, pk__in=remark_ids))
    Remark.objects.filter(pk__in=[remark.pk for remark in remarks]).update(handled_in=version)
    return [
        Happening(
            EventKind.REMARK_HANDLED,
            deliverable,
            Audience.CLIENT,
            {"version": version.number, "remark": remark.number, "remark_id": remark.pk},
        )
        for remark in remarks
    ]


def _deadline(deliverable: Deliverable, terms: ApprovalPolicy | int, at: datetime) -> datetime | None:
    """The end of the N-th working day after submission, in the workspace's zone (G1-22, A-35)."""
    days = terms if isinstance(terms, int) else terms.deadline_days
    if not days or deliverable.purpose == Purpose.INFORMATION:
        return None
    calendar = calendar_of(deliverable.workspace_id)
    return end_of_working_day(add_working_days(calendar.day_of(at), days, calendar), calendar)


def _show(deliverable: Deliverable, version: DeliverableVersion, *, at: datetime) -> None:
    """Make the version the current one."""
    Deliverable.objects.filter(pk=deliverable.pk).update(
        state=DeliverableState.PENDING,
        current_version=version,
        shown_version=version,
        current_number=version.number,
        submitted_at=at,
        due_at=version.due_at,
        settled_at=None,
        escalated_at=None,
        rounds_used=deliverable.rounds_used + begins_round(deliverable.state, deliverable.purpose),
        updated_at=at,
    )
    Project.objects.filter(pk=deliverable.project_id).update(published_at=at, updated_at=at)
    deliverable.refresh_from_db()


def _warn_of_rounds(
    deliverable: Deliverable, version: DeliverableVersion, *, actor: Actor, at: datetime
) -> None:
    if not deliverable.has_exceeded_rounds:
        return
    record(
        EventKind.DELIVERABLE_ROUNDS_EXCEEDED,
        actor=actor,
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={
            "version": version.number,
            "rounds_used": deliverable.rounds_used,
            "maximum_rounds": deliverable.maximum_rounds,
        },
    )
