"""A kind of message for the crash suite: a letter with a token, and an owner who hears how it ended."""

import hashlib
import secrets
from datetime import timedelta

from parvis.mail.letters import OutgoingMail
from parvis.outbox.actions import enqueue
from parvis.outbox.kinds import MessageKind
from parvis.outbox.models import WorkerBeat

HERE = "tests.crashes.letters"
MESSAGES = {"letter": MessageKind(f"{HERE}.is_due", f"{HERE}.render", f"{HERE}.result")}
FAR_AWAY = timedelta(days=3650)


def is_due(message, at):
    return None


def render(message, at):
    """The hash is stored with the state `sending`, the token itself only in the letter."""
    token = secrets.token_hex(16)
    WorkerBeat.objects.create(process=hashed(token), started_at=at, seen_at=at)
    return OutgoingMail(
        to_address="sarah@acme.example",
        subject="Your link",
        html=f"<p>token={token}</p>",
        text=f"token={token}",
        language="en",
    )


def result(message, outcome, at):
    """Noted in a message that never becomes due: its key counts how often the owner heard what."""
    enqueue(
        "heard",
        key=f"{outcome}:{message.pk}",
        workspace_id=message.workspace_id,
        payload={},
        at=at,
        not_before=at + FAR_AWAY,
    )


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()
