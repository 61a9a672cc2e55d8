"""Links into a portal: made when a mail leaves, opened by a button, bound to one device (K-30 to K-35)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, ActorKind, Audience, Permission, require
from parvis.clients.models import (
    AccessGrant,
    AccessToken,
    Client,
    Contact,
    ContactDevice,
    Membership,
    MembershipState,
    TokenPurpose,
)
from parvis.core.errors import DomainError
from parvis.core.prepared import TextValue, prepared
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.signin.tokens import digest, new_secret

LIFETIME = timedelta(days=30)  # K-35, A-07
LIFETIME_AFTER_REMINDER = timedelta(days=60)  # K-36
DEVICE_LIFETIME = timedelta(days=365)
PREVIEW_LIFETIME = timedelta(minutes=30)
REBINDING = (TokenPurpose.RESEND, TokenPurpose.REQUESTED)


class LinkUnknown(DomainError):
    """No such link was ever sent."""

    code: ClassVar[str] = "link_unknown"
    status: ClassVar[int] = 404
    message = _("We do not know this link. Ask for a new one below.")


class LinkExpired(DomainError):
    """The link is too old, or access has ended."""

    code: ClassVar[str] = "link_expired"
    status: ClassVar[int] = 410
    message = _("This link is older than 30 days, or access has ended.")


class OtherDevice(DomainError):
    """The link was first opened elsewhere (K-32, X-08)."""

    code: ClassVar[str] = "other_device"
    status: ClassVar[int] = 403
    message = _("This link was first opened on another device.")


class LinkState(StrEnum):
    """What would happen to a link opened on this device."""

    OPENS = "opens"
    OTHER_DEVICE = "other_device"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Peek:
    """What a link is for, without using it."""

    token: AccessToken
    contact: Contact
    client: Client
    state: LinkState


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that has opened: where to go, on which device; the secret when the device is new."""

    device: ContactDevice
    device_secret: str | None
    contact: Contact
    client: Client
    next_path: str


def issue_token(
    contact: Contact, client: Client, *, purpose: TokenPurpose, at: datetime, next_path: str = ""
) -> str:
    """The secret of a link for a mail leaving now; kept as a digest.

    Valid as long as its grant, one that was asked for 30 days of its own (K-35, A-07).
    """
    grant, _made = AccessGrant.objects.get_or_create(
        contact=contact,
        client=client,
        scope="portal",
        revoked_at=None,
        defaults={"workspace_id": client.workspace_id, "issued_at": at, "expires_at": at + LIFETIME},
    )
    lifetime = LIFETIME_AFTER_REMINDER if purpose == TokenPurpose.REMINDER else LIFETIME
    expires_at = max(grant.expires_at, at + lifetime)
    AccessGrant.objects.filter(pk=grant.pk, expires_at__lt=expires_at).update(expires_at=expires_at)
    secret = new_secret()
    AccessToken.objects.create(
        workspace_id=client.workspace_id,
        grant=grant,
        digest=digest(secret),
        purpose=purpose,
        next_path=next_path,
        created_at=at,
        expires_at=at + LIFETIME if purpose == TokenPurpose.REQUESTED else expires_at,
    )
    return secret


def peek(secret: str, *, device_secret: str | None, at: datetime) -> Peek:
    """What the link would do on this device; changes nothing (C1). Raises LinkUnknown."""
    token = _token(secret)
    device = _own_device(device_secret, at)
    return Peek(token, token.grant.contact, token.grant.client, _state(token, device, at))


@transaction.atomic
def open_link(secret: str, *, device_secret: str | None, label: str, at: datetime) -> Opened:
    """Open a link on this device, binding it where it is free to be bound (K-32, A-12).

    Of any number of devices opening together exactly one is bound.
    Raises LinkUnknown, LinkExpired or OtherDevice.
    """
    token = _token(secret)
    grant = token.grant
    device = _own_device(device_secret, at)
    match _state(token, device, at):
        case LinkState.EXPIRED:
            raise LinkExpired
        case LinkState.OTHER_DEVICE:
            raise OtherDevice
    if device is not None and device.pk == grant.device_id:
        return Opened(device, None, grant.contact, grant.client, token.next_path)

    fresh = None
    if device is None or device.contact_id != grant.contact_id:
        device, fresh = _new_device(grant.contact, label=label, at=at)
    rebound = _bind(token, device, at)
    _activate(grant)
    record(
        EventKind.LINK_OPENED,
        actor=as_actor(grant.contact, device),
        subject=grant.client,
        at=at,
        audience=Audience.STAFF,
        values={"contact_id": grant.contact_id, "rebound": rebound, "device_id": device.pk},
        names={"contact": grant.contact.name},
    )
    return Opened(device, fresh, grant.contact, grant.client, token.next_path)


