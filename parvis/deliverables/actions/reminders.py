"""Reminding an approver: by the clock, by hand; and telling the owner when it is too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, Permission, require
from parvis.clients.models import Contact
from parvis.core.calendar import WorkCalendar
from parvis.deliverables.errors import ApproverCannotAnswer, NobodyToRemind, WantsNoReminders
from parvis.deliverables.models import Deliverable, DeliverableVersion
from parvis.deliverables.reminding import Turn, turns
from parvis.deliverables.rules import AWAITING
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.outbox.actions import Post, enqueue_all
from parvis.reminders.actions import claim_runs, count_towards_cap, counts_towards_cap
from parvis.reminders.rules import MAX_REMINDERS, Cause, Planned, ReminderKind
from parvis.workspaces.calendar import calendar_of

REMINDER = "contacts.approval_reminder"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One planned day of one approver."""

    deliverable: Deliverable
    turn: Turn
    line: Planned


@transaction.atomic
def remind(reminders: Sequence[Reminder], *, calendar: WorkCalendar, at: datetime) -> int:
    """Write down planned days of one workspace and queue the mails of those that send; how many mails.

    Days that somebody else wrote down are left out (F9). The number of statements does not grow with that of
    the reminders.
    """
    runs = claim_runs(
        [(one.turn.target, one.line) for one in reminders],
        kind=ReminderKind.PERIODIC,
        calendar=calendar,
        at=at,
    )
    keys = {run.outbox_key for run in runs if run.outbox_key}
    sending = [one for one in reminders if one.line.sends and one.turn.target.key(one.line.on) in keys]
    if sending:
        _queue(sending, at=at)
    return len(sending)


def note_reminded(version: DeliverableVersion, *, contact: Contact, at: datetime) -> None:
    """Record that a reminder has left: one that waits may still be held back (G1-41d).

    `version` comes with its deliverable and project.
    """
    record(
        EventKind.DELIVERABLE_REMINDED,
        actor=Actor.system(version.workspace_id),
        subject=version.deliverable,
        at=at,
        audience=Audience.STAFF,
        values={"version": version.number, "contact_id": contact.pk},
        names={"contact": contact.name},
    )


@transaction.atomic
def nudge(deliverable: Deliverable, *, contact_id: UUID, actor: Actor, at: datetime) -> None:
    """Remind one approver now, by hand; it counts towards the cap (A-22).

    Raises NobodyToRemind; ApproverCannotAnswer and WantsNoReminders where no mail would leave (A-31, A-10).
    Nobody is reminded of a closed project, where nothing can be decided (A-13, A-33).
    """
    require(actor, Permission.DELIVERABLE_PUBLISH, deliverable)
    if not deliverable.project.guard.writable:
        raise NobodyToRemind
    calendar = calendar_of(deliverable.workspace_id)
    turn = next((t for t in turns(deliverable, calendar) if t.slot.contact_id == contact_id), None)
    if turn is None or count_towards_cap(turn.target) >= MAX_REMINDERS:
        raise NobodyToRemind
    if turn.facts.no_access:
        raise ApproverCannotAnswer
    if turn.facts.opted_out:
        raise WantsNoReminders
    line = Planned(on=calendar.day_of(at), cause=Cause.EVERY_PERIOD)
    if not remind([Reminder(deliverable, turn, line)], calendar=calendar, at=at):  # reminded today already
        raise NobodyToRemind
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


def _queue(reminders: Sequence[Reminder], *, at: datetime) -> None:
    """The mails of reminders of one workspace."""
    workspace_id = reminders[0].deliverable.workspace_id
    numbers = counts_towards_cap([one.turn.target for one in reminders])
    posts = [
        Post(
            one.turn.target.key(one.line.on),
            {
                "client_id": one.deliverable.client_id,
                "deliverable_id": one.deliverable.pk,
                "version_id": one.deliverable.current_version_id,
                "number": numbers[one.turn.target],
            },
            contact_id=one.turn.slot.contact_id,
        )
        for one in reminders
    ]
    enqueue_all(REMINDER, posts, workspace_id=workspace_id, at=at)
