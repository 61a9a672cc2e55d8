"""A real SMTP server for one test, and the mailboxes behind it."""

from datetime import timedelta

from aiosmtpd.controller import Controller
from django.utils import translation

from parvis.clients.models import Contact
from parvis.core.clock import now
from parvis.files.due import make_waiting_previews
from parvis.mail.carrier import Parcel
from parvis.notifications.tests.postbox import Mail
from parvis.outbox.worker import tick
from tests.processes import free_port

LATER = (timedelta(), timedelta(seconds=5))  # mails about one thing wait a moment for each other


class Post:
    """Takes what Parvis sends, and does the worker's part between two scenes."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self._server = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=60)
        self.url = f"smtp://127.0.0.1:{self._server.port}"

    def open(self) -> None:
        self._server.start()

    def close(self) -> None:
        self._server.stop()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        recipient, *others = envelope.rcpt_tos
        assert not others, "One recipient per mail"
        self.mails.append(Mail(Parcel(envelope.mail_from, recipient, envelope.content)))
        return "250 accepted"

    def work(self) -> None:
        """Draw previews, tell what happened, deliver what is due; the worker knows no reader's language."""
        with translation.override("en"):
            make_waiting_previews(now())
            for wait in LATER:
                tick(now() + wait)

    def newest_to(self, person: object) -> Mail:
        """The last mail in somebody's mailbox."""
        return self.all_to(person)[-1]

    def all_to(self, person: object) -> list[Mail]:
        """Everything in somebody's mailbox, oldest first."""
        address = person.email if isinstance(person, Contact) else person.user.email  # type: ignore[attr-defined]
        return [mail for mail in self.mails if mail.to == address]
