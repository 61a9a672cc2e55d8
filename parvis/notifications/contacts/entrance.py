"""Mails about the way in: the invitation, a link somebody asked for, a device that took another's place."""

from datetime import datetime

from django.utils.translation import gettext as _

from parvis.clients.models import AccessToken, ContactDevice, Membership, MembershipState, TokenPurpose
from parvis.mail.letters import OutgoingMail
from parvis.notifications.contacts.letters import Letter, post
from parvis.notifications.contacts.readers import Reader, reader_of
from parvis.outbox.models import Message
from parvis.team.models import Member


def access_due(message: Message, at: datetime) -> str | None:
    """Whoever lost access meanwhile gets no link (A10)."""
    return "access" if _reader(message) is None else None


def invitation_due(message: Message, at: datetime) -> str | None:
    """Still invited: not closed, and not inside already by another way."""
    reader = _reader(message)
    if reader is None:
        return "access"
    return None if reader.membership.state != MembershipState.ACTIVE else "already_inside"


def render_invitation(message: Message, at: datetime) -> OutgoingMail:
    """The welcome message of whoever invites, and in three lines what it is (G1-35c, d; K-62)."""
    reader = _found(message)
    inviter = Membership.objects.select_related("invited_by__user").get(pk=reader.membership.pk).invited_by
    with reader.voice():
        names = {"agency": reader.workspace.name, "client": reader.client.name}
        letter = Letter(
            template="invitation",
            title=_("Your space at {agency}").format(**names),
            preheader=_("One place for everything we make for {client}.").format(**names),
            reason=_("You receive this because {agency} works for {client}.").format(**names),
            button=_("Open my space"),
            # A second invitation has to open wherever it is read: it re-binds.
            purpose=TokenPurpose.RESEND if message.payload.get("is_again") else TokenPurpose.INVITATION,
            writer=inviter,
            words={
                "welcome": reader.membership.welcome_message,
                "inviter": inviter.name if inviter else "",
                "client": reader.client,
            },
        )
        return post(letter, reader, at=at)


def render_access_link(message: Message, at: datetime) -> OutgoingMail:
    """The link somebody asked for, or was sent by the team; it leads where the first one did (K-33)."""
    reader = _found(message)
    asked_with = AccessToken.objects.filter(pk=message.payload.get("token_id")).first()
    sender = Member.objects.select_related("user").filter(pk=message.payload.get("sent_by")).first()
    with reader.voice():
        letter = Letter(
            template="access_link",
            title=_("Your access link"),
            preheader=_("It opens your space at {agency} on this device.").format(
                agency=reader.workspace.name
            ),
            reason=_("You receive this because {agency} works for {client}.").format(
                agency=reader.workspace.name, client=reader.client.name
            )
            if sender
            else _("You receive this because somebody asked for a link with your address."),
            button=_("Open my space"),
            writer=sender,
            path=asked_with.next_path if asked_with and asked_with.next_path else "/",
            purpose=TokenPurpose.REQUESTED,
            words={"client": reader.client, "sender": sender.name if sender else ""},
        )
        return post(letter, reader, at=at)


def render_device_notice(message: Message, at: datetime) -> OutgoingMail:
    """Another device took the place of the one before; whose it was should know (RELIABILITY C4)."""
    reader = _found(message)
    device = ContactDevice.objects.filter(pk=message.payload.get("device_id")).first()
    with reader.voice():
        letter = Letter(
            template="device_notice",
            title=_("Your space was opened on another device"),
            preheader=_("If it was you, there is nothing to do."),
            reason=_("You receive this because it concerns the safety of your space."),
            button="",
            writer=reader.client.owner,
            words={"label": device.label if device else "", "opened_at": message.created_at},
        )
        return post(letter, reader, at=at)


def _reader(message: Message) -> Reader | None:
    return reader_of(message.contact_id, message.payload["client_id"])


def _found(message: Message) -> Reader:
    reader = _reader(message)
    if reader is None:
        raise LookupError("the due check lets nobody without access through")
    return reader
