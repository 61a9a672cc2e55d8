"""Adding, changing, inviting, deleting and bringing back a contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, ContactRole, Permission, require
from parvis.clients.actions.grants import LIFETIME, close_grants
from parvis.clients.errors import (
    AccessIsClosed,
    AccessIsNotClosed,
    AlreadyInside,
    ContactAlreadyThere,
    EmailTaken,
    PortalIsOff,
)
from parvis.clients.models import (
    AccessGrant,
    AccessLevel,
    Client,
    Contact,
    ContactDevice,
    Membership,
    MembershipProject,
    MembershipState,
)
from parvis.core.editing import write
from parvis.core.handles import free_handle
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.workspaces.models import Workspace

INVITABLE = (MembershipState.NONE, MembershipState.INVITED, MembershipState.EXPIRED)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A person to be added at a client (BT-15)."""

    first_name: str
    email: str
    last_name: str = ""
    role: ContactRole = ContactRole.DECISION_MAKER
    phone: str = ""
    function: str = ""
    language: str = ""
    time_zone: str = ""


@transaction.atomic
def add_contact(
    client: Client,
    *,
    new: NewContact,
    actor: Actor,
    at: datetime,
    is_main: bool = False,
    access: AccessLevel = AccessLevel.FULL,
    projects: Sequence[UUID] | None = None,
) -> Membership:
    """Make somebody a contact of the client; nothing is sent, see `invite_contact`.

    They reach the listed projects, or with None all of the client's (A-38). Whoever is known in the
    workspace by the same address is that person, with one login for several clients (P-14); their name
    stays as it is. Raises ContactAlreadyThere.
    """
    require(actor, Permission.CLIENT_EDIT, client)
    # Two people adding the same person, or two of the same name, wait for one another here.
    Workspace.objects.select_for_update().get(pk=client.workspace_id)
    contact = _known_by_email(client.workspace_id, new.email, at) or _create_contact(client, new, at)
    if Membership.objects.filter(client=client, contact=contact).exists():
        raise ContactAlreadyThere
    if is_main:
        client.memberships.filter(is_main=True).update(is_main=False)
    membership = Membership.objects.create(
        workspace_id=client.workspace_id,
        client=client,
        contact=contact,
        role=new.role,
        access=access,
        is_main=is_main,
        created_at=at,
    )
    if projects is not None:
        _set_reach(membership, projects)
    _tell(EventKind.CONTACT_ADDED, membership, actor=actor, at=at, role=membership.role)
    return membership


@transaction.atomic
def edit_contact(
    contact: Contact, *, facts: NewContact, actor: Actor, at: datetime, edition: int | None = None
) -> Contact:
    """Write a contact anew; the role is changed by `change_contact_role`.

    A new address may be a new person's: open links and known devices end. Raises EmailTaken, and
    EditedMeanwhile when `edition`, the one that was read, is no longer the last (G3).
    """
    require(actor, Permission.CLIENT_EDIT, contact)
    memberships = list(contact.memberships.select_related("client", "contact"))
    for membership in memberships:
        require(actor, Permission.CLIENT_EDIT, membership)
    email = facts.email.strip()
    if email.casefold() != contact.email.casefold():
        if Contact.objects.filter(workspace=contact.workspace_id, email__iexact=email).exists():
            raise EmailTaken
        close_grants(contact_id=contact.pk, at=at)
    write(
        contact,
        edition,
        first_name=clean_line(facts.first_name),
        last_name=clean_line(facts.last_name),
        email=email,
        phone=clean_line(facts.phone),
        function=clean_line(facts.function),
        language=facts.language,
        time_zone=facts.time_zone,
    )
    for membership in memberships:
        membership.contact = contact
        _tell(EventKind.CONTACT_EDITED, membership, actor=actor, at=at)
    return contact


