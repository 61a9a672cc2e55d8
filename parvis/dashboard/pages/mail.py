"""Messages of the outbox in words: to whom, about what, how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.clients.models import Contact
from parvis.outbox.models import Message, MessageState
from parvis.team.models import Member

FAMILIES = {
    MessageState.NEW: "work",
    MessageState.SENDING: "work",
    MessageState.SENT: "done",
    MessageState.FAILED: "stop",
    MessageState.UNKNOWN: "wait",
    MessageState.CANCELLED: "mute",
}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message with its recipient's name."""

    message: Message
    recipient: str
    family: str

    @property
    def may_resend(self) -> bool:
        """Only what is in doubt, and only once (F7)."""
        return self.message.state == MessageState.UNKNOWN and not self.message.result_reason


def recipients_of(messages: Sequence[Message]) -> list[MessageLine]:
    """The lines of a page; two queries for the names."""
    contacts = Contact.objects.in_bulk([m.contact_id for m in messages if m.contact_id])
    members = Member.objects.in_bulk([m.member_id for m in messages if m.member_id])
    lines = []
    for message in messages:
        person = contacts.get(message.contact_id) or members.get(message.member_id)
        family = FAMILIES[MessageState(message.state)]
        lines.append(MessageLine(message, person.name if person else "–", family))
    return lines
