"""Reminding an approver: by the clock, by hand; and telling the owner when it is too late."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, Permission, require
from parvis.core.calendar import WorkCalendar
from parvis.deliverables.errors import NobodyToRemind
from parvis.deliverables.models import Deliverable
from parvis.deliverables.reminding import Turn, turns
from parvis.deliverables.rules import AWAITING
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.outbox.actions import enqueue
from parvis.reminders.actions import claim_run, count_towards_cap
from parvis.reminders.models import ReminderRun
from parvis.reminders.rules import MAX_REMINDERS, Cause, Planned, ReminderKind
from parvis.workspaces.calendar import calendar_of

REMINDER = "contacts.approval_reminder"


@transaction.atomic
def remind(
    deliverable: Deliverable, turn: Turn, line: Planned, *, calendar: WorkCalendar, at: datetime
) -> bool:
    """Write down one planned day and, if it sends, queue its mail; False when somebody else did."""
    run = claim_run(turn.target, line, kind=ReminderKind.PERIODIC, calendar=calendar, at=at)
    if run is None:
        return False
    if line.sends:
        _queue(deliverable, turn, run, at=at)
    return True


@transaction.atomic
def nudge(deliverable: Deliverable, *, contact_id: UUID, actor: Actor, at: datetime) -> None:
    """Remind one approver now, by hand; it counts towards the cap (A-22). Raises NobodyToRemind.

    Nobody is reminded of a closed project, where nothing can be decided (A-13, A-33).
    """
    require(actor, Permission.DELIVERABLE_PUBLISH, deliverable)
    if not deliverable.project.guard.writable:
        raise NobodyToRemind
    calendar = calendar_of(deliverable.workspace_id)
    turn = next((t for t in turns(deliverable, calendar) if t.slot.contact_id == contact_id), None)
    if turn is None or count_towards_cap(turn.target) >= MAX_REMINDERS:
        raise NobodyToRemind
    line = Planned(on=calendar.day_of(at), cause=Cause.EVERY_PERIOD)
    run = claim_run(turn.target, line, kind=ReminderKind.PERIODIC, calendar=calendar, at=at)
    if run is None:  # reminded today already
        raise NobodyToRemind
    _queue(deliverable, turn, run, at=at)
    record(
        EventKind.DELIVERABLE_NUDGED,
        actor=actor,
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"version": deliverable.current_number, "contact_id": contact_id},
        names={"contact": turn.slot.contact.name},
    )


@transaction.atomic
def escalate(deliverable: Deliverable, *, at: datetime) -> bool:
    """Say once per version that the deadline has passed (G1-24, A-14); False when it was said."""
    late = Deliverable.objects.filter(
        pk=deliverable.pk,
        state__in=AWAITING,
        current_version=deliverable.current_version_id,
        due_at__lt=at,
        escalated_at=None,
    )
    if not late.update(escalated_at=at):
        return False
    deliverable.escalated_at = at
    record(
        EventKind.DELIVERABLE_ESCALATED,
        actor=Actor.system(deliverable.workspace_id),
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"version": deliverable.current_number, "version_id": deliverable.current_version_id},
    )
    return True


def _queue(deliverable: Deliverable, turn: Turn, run: ReminderRun, *, at: datetime) -> None:
    enqueue(
        REMINDER,
        key=run.outbox_key,
        workspace_id=deliverable.workspace_id,
        payload={
            "client_id": deliverable.client_id,
            "deliverable_id": deliverable.pk,
            "version_id": deliverable.current_version_id,
            "number": count_towards_cap(turn.target),
        },
        at=at,
        contact_id=turn.slot.contact_id,
    )
    record(
        EventKind.DELIVERABLE_REMINDED,
        actor=Actor.system(deliverable.workspace_id),
        subject=deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"version": deliverable.current_number, "contact_id": turn.slot.contact_id},
        names={"contact": turn.slot.contact.name},
    )
