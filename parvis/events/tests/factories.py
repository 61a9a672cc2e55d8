"""Plain factories for the event log."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, ActorKind, Audience, ClientAccess, ContactRole, Guard, Role
from parvis.core.ids import uuid7
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.workspaces.models import Workspace

AT = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)


@dataclass
class Thing:
    """Something an event can be about."""

    guard: Guard
    name: str = "Home page"
    pk: UUID = field(default_factory=uuid7)
    _meta = SimpleNamespace(label="tests.Thing")

    def __str__(self) -> str:
        return self.name


def make_workspace(slug="nord"):
    return Workspace.objects.create(slug=slug, name="Atelier Nord", created_at=AT)


def make_member(workspace, name="Alex", **limits):
    return Actor(workspace.pk, ActorKind.MEMBER, name, member_id=uuid7(), role=Role.MANAGER, **limits)


def make_contact(workspace, *client_ids, name="Sarah", project_ids=None, portal_enabled=True):
    clients = {
        pk: ClientAccess(pk, ContactRole.DECISION_MAKER, portal_enabled, frozenset(), project_ids)
        for pk in client_ids
    }
    return Actor(workspace.pk, ActorKind.CONTACT, name, contact_id=uuid7(), clients=clients)


def make_event(workspace, actor=None, kind=EventKind.DELIVERABLE_APPROVED, audience=Audience.CLIENT, **more):
    """An event about a thing of `client_id` and `project_id`."""
    guard = Guard(workspace.pk, more.pop("client_id", None), more.pop("project_id", None))
    subject = more.pop("subject", None) or Thing(guard)
    with transaction.atomic():
        return record(
            kind,
            actor=actor or make_member(workspace),
            subject=subject,
            at=more.pop("at", AT),
            audience=audience,
            **more,
        )
