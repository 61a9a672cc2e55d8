"""Inviting somebody into the team."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from parvis.access import Actor, Audience, Permission, Role, require
from parvis.core.handles import free_handle
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.outbox.actions import enqueue
from parvis.team.actors import member_actor
from parvis.team.errors import AccountExists, AlreadyMember, InvitationEnded, OwnerOnly
from parvis.team.models import Member, MemberInvitation
from parvis.workspaces.models import Workspace

LIFETIME = timedelta(days=14)
MESSAGE_KIND = "team.invitation"


@transaction.atomic
def invite_member(
    *, workspace_id: UUID, email: str, name: str, role: Role, actor: Actor, at: datetime
) -> MemberInvitation:
    """Invite somebody by mail; the link is made when the mail leaves. Raises AlreadyMember, OwnerOnly."""
    if actor.member_id is None:
        raise ValueError("Somebody invites.")
    email = email.strip().lower()
    invitation = MemberInvitation(
        workspace_id=workspace_id,
        email=email,
        name=clean_line(name),
        role=role,
        invited_by_id=actor.member_id,
        invited_at=at,
        expires_at=at + LIFETIME,
    )
    require(actor, Permission.MEMBER_MANAGE, invitation)
    if role == Role.OWNER and actor.role != Role.OWNER:
        raise OwnerOnly
    if Member.objects.filter(workspace=workspace_id, user__email=email).exists():
        raise AlreadyMember
    open_ones = MemberInvitation.objects.filter(workspace=workspace_id, email=email, accepted_at=None)
    open_ones.filter(revoked_at=None).update(revoked_at=at)  # the newest invitation is the one that counts
    invitation.save(force_insert=True)
    _send(invitation, actor=actor, at=at)
    return invitation


@transaction.atomic
def resend_invitation(invitation: MemberInvitation, *, actor: Actor, at: datetime) -> MemberInvitation:
    """Send the mail once more, with a new link and new days to use it. Raises InvitationEnded."""
    require(actor, Permission.MEMBER_MANAGE, invitation)
    waiting = MemberInvitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not waiting.update(invited_at=at, expires_at=at + LIFETIME, digest=None):
        raise InvitationEnded
    invitation.refresh_from_db()
    _send(invitation, actor=actor, at=at)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: MemberInvitation, *, actor: Actor, at: datetime) -> None:
    """Take an invitation back; its link stops working."""
    require(actor, Permission.MEMBER_MANAGE, invitation)
    waiting = MemberInvitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not waiting.update(revoked_at=at, digest=None):
        raise InvitationEnded


def open_invitation(digest: str, at: datetime) -> MemberInvitation:
    """The invitation behind a link. Raises InvitationEnded, whatever the reason."""
    rows = MemberInvitation.objects.select_related("workspace")
    invitation = rows.filter(digest=digest, accepted_at=None, revoked_at=None, expires_at__gt=at).first()
    if invitation is None:
        raise InvitationEnded
    return invitation


@transaction.atomic
def accept_invitation(
    invitation: MemberInvitation, *, first_name: str, last_name: str, password: str, at: datetime
) -> Member:
    """Make the invited person a member with a new account: their link is the proof of their address.

    Raises InvitationEnded, or AccountExists: then they sign in, and `join_workspace` it is.
    """
    workspace = _use_up(invitation, at)
    users = get_user_model().objects
    if users.filter(email=invitation.email).exists():
        raise AccountExists
    user = users.create_user(
        invitation.email,
        password,
        first_name=clean_line(first_name),
        last_name=clean_line(last_name),
        language=workspace.language,
    )
    return _join(invitation, user, workspace, at)


@transaction.atomic
def join_workspace(invitation: MemberInvitation, *, user: Any, at: datetime) -> Member:
    """Make whoever is signed in as the invited address a member. Raises AccountExists, InvitationEnded.

    The link alone would put a workspace into the hands of whoever holds an account of that address.
    """
    if user.email != invitation.email:
        raise AccountExists
    return _join(invitation, user, _use_up(invitation, at), at)


def _use_up(invitation: MemberInvitation, at: datetime) -> Workspace:
    """The workspace of an invitation that is accepted now and never again."""
    waiting = MemberInvitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not waiting.update(accepted_at=at, digest=None):
        raise InvitationEnded
    return Workspace.objects.select_for_update().get(pk=invitation.workspace_id)


def _join(invitation: MemberInvitation, user: Any, workspace: Workspace, at: datetime) -> Member:
    """The new member, told to the team."""
    others = Member.objects.filter(workspace=workspace)
    member = Member.objects.create(
        workspace=workspace,
        user=user,
        role=invitation.role,
        name=user.name,
        handle=free_handle(
            "team", user.first_name, user.last_name, lambda handle: others.filter(handle=handle).exists()
        ),
        joined_at=at,
    )
    record(
        EventKind.MEMBER_JOINED,
        actor=member_actor(member),
        subject=member,
        at=at,
        audience=Audience.STAFF,
        values={"invited_by": invitation.invited_by_id},
        names={"subject": member.name},
    )
    return member


def _send(invitation: MemberInvitation, *, actor: Actor, at: datetime) -> None:
    """One mail per sending, whatever happens to the worker meanwhile."""
    record(
        EventKind.MEMBER_INVITED,
        actor=actor,
        subject=invitation,
        at=at,
        audience=Audience.STAFF,
        values={"role": invitation.role},
        names={"subject": invitation.name or invitation.email},
    )
    enqueue(
        MESSAGE_KIND,
        key=f"team-invitation:{invitation.pk}:{int(at.timestamp())}",
        workspace_id=invitation.workspace_id,
        payload={"invitation": invitation.pk},
        at=at,
    )
