"""Everything mailed, as a mail reader would take it apart; the stand-in ends where the network begins."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from parvis.events.dispatching import dispatch
from parvis.mail.carrier import MailCarrier, Parcel
from parvis.outbox.carrying import PermanentFailure, TransientFailure, Uncertain
from parvis.outbox.delivery import deliver

LINK = re.compile(r"https?://\S+")


class Mail:
    """One delivered mail."""

    def __init__(self, parcel: Parcel) -> None:
        self.message: EmailMessage = message_from_bytes(parcel.content, policy=policy.default)
        self.envelope = (parcel.sender, parcel.recipient)

    @property
    def to(self) -> str:
        return str(self.message["To"].addresses[0].addr_spec)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content())

    @property
    def links(self) -> list[str]:
        """Addresses in the text, in order."""
        return LINK.findall(self.text)

    @property
    def everything(self) -> str:
        """All that the recipient can read, decoded."""
        return "\n".join(
            [*(f"{name}: {value}" for name, value in self.message.items()), self.text, self.html]
        )


class Postbox(MailCarrier):
    """Takes what SMTP would have taken."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []
        self.refuses: set[str] = set()
        self.is_away = False  # the server answers nobody for a while
        self.is_silent = False  # it takes the mail and hangs up without a word

    def open(self) -> None:
        """No server."""

    def close(self) -> None:
        """No server."""

    def carry(self, parcel: Parcel) -> None:
        if parcel.recipient in self.refuses:
            raise PermanentFailure("smtp:550")
        if self.is_away:
            raise TransientFailure("smtp:451")
        if self.is_silent:
            raise Uncertain("SMTPServerDisconnected")
        self.mails.append(Mail(parcel))

    def run(self, at: datetime, *, patience: timedelta = timedelta(seconds=5)) -> list[Mail]:
        """Let the worker do all that is due at `at` (and `patience` later); returns what arrived by it."""
        before = len(self.mails)
        while dispatch(at):
            pass
        for moment in dict.fromkeys((at, at + patience)):
            while deliver(moment, carrier=self):
                while dispatch(moment):
                    pass
        return self.mails[before:]

    def to(self, person: Any) -> list[Mail]:
        """What one person got."""
        address = person.email if hasattr(person, "email") else person.user.email
        return [mail for mail in self.mails if mail.to == address]