@transaction.atomic
def revoke_access(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Close a contact's way to a client: its grant ends, its device finds the door shut."""
    require(actor, Permission.CONTACT_INVITE, membership)
    close_grants(contact_id=membership.contact_id, client_id=membership.client_id, at=at)
    Membership.objects.filter(pk=membership.pk).update(state=MembershipState.DISABLED)
    record(
        EventKind.LINK_REVOKED,
        actor=actor,
        subject=membership.client,
        at=at,
        audience=Audience.STAFF,
        values={"contact_id": membership.contact_id},
        names={"contact": membership.contact.name},
    )


def close_grants(*, contact_id: UUID, at: datetime, client_id: UUID | None = None) -> None:
    """Revoke the open grants of a contact, at one client or everywhere (R-10)."""
    grants = AccessGrant.objects.filter(contact=contact_id, revoked_at=None)
    (grants.filter(client=client_id) if client_id else grants).update(revoked_at=at)
    if client_id is None:
        ContactDevice.objects.filter(contact=contact_id, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def forget_device(device: ContactDevice, *, actor: Actor, at: datetime) -> None:
    """Take a device out: by the contact whose it is, or by who manages contacts."""
    if actor.contact_id != device.contact_id or actor.is_preview:
        require(actor, Permission.CONTACT_INVITE, device.contact)
    ContactDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at)
    AccessGrant.objects.filter(device=device).update(device=None)


@transaction.atomic
def start_preview(contact: Contact, client: Client, *, actor: Actor, at: datetime) -> str:
    """A code, good once, that shows the portal as the contact sees it: read-only, marked, logged."""
    require(actor, Permission.PORTAL_PREVIEW, client)
    Membership.objects.get(contact=contact, client=client)
    code = new_secret()
    ContactDevice.objects.create(
        workspace_id=client.workspace_id,
        contact=contact,
        digest=digest(code),
        created_at=at,
        last_seen_at=at,
        expires_at=at + timedelta(minutes=1),
        preview_by_id=actor.member_id,
        preview_client=client,
    )
    record(
        EventKind.PORTAL_VIEWED_AS,
        actor=actor,
        subject=client,
        at=at,
        audience=Audience.STAFF,
        values={"contact_id": contact.pk},
        names={"contact": contact.name},
    )
    return code


@transaction.atomic
def claim_preview(code: str, *, at: datetime) -> str:
    """Exchange the code for the secret of the preview's cookie; half an hour from now. Raises LinkExpired."""
    secret = new_secret()
    waiting = ContactDevice.objects.filter(digest=digest(code), expires_at__gt=at, revoked_at=None)
    if not waiting.exclude(preview_by=None).update(digest=digest(secret), expires_at=at + PREVIEW_LIFETIME):
        raise LinkExpired
    return secret


def end_preview(device: ContactDevice, *, at: datetime) -> None:
    """Leave the preview."""
    ContactDevice.objects.filter(pk=device.pk).exclude(preview_by=None).update(revoked_at=at)


def find_device(secret: str | None, *, at: datetime) -> ContactDevice | None:
    """The live device a cookie's secret belongs to, with contact, workspace and calendar; one query."""
    if not secret:
        return None
    return next(iter(_live_devices(TextValue(digest(secret)), at)), None)


@prepared
def _live_devices(digest: TextValue, at: datetime) -> QuerySet[ContactDevice]:
    devices = ContactDevice.objects.select_related("contact", "workspace__calendar", "workspace__branding")
    return devices.filter(digest=digest, revoked_at=None, expires_at__gt=at)


def _own_device(secret: str | None, at: datetime) -> ContactDevice | None:
    """The contact's own device; one that shows a member a preview opens no link."""
    device = find_device(secret, at=at)
    return None if device is None or device.preview_by_id is not None else device


def _token(secret: str) -> AccessToken:
    tokens = AccessToken.objects.select_related(
        "grant__contact", "grant__device", "grant__client__workspace__branding", "grant__client__portal"
    )
    token = tokens.filter(digest=digest(secret)).first()
    if token is None:
        raise LinkUnknown
    return token


def _state(token: AccessToken, device: ContactDevice | None, at: datetime) -> LinkState:
    grant = token.grant
    if not (grant.is_open(at) and at < token.expires_at and _is_usable(grant)):
        return LinkState.EXPIRED
    bound = grant.device if grant.device and grant.device.revoked_at is None else None
    if bound is not None and device is not None and device.pk == bound.pk:
        return LinkState.OPENS
    if token.used_at is not None:
        return LinkState.OTHER_DEVICE
    return LinkState.OPENS if bound is None or token.purpose in REBINDING else LinkState.OTHER_DEVICE


def _is_usable(grant: AccessGrant) -> bool:
    return Membership.objects.usable().filter(contact=grant.contact_id, client=grant.client_id).exists()


def _bind(token: AccessToken, device: ContactDevice, at: datetime) -> bool:
    """Bind the grant to the device; whether another was taken out. Raises OtherDevice to the late."""
    grant = token.grant
    if not AccessToken.objects.filter(pk=token.pk, used_at=None).update(used_at=at):
        raise OtherDevice
    # Two unused tokens opened together: only one may find the grant as it was read.
    as_read = AccessGrant.objects.filter(pk=grant.pk, device=grant.device_id, revoked_at=None)
    if not as_read.update(device=device, claimed_at=grant.claimed_at or at):
        raise OtherDevice
    return grant.claimed_at is not None


def _new_device(contact: Contact, *, label: str, at: datetime) -> tuple[ContactDevice, str]:
    secret = new_secret()
    device = ContactDevice.objects.create(
        workspace_id=contact.workspace_id,
        contact=contact,
        digest=digest(secret),
        label=label[:80],
        created_at=at,
        last_seen_at=at,
        expires_at=at + DEVICE_LIFETIME,
    )
    return device, secret


def _activate(grant: AccessGrant) -> None:
    invited = (MembershipState.NONE, MembershipState.INVITED, MembershipState.EXPIRED)
    Membership.objects.filter(contact=grant.contact_id, client=grant.client_id, state__in=invited).update(
        state=MembershipState.ACTIVE
    )


def as_actor(contact: Contact, device: ContactDevice | None = None) -> Actor:
    """The contact who acts, for the record only: it carries no right."""
    return Actor(
        workspace_id=contact.workspace_id,
        kind=ActorKind.CONTACT,
        name=contact.name,
        contact_id=contact.pk,
        device_id=device.pk if device else None,
    )
