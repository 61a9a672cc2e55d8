"""What the clock brings: reminders to approvers, and one escalation per version (R-04)."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from parvis.core.calendar import WorkCalendar, last_send_day, start_of_day
from parvis.core.slices import in_batches, perform_each
from parvis.deliverables.actions.reminders import Reminder, escalate, remind
from parvis.deliverables.models import Deliverable
from parvis.deliverables.reminding import SUBJECT_TYPE, turns_at
from parvis.reminders.actions import note_sweep
from parvis.reminders.models import Sweep
from parvis.reminders.rules import due_at
from parvis.workspaces.calendar import calendar_of

log = logging.getLogger(__name__)

BATCH = 100
"""How many versions are looked at in one go: a second's work on a slow machine."""


def due(at: datetime) -> dict[str, int]:
    """A slice of what is due at that moment: reminders queued, escalations, versions looked at on the way."""
    looked_at, reminders = _remind_approvers(at)
    return {
        "approval_reminders": reminders,
        "approvals_looked_at": looked_at,
        "escalations": _escalate_overdue(at),
    }


def _remind_approvers(at: datetime) -> tuple[int, int]:
    """At most a batch over all workspaces: versions looked at, reminders queued."""
    waiting = Deliverable.objects.at_client().filter(
        purpose="approval", policy__reminder_every_days__isnull=False, project__client__deleted_at=None
    )
    counts = Counter[str]()
    for workspace_id in waiting.order_by().values_list("workspace", flat=True).distinct():
        room = BATCH - counts["looked_at"]
        if room <= 0:
            break
        counts += _remind_in(workspace_id, waiting.filter(workspace=workspace_id), room, at)
    return counts["looked_at"], counts["reminders"]


def _remind_in(workspace_id: UUID, waiting: QuerySet[Deliverable], room: int, at: datetime) -> Counter[str]:
    """Up to `room` versions of one workspace; whose calendar cannot be read stops no other's reminders."""
    counts = Counter[str]()
    try:
        calendar = calendar_of(workspace_id)
        day = last_send_day(at, calendar)
    except OperationalError:
        raise
    except Exception:
        log.exception("The calendar of workspace %s cannot be read", workspace_id)
        return counts
    for batch in in_batches(_not_looked_at(waiting, day, calendar), room):
        counts += _remind_each(workspace_id, batch, day, calendar=calendar, at=at)
        if counts["looked_at"] >= room:  # versions that cannot be reminded of take nobody's place
            break
    return counts


def _not_looked_at(
    waiting: QuerySet[Deliverable], day: date, calendar: WorkCalendar
) -> QuerySet[Deliverable]:
    """Versions of one workspace that the clock has not looked at on that send day."""
    looked_at = Sweep.objects.of(SUBJECT_TYPE, OuterRef("current_version"), day)
    # What was submitted on the send day itself is reminded one period later at the earliest.
    older = waiting.filter(submitted_at__lt=start_of_day(day, calendar.zone))
    return older.filter(~Exists(looked_at)).select_related("project", "policy")


def _remind_each(
    workspace_id: UUID, batch: Sequence[Deliverable], day: date, *, calendar: WorkCalendar, at: datetime
) -> Counter[str]:
    """Remind all of them in one go; where one cannot be, one by one, so that it alone is left out."""
    try:
        return _remind_all(workspace_id, batch, day, calendar=calendar, at=at)
    except OperationalError:
        raise
    except Exception:
        log.exception("%d versions could not be reminded of in one go", len(batch))
    counts = Counter[str]()

    def remind_one(deliverable: Deliverable) -> int:
        counts.update(_remind_all(workspace_id, [deliverable], day, calendar=calendar, at=at))
        return 1

    perform_each(batch, remind_one)
    return counts


def _remind_all(
    workspace_id: UUID, batch: Sequence[Deliverable], day: date, *, calendar: WorkCalendar, at: datetime
) -> Counter[str]:
    """Remind whoever has to answer these, and note that they were looked at."""
    planned = [
        Reminder(deliverable, turn, line)
        for deliverable, turn in turns_at(batch, calendar)
        for line in due_at(turn.facts, valid_from=turn.since, at=at, calendar=calendar)
    ]
    with transaction.atomic():
        reminders = remind(planned, calendar=calendar, at=at)
        versions = [one.current_version_id for one in batch if one.current_version_id]
        note_sweep(workspace_id, SUBJECT_TYPE, versions, day)
    return Counter(reminders=reminders, looked_at=len(batch))


def _escalate_overdue(at: datetime) -> int:
    late = Deliverable.objects.overdue(at).filter(
        purpose="approval", escalated_at=None, policy__escalates=True, project__client__deleted_at=None
    )
    count = 0
    for batch in in_batches(late.select_related("project"), BATCH):
        count += perform_each(batch, lambda deliverable: escalate(deliverable, at=at))
        if count >= BATCH:
            break
    return count
