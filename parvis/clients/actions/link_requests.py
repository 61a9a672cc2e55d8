"""Asking for a link: noted by the page, answered by the worker, so that no answer tells who is known (C8).

Whoever manages contacts may send one by themselves.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.access import Actor, Audience, Permission, require
from parvis.clients.actions.grants import as_actor
from parvis.clients.errors import AccessIsClosed, NotInside, PortalIsOff, TooManyLinks
from parvis.clients.models import (
    AccessGrant,
    AccessToken,
    Contact,
    LinkRequest,
    Membership,
    MembershipState,
)
from parvis.core.ids import uuid7
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message
from parvis.signin.tokens import digest

PER_HOUR = 5  # C10: nobody's mailbox is flooded through our form
KIND = "contacts.access_link"


def request_link(*, workspace_id: UUID, at: datetime, email: str = "", secret: str = "") -> LinkRequest:
    """Note that somebody asks for a link: with an address, or with a link opened on another device (K-33).

    One row whatever was typed; what comes of it is `answer_link_request`'s business (C8).
    """
    return LinkRequest.objects.create(
        workspace_id=workspace_id,
        email=email.strip(),
        token_digest=digest(secret) if secret else "",
        requested_at=at,
    )


@transaction.atomic
def answer_link_request(asked: LinkRequest, *, at: datetime) -> int:
    """Send a fresh link to the contact's own address, if there is one (K-33); how many were sent (C10).

    Whoever was never invited nor sent a link is only a name in a record: no way leads in (G1-05, DOMAIN 3.3).
    """
    deleted, _rows = LinkRequest.objects.filter(pk=asked.pk).delete()
    if not deleted:  # another worker answered
        return 0
    token = AccessToken.objects.filter(digest=asked.token_digest, workspace=asked.workspace_id).first()
    sent = 0
    for membership in _meant(asked, token):
        # Requests for one contact wait for one another here: together they stay below the cap.
        Contact.objects.select_for_update().get(pk=membership.contact_id)
        if _requests_of(membership.contact, at) >= PER_HOUR:
            break
        _send(membership, token, at)
        sent += 1
    return sent


@transaction.atomic
def send_link(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Send whoever has been inside a fresh link to their own address, as if they had asked (K-33, K-42).

    Raises PortalIsOff, AccessIsClosed, NotInside, TooManyLinks.
    """
    require(actor, Permission.CONTACT_INVITE, membership)
    if not membership.client.portal.enabled:
        raise PortalIsOff
    if membership.state == MembershipState.DISABLED:
        raise AccessIsClosed
    if membership.state != MembershipState.ACTIVE:
        raise NotInside
    Contact.objects.select_for_update().get(pk=membership.contact_id)
    if _requests_of(membership.contact, at) >= PER_HOUR:
        raise TooManyLinks
    _enqueue(membership, at, sent_by=actor.member_id)
    _tell(EventKind.LINK_SENT, membership, actor, at)


def _meant(asked: LinkRequest, token: AccessToken | None) -> QuerySet[Membership]:
    """The ways in that are asked for: the one of the old link, else all of the address."""
    usable = Membership.objects.usable().filter(workspace=asked.workspace_id)
    usable = usable.select_related("contact", "client")
    if token is not None:
        return usable.filter(contact=token.grant.contact_id, client=token.grant.client_id)
    if not asked.email:
        return usable.none()
    sent = AccessGrant.objects.filter(contact=OuterRef("contact"), client=OuterRef("client"))
    known = ~Q(state=MembershipState.NONE) | Exists(sent)
    return usable.filter(known, contact__email__iexact=asked.email)


def _send(membership: Membership, token: AccessToken | None, at: datetime) -> None:
    _enqueue(membership, at, token_id=token.pk if token else None)
    _tell(EventKind.LINK_REQUESTED, membership, as_actor(membership.contact), at)


def _enqueue(membership: Membership, at: datetime, **payload: object) -> None:
    enqueue(
        KIND,
        key=f"access-link:{uuid7()}",
        workspace_id=membership.workspace_id,
        payload={"client_id": membership.client_id, **payload},
        at=at,
        contact_id=membership.contact_id,
    )


def _tell(kind: EventKind, membership: Membership, actor: Actor, at: datetime) -> None:
    record(
        kind,
        actor=actor,
        subject=membership.client,
        at=at,
        audience=Audience.STAFF,
        values={"contact_id": membership.contact_id},
        names={"contact": membership.contact.name},
    )


def _requests_of(contact: Contact, at: datetime) -> int:
    since = at - timedelta(hours=1)
    return Message.objects.filter(kind=KIND, contact_id=contact.pk, created_at__gt=since).count()
