"""People of a client: adding, changing, roles, access, devices. Inviting stands in `parvis.api`."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from parvis.access import ContactRole
from parvis.access.requests import ApiRequest
from parvis.clients.actions.contacts import (
    NewContact,
    add_contact,
    change_contact_role,
    delete_contact,
    edit_contact,
    make_main_contact,
    reopen_access,
    restore_contact,
)
from parvis.clients.actions.grants import forget_device, revoke_access, start_preview
from parvis.clients.actions.link_requests import send_link
from parvis.clients.api.clients import find_client
from parvis.clients.api.people import NewContactBody, new_contact
from parvis.clients.models import Contact, ContactDevice, Membership, MembershipState
from parvis.clients.querysets import MembershipQuerySet
from parvis.core.clock import now
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.links import portal_address
from parvis.http.schemas import (
    Answer,
    Body,
    Edits,
    Email,
    FirstName,
    Language,
    ShortWord,
    TimeZone,
    Word,
    referred,
)
from parvis.workspaces.models import Workspace

router = Router()

CONTACT = "/clients/{uuid:client_id}/contacts/{uuid:contact_id}"


class ContactAnswer(Answer):
    """A person in their membership of one client."""

    id: UUID
    client_id: UUID
    first_name: str
    last_name: str
    email: str
    phone: str
    function: str
    handle: str
    language: str
    time_zone: str
    role: ContactRole
    is_main: bool
    access: MembershipState
    reaches_all_projects: bool
    project_ids: list[UUID]
    edition: int
    invited_at: datetime | None
    last_seen_at: datetime | None

    @staticmethod
    def resolve_id(row: Membership) -> UUID:
        return row.contact_id

    @staticmethod
    def resolve_first_name(row: Membership) -> str:
        return row.contact.first_name

    @staticmethod
    def resolve_last_name(row: Membership) -> str:
        return row.contact.last_name

    @staticmethod
    def resolve_email(row: Membership) -> str:
        return row.contact.email

    @staticmethod
    def resolve_phone(row: Membership) -> str:
        return row.contact.phone

    @staticmethod
    def resolve_function(row: Membership) -> str:
        return row.contact.function

    @staticmethod
    def resolve_handle(row: Membership) -> str:
        return row.contact.handle

    @staticmethod
    def resolve_language(row: Membership) -> str:
        return row.contact.language

    @staticmethod
    def resolve_time_zone(row: Membership) -> str:
        return row.contact.time_zone

    @staticmethod
    def resolve_edition(row: Membership) -> int:
        return row.contact.edition

    @staticmethod
    def resolve_access(row: Membership) -> str:
        return row.state

    @staticmethod
    def resolve_project_ids(row: Membership) -> list[UUID]:
        return [listed.project_id for listed in row.listed_projects.all()]


class ContactChanges(Edits):
    first_name: FirstName = ""
    last_name: Word = ""
    email: Email = ""
    phone: ShortWord = ""
    function: Word = ""
    language: Language = ""
    time_zone: TimeZone = ""


class ContactRoleBody(Body):
    role: ContactRole


class MainContactBody(Body):
    contact_id: UUID


class DeviceAnswer(Answer):
    id: UUID
    label: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class PreviewAnswer(Answer):
    url: str


@router.get("/clients/{uuid:client_id}/contacts", response=Page[ContactAnswer])
def list_contacts(request: ApiRequest, client_id: UUID, paging: Query[Paging]) -> object:
    """Everybody of the client, with role and access (G2-14, G2-15)."""
    rows = memberships(request).filter(client=find_client(request, client_id))
    return cursor_page(rows, paging, order="created_at")


@router.post("/clients/{uuid:client_id}/contacts", response={201: ContactAnswer})
def create_contact(request: ApiRequest, client_id: UUID, body: NewContactBody) -> Status[Membership]:
    """Add somebody; nothing is sent until they are invited (G2-13)."""
    client = find_client(request, client_id)
    membership = add_contact(client, new=new_contact(body), actor=request.actor, at=now())
    return Status(201, find_membership(request, client_id, membership.contact_id))


@router.get(CONTACT, response=ContactAnswer)
def get_contact(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Membership:
    """One person of the client."""
    return find_membership(request, client_id, contact_id)


@router.patch(CONTACT, response=ContactAnswer)
def update_contact(
    request: ApiRequest, client_id: UUID, contact_id: UUID, body: ContactChanges
) -> Membership:
    """Change what is sent. A new address closes the person's open links and devices."""
    contact = find_membership(request, client_id, contact_id).contact
    names = ("first_name", "last_name", "email", "phone", "function", "language", "time_zone")
    given = body.given
    edition = given.pop("edition", None)
    facts = NewContact(**{**{name: getattr(contact, name) for name in names}, **given})
    edit_contact(contact, facts=facts, edition=edition, actor=request.actor, at=now())
    return find_membership(request, client_id, contact_id)


