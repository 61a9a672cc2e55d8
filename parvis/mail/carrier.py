"""Carries outbox messages as mail."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail.message import sanitize_address

from parvis.mail.composing import compose, envelope_address, to_bytes
from parvis.mail.letters import OutgoingMail
from parvis.mail.transport import Connection, server_from
from parvis.outbox.carrying import PermanentFailure
from parvis.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail ready to go: envelope and content."""

    sender: str
    recipient: str
    content: bytes


class MailCarrier:
    """The outbox's way out by SMTP, to the server of `PARVIS_EMAIL_URL`."""

    def __init__(self) -> None:
        self._connection = Connection(server_from(settings.EMAIL_URL))

    def open(self) -> None:
        """Connect."""
        self._connection.open()

    def pack(self, rendered: OutgoingMail, message: Message, at: datetime) -> Parcel:
        """Compose the mail, all of it, so that one that cannot be written fails before it is marked."""
        email = compose(rendered, message, at)
        try:
            sender = envelope_address(sanitize_address(email.from_email, "ascii"))
            recipient = envelope_address(sanitize_address(email.to[0], "ascii"))
            (sender + recipient).encode("ascii")
        except (UnicodeError, ValueError) as error:
            raise PermanentFailure("InvalidAddress") from error
        return Parcel(sender, recipient, to_bytes(email))

    def carry(self, parcel: Parcel) -> None:
        """Send it."""
        self._connection.send(parcel.sender, parcel.recipient, parcel.content)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
