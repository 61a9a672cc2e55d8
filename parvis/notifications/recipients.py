"""To whom messages of the outbox go, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from parvis.clients.models import Contact
from parvis.outbox.models import Message
from parvis.team.models import Member, MemberInvitation


@dataclass(frozen=True, slots=True)
class Recipient:
    """A contact, a member, or somebody invited into the team."""

    name: str
    address: str


def recipients_of(messages: Iterable[Message]) -> dict[UUID, Recipient]:
    """By the message's id; those who were deleted are missing. Three queries at most."""
    messages = list(messages)
    contacts = Contact.objects.in_bulk([each.contact_id for each in messages if each.contact_id])
    members = Member.objects.select_related("user")
    members_by_id = members.in_bulk([each.member_id for each in messages if each.member_id])
    invited = MemberInvitation.objects.in_bulk(
        [UUID(each.payload["invitation"]) for each in messages if "invitation" in each.payload]
    )
    found = {}
    for each in messages:
        if contact := contacts.get(each.contact_id):
            found[each.pk] = Recipient(contact.name, contact.email)
        elif member := members_by_id.get(each.member_id):
            found[each.pk] = Recipient(member.name, member.user.email)
        elif "invitation" in each.payload and (one := invited.get(UUID(each.payload["invitation"]))):
            found[each.pk] = Recipient(one.name or one.email, one.email)
    return found