@transaction.atomic
def change_contact_role(
    membership: Membership, *, role: ContactRole, actor: Actor, at: datetime
) -> Membership:
    """Give somebody another role at this client (G2-15)."""
    require(actor, Permission.CLIENT_EDIT, membership)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    if before != role:
        _tell(EventKind.CONTACT_EDITED, membership, actor=actor, at=at, role_before=before, role=role)
    return membership


@transaction.atomic
def make_main_contact(membership: Membership, *, actor: Actor, at: datetime) -> Membership:
    """The person one turns to first at this client (G2-05b)."""
    require(actor, Permission.CLIENT_EDIT, membership)
    Membership.objects.filter(client=membership.client_id, is_main=True).update(is_main=False)
    membership.is_main = True
    membership.save(update_fields=["is_main"])
    _tell(EventKind.CONTACT_EDITED, membership, actor=actor, at=at, is_main=True)
    return membership


@transaction.atomic
def set_project_reach(
    membership: Membership, *, projects: Sequence[UUID] | None, actor: Actor, at: datetime
) -> Membership:
    """Let the membership reach the listed projects, or with None all of the client's (A-38)."""
    require(actor, Permission.CLIENT_EDIT, membership)
    _set_reach(membership, projects)
    _tell(EventKind.CONTACT_EDITED, membership, actor=actor, at=at, reaches_all=projects is None)
    return membership


@transaction.atomic
def invite_contact(
    membership: Membership,
    *,
    actor: Actor,
    at: datetime,
    welcome_message: str = "",
    projects: Sequence[UUID] | None = None,
) -> Membership:
    """Invite somebody into the portal, or once more (G1-35, G2-13); the mail is the event's business.

    The invitation is listed as pending until used. Raises PortalIsOff, AlreadyInside, AccessIsClosed.
    """
    require(actor, Permission.CONTACT_INVITE, membership)
    if not membership.client.portal.enabled:
        raise PortalIsOff
    if membership.state == MembershipState.DISABLED:
        raise AccessIsClosed
    invitable = Membership.objects.filter(pk=membership.pk, state__in=INVITABLE)
    if not invitable.update(
        state=MembershipState.INVITED,
        invited_at=at,
        invited_by=actor.member_id,
        welcome_message=welcome_message,
    ):
        raise AlreadyInside
    is_again = membership.state == MembershipState.INVITED
    membership.refresh_from_db()
    _set_reach(membership, projects)
    _tell(EventKind.CONTACT_INVITED, membership, actor=actor, at=at, is_again=is_again)
    return membership


def expire_invitation(membership: Membership) -> bool:
    """Note that an invitation ran out unused (DOMAIN 3.3); False when it was used or renewed meanwhile.

    The clock's bookkeeping: nobody acts, and whoever asks for a link is let in all the same (K-35).
    """
    unused = Membership.objects.filter(
        pk=membership.pk, state=MembershipState.INVITED, invited_at=membership.invited_at
    )
    return bool(unused.update(state=MembershipState.EXPIRED))


@transaction.atomic
def reopen_access(membership: Membership, *, actor: Actor, at: datetime) -> Membership:
    """Undo a closed access: who was inside may ask for a link again, who never was is invited again.

    Raises AccessIsNotClosed.
    """
    require(actor, Permission.CONTACT_INVITE, membership)
    closed = Membership.objects.filter(pk=membership.pk, state=MembershipState.DISABLED)
    state = _state_before_closing(membership, at)
    if not closed.update(state=state):
        raise AccessIsNotClosed
    membership.state = state
    _tell(EventKind.CONTACT_RESTORED, membership, actor=actor, at=at)
    return membership


