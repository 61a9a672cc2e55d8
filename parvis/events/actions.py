"""Recording what happened, and erasing the names it mentions."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from parvis.access import Actor, ActorKind, Audience, Guard
from parvis.events.digests import digest_names
from parvis.events.kinds import EventKind
from parvis.events.models import Event, EventDelivery, EventNames, WaitingSeal

WORD = re.compile(r"[A-Za-z0-9_.:+-]{0,80}")
"""What a text in `values` may look like: a code, an identifier, a date. Never what somebody wrote."""


class Subject(Protocol):
    """Whatever an event can be about: a saved row that tells what protects it."""

    @property
    def pk(self) -> Any: ...

    @property
    def guard(self) -> Guard: ...

    @property
    def _meta(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to one thing, and who may hear of it; `values` and `names` as `record` explains them."""

    kind: EventKind
    subject: Subject
    audience: Audience
    values: Mapping[str, object] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def record(
    kind: EventKind,
    *,
    actor: Actor,
    subject: Subject,
    at: datetime,
    audience: Audience,
    values: Mapping[str, object] | None = None,
    names: Mapping[str, str] | None = None,
) -> Event:
    """Write down what happened, in the caller's transaction, with a delivery for every subscriber.

    `values` holds numbers, identifiers and codes only; whatever names a person or a thing goes to `names`
    (`actor` and `subject` are copied there by themselves), from where it can be erased.
    Raises RuntimeError outside a transaction, because change and event must commit together.
    """
    happening = Happening(kind, subject, audience, values or {}, names or {})
    return record_all([happening], actor=actor, at=at)[0]


def record_all(happenings: Iterable[Happening], *, actor: Actor, at: datetime) -> list[Event]:
    """Write down all that happened in one step, in this order, with as many statements as for one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() needs the transaction of the change it records.")
    written = [_written(one, actor=actor, at=at) for one in happenings]
    events = Event.objects.bulk_create(event for event, _names in written)
    EventNames.objects.bulk_create(names for _event, names in written)
    WaitingSeal.objects.bulk_create(WaitingSeal(event=event) for event in events)
    subscribers: Mapping[str, Sequence[str]] = import_string(settings.SUBSCRIBERS)
    EventDelivery.objects.bulk_create(
        EventDelivery(event=event, subscriber=subscriber, next_at=at)
        for event in events
        for subscriber in subscribers.get(event.kind, ())
    )
    return events


def _written(happening: Happening, *, actor: Actor, at: datetime) -> tuple[Event, EventNames]:
    """The rows of one event; what it names stands in the second, from where it can be erased."""
    subject, guard = happening.subject, happening.subject.guard
    if guard.workspace_id != actor.workspace_id:
        raise ValueError("An actor of one workspace cannot make history in another.")
    spoken = {"actor": actor.name, "subject": str(subject), **happening.names}
    salt = secrets.token_hex(16)
    event = Event(
        workspace_id=guard.workspace_id,
        kind=EventKind(happening.kind).value,
        at=at,
        audience=Audience(happening.audience).value,
        actor_kind=actor.kind.value,
        actor_id=actor.contact_id if actor.kind is ActorKind.CONTACT else actor.member_id,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        client_id=guard.client_id,
        project_id=guard.project_id,
        values={name: plain(value) for name, value in happening.values.items()},
        names_digest=digest_names(salt, spoken),
    )
    return event, EventNames(event=event, salt=salt, values=spoken)


@transaction.atomic
def erase_names(events: "models.QuerySet[Event]") -> int:
    """Forget the names these events mention; the events and their chain stay. Returns how many were erased.

    The caller has asked for the permission and records that it happened.
    """
    erased, _ = EventNames.objects.filter(event__in=events).delete()
    return erased


def plain(value: object) -> object:
    """A value as JSON keeps it; raises ValueError for free text, TypeError for what is no value."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str):
        if not WORD.fullmatch(value):
            raise ValueError("Free text does not belong into an event's values; use `names`.")
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} does not belong into an event's values.")
