"""Messages of the outbox in words: to whom, about what, how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from parvis.notifications.inbox.troubles import explain_trouble
from parvis.notifications.recipients import recipients_of
from parvis.outbox.models import TROUBLED, Message, MessageState

FAMILIES = {
    MessageState.NEW: "work",
    MessageState.SENDING: "work",
    MessageState.SENT: "done",
    MessageState.FAILED: "stop",
    MessageState.UNKNOWN: "wait",
    MessageState.CANCELLED: "mute",
}


WORDS = {
    "contacts.invitation": _("Invitation into the portal"),
    "contacts.access_link": _("Access link"),
    "contacts.device_notice": _("Notice of a new device"),
    "contacts.deliverable_ready": _("A deliverable is ready"),
    "contacts.deliverable_withdrawn": _("A version was withdrawn"),
    "contacts.escalation": _("An approval is overdue"),
    "contacts.approval_reminder": _("Reminder of an approval"),
    "contacts.receipt": _("Receipt of a decision"),
    "contacts.decision": _("Copy of a decision"),
    "contacts.replies": _("Answers to comments"),
    "contacts.activity": _("What happened"),
    "staff.decision": _("A client has decided"),
    "staff.comments": _("A client has written"),
    "staff.mention": _("A mention"),
    "staff.document": _("A client has sent a file"),
    "staff.escalation": _("An approval is overdue"),
    "staff.invitation_accepted": _("An invitation was used"),
    "staff.member_joined": _("Somebody joined the team"),
    "staff.mail_trouble": _("A message could not be delivered"),
    "signin.password_reset": _("A new password"),
    "team.invitation": _("Invitation into the team"),
}
"""Every kind of `config.messages`, as a member calls it."""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message with its recipient's name."""

    message: Message
    recipient: str
    family: str

    @property
    def about(self) -> str:
        """What the message is about."""
        return str(WORDS.get(self.message.kind, ""))

    @property
    def trouble(self) -> str:
        """What happened and what helps; empty while all is well."""
        return explain_trouble(self.message) if self.message.state in TROUBLED else ""


def lines_of(messages: Sequence[Message]) -> list[MessageLine]:
    """The lines of a page; three queries for the names."""
    known = recipients_of(messages)
    return [
        MessageLine(
            message,
            known[message.pk].name if message.pk in known else "–",
            FAMILIES[MessageState(message.state)],
        )
        for message in messages
    ]
