"""The kind of message of the crash suite: a real access link, and an owner who hears how its mail ended."""

from datetime import timedelta

from parvis.outbox.actions import enqueue
from parvis.outbox.kinds import MessageKind

HERE = "tests.crashes.letters"
ENTRANCE = "parvis.notifications.contacts.entrance"
MESSAGES = {
    "letter": MessageKind(f"{ENTRANCE}.access_due", f"{ENTRANCE}.render_access_link", f"{HERE}.result")
}
FAR_AWAY = timedelta(days=3650)


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
