"""Putting a message into the outbox, and sending one again that did not arrive, or perhaps not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, Audience, Permission, require
from parvis.core.errors import DomainError
from parvis.core.ids import uuid7
from parvis.events.actions import plain, record
from parvis.events.kinds import EventKind
from parvis.outbox.models import Message

AGAIN = "again:"
"""How the key of a message begins that was sent in place of one in trouble; the id of that one follows."""


class NotInDoubt(DomainError):
    """Somebody sent it again already, or it turned out to be delivered."""

    code: ClassVar[str] = "message_not_in_doubt"
    message = _("This message no longer has to be sent again.")


@dataclass(frozen=True, slots=True)
class Post:
    """What one recipient is to get, under a key that says why."""

    key: str
    payload: Mapping[str, object]
    contact_id: UUID | None = None
    member_id: UUID | None = None
    not_before: datetime | None = None


def enqueue(
    kind: str,
    *,
    key: str,
    workspace_id: UUID,
    payload: Mapping[str, object],
    at: datetime,
    contact_id: UUID | None = None,
    member_id: UUID | None = None,
    not_before: datetime | None = None,
) -> Message | None:
    """Write a message for one recipient, in the caller's transaction; None when `key` was used before.

    `payload` holds ids, numbers and codes; what they mean is looked up when the message is sent.
    """
    post = Post(key, payload, contact_id, member_id, not_before)
    return next(iter(enqueue_all(kind, [post], workspace_id=workspace_id, at=at)), None)


def enqueue_all(kind: str, posts: Iterable[Post], *, workspace_id: UUID, at: datetime) -> list[Message]:
    """Write many messages in as many statements as one; those whose key was not used before."""
    rows = [_row(kind, post, workspace_id, at) for post in posts]
    # Not try-and-catch: on PostgreSQL a refused INSERT would end the caller's transaction.
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    new = set(Message.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.pk in new]


@transaction.atomic
def send_again(message: Message, *, actor: Actor, at: datetime) -> Message:
    """Send once more what did not arrive, or perhaps not: a person's decision, never the worker's (F7).

    A new message, rendered anew: the row of the first goes on telling what became of it. Raises NotInDoubt
    when somebody else decided first.
    """
    require(actor, Permission.MAIL_RESEND, message)
    if not Message.objects.troubled().filter(pk=message.pk).update(result_reason="resent"):
        raise NotInDoubt
    again = enqueue(
        message.kind,
        key=f"{AGAIN}{message.pk}",
        workspace_id=message.workspace_id,
        payload=message.payload,
        at=at,
        contact_id=message.contact_id,
        member_id=message.member_id,
    )
    if again is None:
        raise NotInDoubt
    record(EventKind.MAIL_RESENT, actor=actor, subject=message, at=at, audience=Audience.STAFF)
    return again


def attempts_of(message: Message) -> list[UUID]:
    """The message itself and those in trouble it was sent in place of, the newest first."""
    found, key = [message.pk], message.key
    while key.startswith(AGAIN):
        found.append(UUID(key.removeprefix(AGAIN)))
        key = Message.objects.filter(pk=found[-1]).values_list("key", flat=True).first() or ""
    return found


def first_key(message: Message) -> str:
    """The key its owner wrote: its own, or that of the first it was sent in place of."""
    if not message.key.startswith(AGAIN):
        return message.key
    return Message.objects.values_list("key", flat=True).get(pk=attempts_of(message)[-1])


def _row(kind: str, post: Post, workspace_id: UUID, at: datetime) -> Message:
    """The row of a message that waits."""
    if post.contact_id and post.member_id:
        raise ValueError("A message has one recipient.")
    pk = uuid7()
    return Message(
        id=pk,
        workspace_id=workspace_id,
        kind=kind,
        key=post.key,
        payload={name: plain(value) for name, value in post.payload.items()},
        contact_id=post.contact_id,
        member_id=post.member_id,
        due_at=max(at, post.not_before or at),
        created_at=at,
        rfc_message_id=f"<{pk}@{sender_domain()}>",
    )


def sender_domain() -> str:
    """The domain mails are sent from; part of every Message-ID."""
    _name, address = parseaddr(settings.EMAIL_FROM)
    return address.rpartition("@")[2] or "localhost"