@router.put(CONTACT + "/role", response=ContactAnswer)
def set_contact_role(
    request: ApiRequest, client_id: UUID, contact_id: UUID, body: ContactRoleBody
) -> Membership:
    """Another role at this client (G2-15)."""
    membership = find_membership(request, client_id, contact_id)
    return change_contact_role(membership, role=body.role, actor=request.actor, at=now())


@router.put("/clients/{uuid:client_id}/main-contact", response=ContactAnswer)
def set_main_contact(request: ApiRequest, client_id: UUID, body: MainContactBody) -> Membership:
    """The person one turns to first (G2-05b)."""
    client = find_client(request, client_id)
    contact = referred(
        Contact.objects.visible_to(request.actor).filter(memberships__client=client),
        body.contact_id,
        "contact_id",
    )
    membership = find_membership(request, client_id, contact.pk)
    return make_main_contact(membership, actor=request.actor, at=now())


@router.delete(CONTACT, response={204: None})
def delete_one_contact(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Status[None]:
    """Take a person out: sessions end, links open nothing; they can be restored (R-10)."""
    contact = find_membership(request, client_id, contact_id).contact
    delete_contact(contact, actor=request.actor, at=now())
    return Status(204, None)


@router.post(CONTACT + "/restoration", response={201: ContactAnswer})
def restore_one_contact(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Status[Membership]:
    """Bring a deleted person back (R-10)."""
    client = find_client(request, client_id)
    rows = Contact.objects.deleted_for(request.actor).filter(memberships__client=client)
    restore_contact(get_object_or_404(rows, pk=contact_id), actor=request.actor, at=now())
    return Status(201, find_membership(request, client_id, contact_id))


@router.delete(CONTACT + "/access", response=ContactAnswer)
def close_access(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Membership:
    """Close the person's way in, at once."""
    revoke_access(find_membership(request, client_id, contact_id), actor=request.actor, at=now())
    return find_membership(request, client_id, contact_id)


@router.put(CONTACT + "/access", response=ContactAnswer)
def open_access(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Membership:
    """Let somebody in again: they ask for a new link, or are invited again if they never came in."""
    return reopen_access(find_membership(request, client_id, contact_id), actor=request.actor, at=now())


@router.post(CONTACT + "/access/links", response={201: ContactAnswer})
def create_access_link(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Status[Membership]:
    """Send a fresh access link to the person's own address; only to who has been inside (K-33)."""
    membership = find_membership(request, client_id, contact_id)
    send_link(membership, actor=request.actor, at=now())
    return Status(201, membership)


@router.get(CONTACT + "/devices", response=list[DeviceAnswer])
def list_devices(request: ApiRequest, client_id: UUID, contact_id: UUID) -> object:
    """The browsers the person has opened a link in and may still use."""
    contact = find_membership(request, client_id, contact_id).contact
    return _devices(request, contact).order_by("-last_seen_at")[:100]


@router.delete(CONTACT + "/devices/{uuid:device_id}", response={204: None})
def delete_device(request: ApiRequest, client_id: UUID, contact_id: UUID, device_id: UUID) -> Status[None]:
    """Take one device out; the person needs a new link on it."""
    contact = find_membership(request, client_id, contact_id).contact
    device = get_object_or_404(_devices(request, contact).select_related("contact"), pk=device_id)
    forget_device(device, actor=request.actor, at=now())
    return Status(204, None)


@router.post(CONTACT + "/preview", response={201: PreviewAnswer})
def create_preview(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Status[dict[str, str]]:
    """An address, good once and for a minute, that shows the portal as this contact sees it: read-only."""
    membership = find_membership(request, client_id, contact_id)
    code = start_preview(membership.contact, membership.client, actor=request.actor, at=now())
    workspace = Workspace.objects.get(pk=request.actor.workspace_id)
    return Status(201, {"url": portal_address(workspace, f"/preview/{code}/")})


def memberships(request: ApiRequest) -> MembershipQuerySet:
    """Memberships within reach, with what an answer tells of them."""
    rows = Membership.objects.visible_to(request.actor).select_related("client__portal", "contact")
    return rows.prefetch_related("listed_projects")


def find_membership(request: ApiRequest, client_id: UUID, contact_id: UUID) -> Membership:
    """The membership of this person at this very client, or 404."""
    return get_object_or_404(memberships(request), client=client_id, contact=contact_id)


def _devices(request: ApiRequest, contact: Contact) -> QuerySet[ContactDevice]:
    rows = ContactDevice.objects.filter(workspace=request.actor.workspace_id, contact=contact)
    return rows.filter(revoked_at=None, preview_by=None, expires_at__gt=now())
