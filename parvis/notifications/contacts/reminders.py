"""Reminders to approvers: which one it is, when the next comes, and that they stop by themselves (G1-23)."""

from datetime import datetime

from django.utils.translation import gettext as _

from parvis.clients.models import Contact, TokenPurpose
from parvis.deliverables.actions.reminders import note_reminded
from parvis.deliverables.models import Deliverable, DeliverableVersion
from parvis.deliverables.reminding import Turn, turns
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.mail.letters import OutgoingMail
from parvis.notifications.contacts.deliverables import Case
from parvis.notifications.contacts.letters import post
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.members import member_by_id
from parvis.notifications.pictures import picture_of
from parvis.notifications.preferences import is_on
from parvis.outbox.actions import first_key
from parvis.outbox.models import Message, MessageState
from parvis.reminders.actions import mark, retry_run
from parvis.reminders.models import ReminderRun
from parvis.reminders.querysets import ReminderRunQuerySet
from parvis.reminders.rules import MAX_REMINDERS, Outcome, SkipReason, next_reminder
from parvis.team.models import Member
from parvis.ui import dates
from parvis.workspaces.calendar import calendar_of

REASONS = {
    "preference": SkipReason.OPTED_OUT,
    "access": SkipReason.NO_ACCESS,
    "not_visible": SkipReason.NO_ACCESS,
    "replaced": SkipReason.ALL_DONE,
    "settled": SkipReason.ALL_DONE,
    "answered": SkipReason.ALL_DONE,
    "locked": SkipReason.LOCKED,
    "cap": SkipReason.CAP,
}
OUTCOMES = {
    MessageState.SENT: Outcome.SENT,
    MessageState.FAILED: Outcome.FAILED,
    MessageState.UNKNOWN: Outcome.UNKNOWN,
}
FIRST = 1


def reminder_due(case: Case, at: datetime) -> str | None:
    """Their answer is still awaited, by them, on this version; and they did not ask for silence."""
    if reason := case.no_longer():
        return reason
    if not case.deliverable.is_awaiting:
        return "settled"
    if not case.deliverable.project.guard.writable:
        return "locked"
    if _turn(case) is None:
        return "answered"
    if not case.is_asked:
        return "not_visible"
    if not is_on(case.person.contact, ContactNotice.REMINDERS, client=case.person.client):
        return "preference"
    return None if _has_room(case.message) else "cap"


def render_reminder(case: Case, at: datetime) -> OutgoingMail:
    """The first is shorter than the mail before it, the last is signed by a person (DESIGN 9)."""
    number = int(case.message.payload["number"])
    with case.person.voice():
        next_on = _next_day(case, at)
        nudger = _nudger(case.message, case.deliverable)
        letter = case.letter(
            "approval_reminder",
            title=_("{title}, version {number}").format(
                title=case.deliverable.title, number=case.version.number
            ),
            preheader=_counted(number, next_on),
            reason=_("You receive this because you are asked to approve this deliverable."),
            button=_("Review and decide"),
            purpose=TokenPurpose.REMINDER,
            notice=ContactNotice.REMINDERS,
            is_bulk=True,
            picture=picture_of(case.version) if number > FIRST else None,
            picture_alt=_("Preview of {title}").format(title=case.deliverable.title),
            words={
                **case.words(at),
                "reminder": number,
                "counted": _counted(number, next_on),
                "is_first": number == FIRST,
                "is_last": next_on == "",
                "signature": nudger or (case.writer if next_on == "" else None),
                "nudged": nudger is not None,
            },
        )
        return post(letter, case.person, at=at)


def reminder_result(message: Message, outcome: str, at: datetime) -> None:
    """Note what became of it: only what arrived counts (K-58d, A-34), and is recorded (G1-41d)."""
    state, key = MessageState(outcome), first_key(message)
    if state is MessageState.CANCELLED:
        reason = REASONS.get(message.result_reason, SkipReason.DISABLED)
        mark(key, Outcome.SKIPPED, reason=reason)
    elif state is MessageState.FAILED and key != message.key and _runs(key).unknown().exists():
        return  # the first perhaps arrived, and goes on counting
    elif state in OUTCOMES and mark(key, OUTCOMES[state]) and state is MessageState.SENT:
        _record(message, at)


def _record(message: Message, at: datetime) -> None:
    assert message.contact_id  # whom the reminder went to
    versions = DeliverableVersion.objects.select_related("deliverable__project")
    version = versions.filter(pk=message.payload["version_id"]).first()
    contact = Contact.objects.filter(pk=message.contact_id).first()
    if version is not None and contact is not None:
        note_reminded(version, contact=contact, at=at)


def _has_room(message: Message) -> bool:
    """Whether it may still leave: one that failed counts anew when a person sends it again (A-22, K-58d)."""
    failed = _runs(first_key(message)).filter(outcome=Outcome.FAILED).first()
    return failed is None or retry_run(failed)


def _runs(key: str) -> ReminderRunQuerySet:
    return ReminderRun.objects.filter(outbox_key=key)


def _turn(case: Case) -> Turn | None:
    waiting = turns(case.deliverable, calendar_of(case.deliverable.workspace_id))
    return next((turn for turn in waiting if turn.slot.contact_id == case.person.id), None)


def _next_day(case: Case, at: datetime) -> str:
    """When the next one comes, in words; empty after the last."""
    turn = _turn(case)
    if turn is None or int(case.message.payload["number"]) >= MAX_REMINDERS:
        return ""
    coming = next_reminder(turn.facts, since=calendar_of(case.deliverable.workspace_id).day_of(at))
    return dates.day(coming.on) if coming else ""


def _counted(number: int, next_on: str) -> str:
    """Which it is, and when the next comes."""
    words = {"number": number, "most": MAX_REMINDERS, "day": next_on}
    if next_on:
        sentence = _(
            "This is reminder {number} of at most {most}. The next one comes on {day}, unless you answer."
        )
    else:
        sentence = _("This is reminder {number}, and the last one.")
    return sentence.format(**words)


def _nudger(message: Message, deliverable: Deliverable) -> Member | None:
    """The member who asked for this very reminder by hand."""
    asked = Event.objects.filter(
        kind=EventKind.DELIVERABLE_NUDGED,
        subject_id=deliverable.pk,
        at=message.created_at,
        values__contact_id=str(message.contact_id),
    )
    return member_by_id(asked.values_list("actor_id", flat=True).first())