@transaction.atomic
def delete_contact(contact: Contact, *, actor: Actor, at: datetime) -> Contact:
    """Take a person out: sessions end, links open nothing (R-10); `restore_contact` undoes it.

    Memberships and grants keep their state, so that restoring brings back the ways in there were, and
    opens nothing that was closed by hand before.
    """
    require(actor, Permission.CLIENT_EDIT, contact)
    memberships = list(contact.memberships.select_related("client", "contact"))
    for membership in memberships:
        require(actor, Permission.CLIENT_EDIT, membership)
    if Contact.objects.filter(pk=contact.pk, deleted_at=None).update(deleted_at=at):
        contact.deleted_at = at
        ContactDevice.objects.filter(contact=contact, revoked_at=None).update(revoked_at=at)
        for membership in memberships:
            _tell(EventKind.CONTACT_DELETED, membership, actor=actor, at=at)
    return contact


@transaction.atomic
def restore_contact(contact: Contact, *, actor: Actor, at: datetime) -> Contact:
    """Bring a deleted person back (R-10): their links work again, on a device that is bound anew."""
    require(actor, Permission.CLIENT_EDIT, contact)
    memberships = list(contact.memberships.select_related("client", "contact"))
    for membership in memberships:
        require(actor, Permission.CLIENT_EDIT, membership)
    if Contact.objects.filter(pk=contact.pk).exclude(deleted_at=None).update(deleted_at=None):
        contact.deleted_at = None
        for membership in memberships:
            _tell(EventKind.CONTACT_RESTORED, membership, actor=actor, at=at)
    return contact


def _state_before_closing(membership: Membership, at: datetime) -> MembershipState:
    """How far the way in had come (DOMAIN 3.3): a link that was never opened let nobody in."""
    grants = AccessGrant.objects.filter(contact=membership.contact_id, client=membership.client_id)
    if membership.last_seen_at is not None or grants.exclude(claimed_at=None).exists():
        return MembershipState.ACTIVE
    if membership.invited_at is None:
        return MembershipState.NONE
    return MembershipState.INVITED if at < membership.invited_at + LIFETIME else MembershipState.EXPIRED


def _known_by_email(workspace_id: UUID, email: str, at: datetime) -> Contact | None:
    """The workspace's person behind an address; a deleted one comes back, without any access."""
    contact = Contact.objects.filter(workspace=workspace_id, email__iexact=email.strip()).first()
    if contact is not None and contact.deleted_at is not None:
        contact.memberships.update(state=MembershipState.DISABLED)
        close_grants(contact_id=contact.pk, at=at)
        contact.deleted_at = None
        contact.save(update_fields=["deleted_at"])
    return contact


def _create_contact(client: Client, new: NewContact, at: datetime) -> Contact:
    first_name, last_name = clean_line(new.first_name), clean_line(new.last_name)
    others = Contact.objects.filter(workspace=client.workspace_id)
    return Contact.objects.create(
        workspace_id=client.workspace_id,
        first_name=first_name,
        last_name=last_name,
        email=new.email.strip(),
        phone=clean_line(new.phone),
        function=clean_line(new.function),
        handle=free_handle(
            "client", first_name, last_name, lambda handle: others.filter(handle=handle).exists()
        ),
        language=new.language,
        time_zone=new.time_zone,
        created_at=at,
    )


def _set_reach(membership: Membership, projects: Sequence[UUID] | None) -> None:
    """Replace the list of projects; ids of another client reach nothing, because reading asks for both."""
    membership.reaches_all_projects = projects is None
    membership.save(update_fields=["reaches_all_projects"])
    membership.listed_projects.all().delete()
    MembershipProject.objects.bulk_create(
        MembershipProject(workspace_id=membership.workspace_id, membership=membership, project_id=project_id)
        for project_id in dict.fromkeys(projects or ())
    )


def _tell(kind: EventKind, membership: Membership, *, actor: Actor, at: datetime, **values: object) -> None:
    """Contacts are told of through their membership: it names the client, whose timeline it is."""
    record(
        kind,
        actor=actor,
        subject=membership,
        at=at,
        audience=Audience.STAFF,
        values={"contact": membership.contact_id, **values},
        names={"subject": membership.contact.name},
    )
