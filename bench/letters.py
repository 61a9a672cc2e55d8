"""A kind of message whose letter is made already: what is left is the outbox, the mail and the wire."""

from datetime import datetime
from functools import cache

from parvis.config.messages import MESSAGES as OURS
from parvis.mail.letters import OutgoingMail
from parvis.outbox.kinds import MessageKind
from parvis.outbox.models import Message

KIND = "bench"
MESSAGES = {**OURS, KIND: MessageKind(due="bench.letters.due", render="bench.letters.render")}


def due(message: Message, at: datetime) -> str | None:
    """Always."""
    return None


@cache
def body() -> str:
    """As long as an ordinary letter of ours."""
    return "A deliverable is ready for you. " * 30


def render(message: Message, at: datetime) -> OutgoingMail:
    """The same letter for everybody."""
    return OutgoingMail(
        to_address="sarah@bench.test",
        subject="Ready for you",
        html=f"<p>{body()}</p>" * 8,
        text=body(),
        language="en",
    )
