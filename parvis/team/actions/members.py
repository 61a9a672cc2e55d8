"""Roles of members, and closing an account without losing what its person did."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from parvis.access import Actor, Audience, Permission, Role, require
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.team.errors import LastOwner, OwnerOnly
from parvis.team.models import Member
from parvis.workspaces.models import Workspace


@transaction.atomic
def change_role(member: Member, *, role: Role, actor: Actor, at: datetime) -> Member:
    """Give a member another role (A-05). Raises OwnerOnly, LastOwner."""
    require(actor, Permission.MEMBER_MANAGE, member)
    _guard_owners(member, actor, touches_owner=Role.OWNER in (role, member.role))
    if member.role == Role.OWNER and role != Role.OWNER:
        _refuse_last_owner(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    if before != role:
        _tell(EventKind.MEMBER_ROLE_CHANGED, member, actor=actor, at=at, before=before, after=role)
    return member


@transaction.atomic
def disable_member(member: Member, *, actor: Actor, at: datetime) -> Member:
    """Close somebody's way in, with their sessions and tokens; what they wrote and decided stays.

    Raises OwnerOnly, LastOwner.
    """
    require(actor, Permission.MEMBER_MANAGE, member)
    _guard_owners(member, actor, touches_owner=member.role == Role.OWNER)
    if member.role == Role.OWNER:
        _refuse_last_owner(member)
    if Member.objects.filter(pk=member.pk, disabled_at=None).update(disabled_at=at):
        member.disabled_at = at
        for path in import_string(settings.CLOSINGS):
            import_string(path)(member, at)
        _tell(EventKind.MEMBER_DISABLED, member, actor=actor, at=at)
    return member


@transaction.atomic
def enable_member(member: Member, *, actor: Actor, at: datetime) -> Member:
    """Let somebody in again, in the role they had; they sign in anew, old tokens stay dead."""
    require(actor, Permission.MEMBER_MANAGE, member)
    _guard_owners(member, actor, touches_owner=member.role == Role.OWNER)
    if Member.objects.filter(pk=member.pk).exclude(disabled_at=None).update(disabled_at=None):
        member.disabled_at = None
        _tell(EventKind.MEMBER_ENABLED, member, actor=actor, at=at)
    return member


def _guard_owners(member: Member, actor: Actor, *, touches_owner: bool) -> None:
    """An administrator can neither make themselves an owner nor put an owner out."""
    if touches_owner and actor.role is not None and actor.role != Role.OWNER:
        raise OwnerOnly


def _refuse_last_owner(member: Member) -> None:
    # Of two owners who demote each other at once, the second waits here and is refused.
    Workspace.objects.select_for_update().get(pk=member.workspace_id)
    owners = Member.objects.active().filter(workspace=member.workspace_id, role=Role.OWNER)
    if not owners.exclude(pk=member.pk).exists():
        raise LastOwner


def _tell(kind: EventKind, member: Member, *, actor: Actor, at: datetime, **values: object) -> None:
    record(
        kind,
        actor=actor,
        subject=member,
        at=at,
        audience=Audience.STAFF,
        values=values,
        names={"subject": member.name},
    )
