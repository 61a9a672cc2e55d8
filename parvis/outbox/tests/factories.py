"""Messages, a kind of message and a way out, for tests."""

import threading
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ImproperlyConfigured

from parvis.core.ids import uuid7
from parvis.outbox.actions import enqueue
from parvis.outbox.carrying import TransientFailure
from parvis.outbox.kinds import MessageKind
from parvis.outbox.models import Message, WorkerBeat
from parvis.workspaces.models import Workspace

AT = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)

HERE = "parvis.outbox.tests.factories"
KIND = MessageKind(f"{HERE}.is_due", f"{HERE}.render", f"{HERE}.result")
MESSAGES = {
    "letter": KIND,
    "deaf": MessageKind(f"{HERE}.is_due", f"{HERE}.render", f"{HERE}.stumble"),
    "reminder": MessageKind(f"{HERE}.is_due", f"{HERE}.render", is_patient=True),
}
SETTING = f"{HERE}.MESSAGES"
RESULTS: list[tuple[str, str]] = []


def make_workspace(slug="nord"):
    return Workspace.objects.create(slug=slug, name="Atelier Nord", created_at=AT)


def make_message(workspace, key="welcome:1", kind="letter", **more):
    payload = more.pop("payload", {})
    contact_id = more.pop("contact_id", None) or uuid7()
    at = more.pop("at", AT)
    return enqueue(
        kind, key=key, workspace_id=workspace.pk, payload=payload, at=at, contact_id=contact_id, **more
    )


def is_due(message, at):
    return message.payload.get("cancel")


def render(message, at):
    """A row beside the text, as an access token would be: it must live and die with the state `sending`."""
    WorkerBeat.objects.create(process=f"token:{uuid7()}", started_at=at, seen_at=at)
    if message.payload.get("bug"):
        raise ZeroDivisionError
    if message.payload.get("uncommittable"):  # points to a workspace that is not there
        Message.objects.create(workspace_id=uuid7(), key="lost", due_at=at, created_at=at)
    return f"text of {message.key}"


def result(message, outcome, at):
    RESULTS.append((message.key, outcome))


def stumble(message, outcome, at):
    raise ZeroDivisionError


def nowhere():
    """A carrier that cannot even be made, as with an address that is none."""
    raise ImproperlyConfigured


class Basket:
    """A way out that keeps what it carries; `fails` says what happens to a message instead."""

    def __init__(self, closed=None, **fails):
        self.carried = []
        self.closed = TransientFailure("ConnectionRefusedError") if closed is True else closed
        self._fails = fails
        self._lock = threading.Lock()

    def open(self):
        if self.closed:
            raise self.closed

    def pack(self, rendered, message, at):
        failure = self._fails.get("pack_" + message.key)
        if failure:
            raise failure
        return message.key

    def carry(self, parcel):
        failure = self._fails.get(parcel)
        if failure:
            raise failure
        with self._lock:
            self.carried.append(parcel)

    def close(self):
        pass
