"""Adding, changing, deleting and bringing back a client."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from parvis.access import Actor, Audience, Guard, Permission, require
from parvis.clients.actions.contacts import NewContact, add_contact
from parvis.clients.errors import ClientInUse, StateChangeImpossible
from parvis.clients.models import Client, ClientState, PortalSettings
from parvis.clients.rules import TRANSITIONS
from parvis.core.editing import write
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.workspaces.models import Workspace

COLOURS = 12  # the dots .c1 to .c12 (DESIGN 2)


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What a client record says, beside its name (G2-07)."""

    sector: str = ""
    phone: str = ""
    address: str = ""
    vat_number: str = ""
    website: str = ""
    owner_id: UUID | None = None
    currency: str = ""
    language: str = ""
    colour: int | None = None
    escalation_contact_id: UUID | None = None  # A-14; of the client's own people


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace as the subject of a permission, before there is a client."""

    guard: Guard


@transaction.atomic
def add_client(
    *,
    workspace_id: UUID,
    name: str,
    actor: Actor,
    at: datetime,
    main_contact: NewContact | None = None,
    state: ClientState = ClientState.PROSPECT,
    facts: ClientFacts | None = None,
) -> Client:
    """Add a client with its portal, which is on from the start (G2-07, G2-08, G2-22a).

    The main contact is a decision maker unless told otherwise. Raises Forbidden, ContactAlreadyThere.
    """
    require(actor, Permission.CLIENT_ADD, Place(Guard(workspace_id=workspace_id)))
    workspace = Workspace.objects.get(pk=workspace_id)
    given = facts or ClientFacts()
    client = Client.objects.create(
        workspace=workspace,
        name=clean_line(name),
        state=state,
        sector=given.sector,
        phone=given.phone,
        address=given.address,
        vat_number=given.vat_number,
        website=given.website,
        owner_id=given.owner_id or actor.member_id,  # G2-23a
        currency=given.currency or workspace.currency,
        language=given.language,
        colour=given.colour or 1 + Client.objects.filter(workspace=workspace).count() % COLOURS,
        created_at=at,
        last_activity_at=at,
    )
    PortalSettings.objects.create(workspace=workspace, client=client, updated_at=at)
    record(
        EventKind.CLIENT_ADDED,
        actor=actor,
        subject=client,
        at=at,
        audience=Audience.STAFF,
        values={"state": client.state},
        names={"subject": client.name},
    )
    if main_contact is not None:
        add_contact(client, new=main_contact, is_main=True, actor=actor, at=at)
    return client


@transaction.atomic
def edit_client(
    client: Client,
    *,
    name: str,
    facts: ClientFacts,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> Client:
    """Write the record anew; empty facts empty their field, but for currency and colour.

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.CLIENT_EDIT, client)
    told = facts.escalation_contact_id
    if told not in (None, client.escalation_contact_id):
        client.memberships.get(contact=told, contact__deleted_at=None)  # nobody else's people
    write(
        client,
        edition,
        name=clean_line(name),
        sector=facts.sector,
        phone=facts.phone,
        address=facts.address,
        vat_number=facts.vat_number,
        website=facts.website,
        owner_id=facts.owner_id,
        currency=facts.currency or client.currency,
        language=facts.language,
        colour=facts.colour or client.colour,
        escalation_contact_id=told,
    )
    _tell(EventKind.CLIENT_EDITED, client, actor=actor, at=at)
    return client


@transaction.atomic
def change_client_state(client: Client, *, state: ClientState, actor: Actor, at: datetime) -> Client:
    """Say where the relation stands (A-17). Raises StateChangeImpossible (DOMAIN 3.3)."""
    require(actor, Permission.CLIENT_EDIT, client)
    before = ClientState(client.state)
    if state not in TRANSITIONS[before]:
        raise StateChangeImpossible
    # Condition and change are one statement: whoever comes second is told.
    if not Client.objects.filter(pk=client.pk, state=before).update(state=state):
        raise StateChangeImpossible
    client.state = state
    _tell(EventKind.CLIENT_STATE_CHANGED, client, actor=actor, at=at, before=before, after=state)
    return client


@transaction.atomic
def delete_client(client: Client, *, actor: Actor, at: datetime) -> Client:
    """Take a client out of every list and close its portal; `restore_client` undoes it (G2-24d).

    Its grants rest: nobody comes in through a deleted client, and restoring takes nothing away.
    Raises ClientInUse when one of `config.blockers` forbids it (BG-02).
    """
    require(actor, Permission.CLIENT_DELETE, client)
    for reason in _reasons_against(client):
        raise ClientInUse(reason)
    if Client.objects.filter(pk=client.pk, deleted_at=None).update(deleted_at=at):
        client.deleted_at = at
        _tell(EventKind.CLIENT_DELETED, client, actor=actor, at=at)
    return client


@transaction.atomic
def restore_client(client: Client, *, actor: Actor, at: datetime) -> Client:
    """Bring a deleted client back, with the ways in that were open."""
    require(actor, Permission.CLIENT_DELETE, client)
    if Client.objects.filter(pk=client.pk).exclude(deleted_at=None).update(deleted_at=None):
        client.deleted_at = None
        _tell(EventKind.CLIENT_RESTORED, client, actor=actor, at=at)
    return client


def _reasons_against(client: Client) -> list[str | Promise]:
    """What the packages above say against a deletion; they are named in `config.blockers`."""
    paths: list[str] = import_string(settings.BLOCKERS)
    answers = [import_string(path)(client) for path in paths]
    return [answer for answer in answers if answer]


def _tell(kind: EventKind, client: Client, *, actor: Actor, at: datetime, **values: object) -> None:
    record(
        kind,
        actor=actor,
        subject=client,
        at=at,
        audience=Audience.STAFF,
        values=values,
        names={"subject": client.name},
    )


__all__ = [
    "ClientFacts",
    "NewContact",
    "Place",
    "add_client",
    "change_client_state",
    "delete_client",
    "edit_client",
    "restore_client",
]
