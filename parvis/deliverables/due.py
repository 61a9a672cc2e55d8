"""What the clock brings: reminders to approvers, and one escalation per version (R-04)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from parvis.core.calendar import last_send_day, start_of_day
from parvis.deliverables.actions.reminders import escalate, remind
from parvis.deliverables.models import Deliverable
from parvis.deliverables.reminding import SUBJECT_TYPE, turns
from parvis.projects.rules import CLOSED
from parvis.reminders.actions import note_sweep
from parvis.reminders.models import Sweep
from parvis.reminders.rules import due_at
from parvis.workspaces.calendar import calendar_of

BATCH = 200


def due(at: datetime) -> dict[str, int]:
    """Perform everything due at that moment; counts of reminders queued and escalations."""
    return {"approval_reminders": _remind_approvers(at), "escalations": _escalate_overdue(at)}


def _remind_approvers(at: datetime) -> int:
    waiting = Deliverable.objects.at_client().filter(
        purpose="approval", policy__reminder_every_days__isnull=False, project__client__deleted_at=None
    )
    workspace_ids = waiting.order_by().values_list("workspace", flat=True).distinct()
    return sum(_remind_in(workspace_id, waiting, at) for workspace_id in workspace_ids)


def _remind_in(workspace_id: UUID, waiting: QuerySet[Deliverable], at: datetime) -> int:
    """Reminders of one workspace, looking at each waiting version once per send day."""
    calendar, sent = calendar_of(workspace_id), 0
    day = last_send_day(at, calendar)
    looked_at = Sweep.objects.of(SUBJECT_TYPE, OuterRef("current_version"), day)
    # What was submitted on the send day itself is reminded one period later at the earliest.
    older = waiting.filter(workspace=workspace_id, submitted_at__lt=start_of_day(day, calendar.zone))
    for batch in _batches(older.filter(~Exists(looked_at))):
        for deliverable in batch:
            for turn in turns(deliverable, calendar):
                for line in due_at(turn.facts, valid_from=turn.since, at=at, calendar=calendar):
                    done = remind(deliverable, turn, line, calendar=calendar, at=at)
                    sent += done and line.sends
        versions = [one.current_version_id for one in batch if one.current_version_id]
        note_sweep(workspace_id, SUBJECT_TYPE, versions, day)
    return sent


def _escalate_overdue(at: datetime) -> int:
    late = Deliverable.objects.overdue(at).filter(
        purpose="approval", escalated_at=None, policy__escalates=True, project__client__deleted_at=None
    )
    late = late.exclude(project__status__in=CLOSED)  # nobody can answer there
    return sum(escalate(deliverable, at=at) for batch in _batches(late) for deliverable in batch)


def _batches(rows: QuerySet[Deliverable]) -> Iterator[list[Deliverable]]:
    """The rows in the order of their ids, read in batches so that nothing long stays open."""
    rows = rows.select_related("project", "policy", "client").order_by("pk")
    last = None
    while batch := list((rows.filter(pk__gt=last.pk) if last else rows)[:BATCH]):
        yield batch
        last = batch[-1]
