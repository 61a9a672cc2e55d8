"""Client records: listing, adding, changing, deleting and bringing back."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status
from pydantic import Field

from parvis.access.requests import ApiRequest
from parvis.clients.actions.clients import (
    ClientFacts,
    add_client,
    change_client_state,
    delete_client,
    edit_client,
    restore_client,
)
from parvis.clients.actions.contacts import NewContact
from parvis.clients.api.people import NewContactBody, new_contact
from parvis.clients.models import Client, ClientState, Contact
from parvis.core.clock import now
from parvis.core.searching import matches
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import (
    Answer,
    Body,
    Currency,
    Edits,
    Language,
    SearchText,
    ShortWord,
    Text,
    Title,
    Website,
    Word,
    referred,
)
from parvis.team.models import Member

router = Router()


VatNumber = Annotated[Word, Field(max_length=30)]
Dot = Annotated[int, Field(ge=1, le=12)]


class ClientAnswer(Answer):
    id: UUID
    name: str
    state: ClientState
    sector: str
    phone: str
    address: str
    vat_number: str
    website: str
    owner_id: UUID | None
    escalation_contact_id: UUID | None
    currency: str
    language: str
    colour: int
    edition: int
    created_at: datetime
    last_activity_at: datetime


class ClientChanges(Edits):
    name: Title = ""
    sector: Word = ""
    phone: ShortWord = ""
    address: Text = ""
    vat_number: VatNumber = ""
    website: Website = ""
    owner_id: UUID | None = None
    escalation_contact_id: UUID | None = Field(
        None, description="Who at the client hears of an overdue approval (A-14)."
    )
    currency: Currency = ""
    language: Language = ""
    colour: Dot = 1


class NewClientBody(Body):
    name: Title
    state: ClientState = ClientState.PROSPECT
    sector: Word = ""
    phone: ShortWord = ""
    address: Text = ""
    vat_number: VatNumber = ""
    website: Website = ""
    owner_id: UUID | None = Field(None, description="The member whose client it is; else oneself.")
    currency: Currency | None = Field(None, description="Else the workspace's.")
    language: Language = ""
    colour: Dot | None = None
    main_contact: NewContactBody | None = None


class ClientStateBody(Body):
    state: ClientState


class ClientFilters(Paging):
    q: SearchText = Field("", description="Part of the name.")
    state: ClientState | None = None
    owner_id: UUID | None = None
    sort: Literal["name", "-name", "last_activity_at", "-last_activity_at"] = "name"


FACTS = ("sector", "phone", "address", "vat_number", "website", "owner_id", "currency", "language", "colour")


@router.get("/clients", response=Page[ClientAnswer])
def list_clients(request: ApiRequest, filters: Query[ClientFilters]) -> object:
    """Clients within reach."""
    rows = Client.objects.visible_to(request.actor)
    if filters.q:
        rows = rows.filter(matches(filters.q))
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.owner_id:
        rows = rows.filter(owner=filters.owner_id)
    return cursor_page(rows, filters, order=filters.sort)


@router.post("/clients", response={201: ClientAnswer})
def create_client(request: ApiRequest, body: NewClientBody) -> Status[Client]:
    """Add a client; its portal is on from the start (G2-07, G2-08)."""
    _refuse_foreign_owner(request, body.owner_id)
    facts = {name: getattr(body, name) for name in FACTS}
    client = add_client(
        workspace_id=request.actor.workspace_id,
        name=body.name,
        state=body.state,
        facts=ClientFacts(**{**facts, "currency": body.currency or ""}),
        main_contact=_main_contact(body),
        actor=request.actor,
        at=now(),
    )
    return Status(201, client)


@router.get("/clients/{uuid:client_id}", response=ClientAnswer)
def get_client(request: ApiRequest, client_id: UUID) -> Client:
    """One client."""
    return find_client(request, client_id)


@router.patch("/clients/{uuid:client_id}", response=ClientAnswer)
def update_client(request: ApiRequest, client_id: UUID, body: ClientChanges) -> Client:
    """Change what is sent; the rest stays."""
    client = find_client(request, client_id)
    given = body.given
    _refuse_foreign_owner(request, given.get("owner_id"))
    if told := given.get("escalation_contact_id"):
        people = Contact.objects.visible_to(request.actor).filter(memberships__client=client)
        referred(people, told, "escalation_contact_id")
    name, edition = given.pop("name", client.name), given.pop("edition", None)
    kept = {fact: getattr(client, fact) for fact in (*FACTS, "escalation_contact_id")}
    facts = ClientFacts(**{**kept, **given})
    return edit_client(client, name=name, facts=facts, edition=edition, actor=request.actor, at=now())


@router.put("/clients/{uuid:client_id}/state", response=ClientAnswer)
def set_client_state(request: ApiRequest, client_id: UUID, body: ClientStateBody) -> Client:
    """Say where the relation stands; 409 where no such transition exists (A-17)."""
    return change_client_state(
        find_client(request, client_id), state=body.state, actor=request.actor, at=now()
    )


@router.delete("/clients/{uuid:client_id}", response={204: None})
def delete_one_client(request: ApiRequest, client_id: UUID) -> Status[None]:
    """Take a client out of every list and close its portal; it can be restored (G2-24d)."""
    delete_client(find_client(request, client_id), actor=request.actor, at=now())
    return Status(204, None)


@router.post("/clients/{uuid:client_id}/restoration", response={201: ClientAnswer})
def restore_one_client(request: ApiRequest, client_id: UUID) -> Status[Client]:
    """Bring a deleted client back."""
    deleted = get_object_or_404(Client.objects.deleted_for(request.actor), pk=client_id)
    return Status(201, restore_client(deleted, actor=request.actor, at=now()))


def find_client(request: ApiRequest, pk: UUID) -> Client:
    """The client with its portal, or 404."""
    return get_object_or_404(Client.objects.visible_to(request.actor).select_related("portal"), pk=pk)


def _main_contact(body: NewClientBody) -> NewContact | None:
    return new_contact(body.main_contact) if body.main_contact else None


def _refuse_foreign_owner(request: ApiRequest, owner_id: UUID | None) -> None:
    if owner_id is not None:
        team = Member.objects.active().filter(workspace=request.actor.workspace_id)
        referred(team, owner_id, "owner_id")
