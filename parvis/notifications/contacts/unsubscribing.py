"""The signed address in a mail's foot: choose messages, or stop one kind with one press (C2, RFC 8058).

It holds no access: whoever has it may change what this contact is told, and read nothing.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from parvis.clients.models import Client, Contact
from parvis.http.links import portal_url
from parvis.notifications.contacts.readers import Reader
from parvis.notifications.kinds import ContactNotice

SALT = "notifications.unsubscribe"
MAX_AGE = timedelta(days=400)  # people keep mails; an old one must still be able to say no


@dataclass(frozen=True, slots=True)
class Choosing:
    """Whose messages are chosen, and which kind the mail was of."""

    contact: Contact
    client: Client
    notice: ContactNotice


def unsubscribe_url(reader: Reader, notice: ContactNotice) -> str:
    """The address for this contact, client and kind of message."""
    content = [str(reader.contact.pk), str(reader.client.pk), notice.value]
    signed = signing.dumps(content, salt=SALT, compress=True)
    return portal_url(reader.workspace, "contact_notices:unsubscribe", signed=signed)


def read_unsubscribe(signed: str, *, workspace_id: UUID) -> Choosing | None:
    """What the address says; None for a forged or very old one, or for another workspace's."""
    try:
        contact_id, client_id, notice = signing.loads(signed, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    contact = Contact.objects.existing().filter(pk=contact_id, workspace=workspace_id).first()
    client = Client.objects.filter(pk=client_id, workspace=workspace_id).first()
    if contact is None or client is None:
        return None
    return Choosing(contact, client, ContactNotice(notice))
