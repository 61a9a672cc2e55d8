"""What the clock brings: reminders to approvers, and one escalation per version (R-04)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from parvis.deliverables.actions.reminders import escalate, remind
from parvis.deliverables.models import Deliverable
from parvis.deliverables.reminding import turns
from parvis.reminders.rules import due_at
from parvis.workspaces.calendar import calendar_of

BATCH = 200


def due(at: datetime) -> dict[str, int]:
    """Perform everything due at that moment; counts of reminders queued and escalations."""
    return {"approval_reminders": _remind_approvers(at), "escalations": _escalate_overdue(at)}


def _remind_approvers(at: datetime) -> int:
    sent = 0
    waiting = Deliverable.objects.at_client().filter(
        purpose="approval", policy__reminder_every_days__isnull=False, project__client__deleted_at=None
    )
    for deliverable in _in_batches(waiting):
        calendar = calendar_of(deliverable.workspace_id)
        for turn in turns(deliverable, calendar):
            for line in due_at(turn.facts, valid_from=turn.since, at=at, calendar=calendar):
                done = remind(deliverable, turn, line, calendar=calendar, at=at)
                sent += done and line.sends
    return sent


def _escalate_overdue(at: datetime) -> int:
    late = Deliverable.objects.overdue(at).filter(
        escalated_at=None, policy__escalates=True, project__client__deleted_at=None
    )
    return sum(escalate(deliverable, at=at) for deliverable in _in_batches(late))


def _in_batches(rows: QuerySet[Deliverable]) -> Iterator[Deliverable]:
    """The rows in the order of their ids, read in batches so that nothing long stays open."""
    rows = rows.select_related("project", "policy", "client").order_by("pk")
    last = None
    while batch := list((rows.filter(pk__gt=last.pk) if last else rows)[:BATCH]):
        yield from batch
        last = batch[-1]
