"""Mails that failed, or may not have arrived: a person has to know, nothing is sent again by itself (F7)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.clients.models import Client
from parvis.deliverables.models import Deliverable, DeliverableVersion
from parvis.events.models import Event
from parvis.http.links import agency_path
from parvis.mail.letters import OutgoingMail
from parvis.notifications.contacts.reminders import reminder_result
from parvis.notifications.inbox.actions import put, settle
from parvis.notifications.kinds import InboxKind, MemberNotice
from parvis.notifications.members import administrators, answerable, concerned
from parvis.notifications.models import InboxItem
from parvis.notifications.preferences import is_on
from parvis.notifications.recipients import recipients_of
from parvis.notifications.staff.letters import StaffLetter, member_of, post, voice, why_not
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message, MessageState
from parvis.team.models import Member
from parvis.workspaces.calendar import calendar_of

KIND = "staff.mail_trouble"
TROUBLED = (MessageState.FAILED, MessageState.UNKNOWN)


def report(message: Message, outcome: str, at: datetime) -> None:
    """The result of every mail: in trouble, it lies in the inbox of whoever is responsible.

    That is, for a mail to the team, its administrators, but not the one whose own address fails.
    """
    key = f"mail:{message.pk}"
    if MessageState(outcome) not in TROUBLED:
        # A worker may know better after all: `unknown` turned into `sent`.
        settle(key, workspace_id=message.workspace_id, at=at)
        return
    client, people = _whose(message)
    put(
        people,
        kind=InboxKind.MAIL_TROUBLE,
        key=key,
        subject_type=Message._meta.label,
        subject_id=message.pk,
        client_id=client.pk if client else None,
        at=at,
    )
    day = calendar_of(message.workspace_id).day_of(at)
    for member in people:
        if is_on(member, MemberNotice.MAIL_TROUBLE):
            # One mail a day: a server that refuses everything must not fill another mailbox.
            enqueue(
                KIND,
                key=f"{KIND}:{member.pk}:{day}",
                workspace_id=message.workspace_id,
                payload={},
                at=at,
                member_id=member.pk,
            )


def report_reminder(message: Message, outcome: str, at: datetime) -> None:
    """The same for a reminder, which also counts what became of it (K-58d)."""
    reminder_result(message, outcome, at)
    report(message, outcome, at)


def mail_resent(event: Event) -> None:
    """Somebody sent it again: it leaves every inbox it lies in."""
    settle(f"mail:{event.subject_id}", workspace_id=event.workspace_id, at=event.at)


def trouble_due(message: Message, at: datetime) -> str | None:
    """Something is still in trouble."""
    if reason := why_not(message, MemberNotice.MAIL_TROUBLE):
        return reason
    return None if _open_troubles(message) else "settled"


def render_trouble(message: Message, at: datetime) -> OutgoingMail:
    """Who did not get a message; what it said stays on the page behind sign-in."""
    member, troubles = member_of(message), _open_troubles(message)
    known = recipients_of(troubles)
    count = len(troubles)
    with voice(member):
        unknown = _("somebody who was deleted")
        names = list(dict.fromkeys(known[each.pk].name if each.pk in known else unknown for each in troubles))
        title = ngettext(
            "{count} message may not have arrived", "{count} messages may not have arrived", count
        )
        letter = StaffLetter(
            template="mail_trouble",
            title=title.format(count=count),
            preheader=", ".join(names[:3]),
            button=_("Open my inbox"),
            path=agency_path("notifications:inbox"),
            notice=MemberNotice.MAIL_TROUBLE,
            words={"names": names[:10], "count": count},
        )
        return post(letter, member, at=at)


def _whose(message: Message) -> tuple[Client | None, list[Member]]:
    """The client a message was for, and who answers for what it was about."""
    if message.contact_id is None:
        return None, [one for one in administrators(message.workspace_id) if one.pk != message.member_id]
    deliverable = deliverable_of(message)
    if deliverable is not None:
        people = concerned(deliverable.project, responsible=deliverable.responsible)
        return deliverable.client, people
    clients = Client.objects.select_related("owner__user")
    client = clients.filter(pk=message.payload.get("client_id")).first()
    return client, answerable(client) if client else []


def deliverable_of(message: Message) -> Deliverable | None:
    """What a message was about, where it was about a deliverable."""
    rows = Deliverable.objects.select_related(
        "client__owner__user", "project__client__owner__user", "project__assignee__user", "responsible__user"
    )
    if pk := message.payload.get("deliverable_id"):
        return rows.filter(pk=pk).first()
    if pk := message.payload.get("version_id"):
        return rows.filter(pk__in=DeliverableVersion.objects.filter(pk=pk).values("deliverable")).first()
    if pk := message.payload.get("decision_id"):
        return rows.filter(decisions=pk).first()
    return None


def _open_troubles(message: Message) -> list[Message]:
    """The member's items that are still about a message in trouble."""
    items = InboxItem.objects.filter(member=message.member_id, kind=InboxKind.MAIL_TROUBLE).exclude(
        state="done"
    )
    return list(Message.objects.troubled().filter(pk__in=items.values("subject_id")).order_by("created_at"))
