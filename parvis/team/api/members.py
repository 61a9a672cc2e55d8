"""Oneself, the members, invitations into the team."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status
from pydantic import Field

from parvis.access import Guard, Permission, Role, require
from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer, Body, Changes, Email, TimeZone, Title, Word
from parvis.team.actions import (
    change_role,
    disable_member,
    enable_member,
    invite_member,
    resend_invitation,
    revoke_invitation,
)
from parvis.team.models import Member, MemberInvitation

router = Router()


class MemberAnswer(Answer):
    id: UUID
    name: str
    email: str
    handle: str
    role: Role
    function: str
    reply_time: str
    joined_at: datetime
    disabled_at: datetime | None

    @staticmethod
    def resolve_email(row: Member) -> str:
        return str(row.user.email)


class MeAnswer(MemberAnswer):
    workspace_id: UUID
    workspace: str
    language: str
    time_zone: str
    scopes: list[str]

    @staticmethod
    def resolve_workspace(row: Member) -> str:
        return row.workspace.name

    @staticmethod
    def resolve_language(row: Member) -> str:
        return str(row.user.language)

    @staticmethod
    def resolve_time_zone(row: Member) -> str:
        return str(row.user.time_zone)


class ProfileChanges(Changes):
    name: Title = ""
    function: Word = ""
    reply_time: Word = ""
    language: Literal["fr", "en", "es", "pt"] = "fr"
    time_zone: Annotated[TimeZone, Field(min_length=1)] = "UTC"
    shortcuts_enabled: bool = True


SHOWN = ("name", "function", "reply_time")
SPOKEN = ("language", "time_zone", "shortcuts_enabled")


class RoleBody(Body):
    role: Role


class MemberInvitationBody(Body):
    email: Email
    name: Title
    role: Role = Role.MEMBER


class MemberInvitationAnswer(Answer):
    id: UUID
    email: str
    name: str
    role: Role
    invited_by_id: UUID
    invited_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


@router.get("/me", response=MeAnswer)
def me(request: ApiRequest) -> Member:
    """The member whose token this is, with the token's scopes."""
    member = get_object_or_404(Member.objects.select_related("user", "workspace"), pk=request.actor.member_id)
    member.scopes = sorted(request.actor.scopes or ())  # type: ignore[attr-defined]
    return member


@router.patch("/me", response=MeAnswer)
def update_me(request: ApiRequest, body: ProfileChanges) -> Member:
    """How one is shown to clients, and how Parvis speaks to one. Plain editing: nobody else is concerned."""
    member = me(request)
    given = body.given
    for row, names in ((member, SHOWN), (member.user, SPOKEN)):
        changed = [name for name in names if name in given]
        for name in changed:
            setattr(row, name, given[name])
        row.save(update_fields=changed)
    return member


class MemberFilters(Paging):
    is_active: bool | None = None


@router.get("/members", response=Page[MemberAnswer])
def list_members(request: ApiRequest, filters: Query[MemberFilters]) -> object:
    """The team, in the order they joined."""
    rows = Member.objects.filter(workspace=request.actor.workspace_id).select_related("user")
    if filters.is_active is not None:
        rows = rows.filter(disabled_at__isnull=filters.is_active)
    return cursor_page(rows, filters, order="joined_at")


@router.get("/members/{uuid:member_id}", response=MemberAnswer)
def get_member(request: ApiRequest, member_id: UUID) -> Member:
    """One of the team."""
    return _member(request, member_id)


@router.put("/members/{uuid:member_id}/role", response=MemberAnswer)
def set_member_role(request: ApiRequest, member_id: UUID, body: RoleBody) -> Member:
    """Give a member another role (A-05)."""
    return change_role(_member(request, member_id), role=body.role, actor=request.actor, at=now())


@router.delete("/members/{uuid:member_id}/access", response=MemberAnswer)
def close_member_access(request: ApiRequest, member_id: UUID) -> Member:
    """Close a member's way in; what they wrote stays."""
    return disable_member(_member(request, member_id), actor=request.actor, at=now())


@router.put("/members/{uuid:member_id}/access", response=MemberAnswer)
def open_member_access(request: ApiRequest, member_id: UUID) -> Member:
    """Let a member in again, in the role they had."""
    return enable_member(_member(request, member_id), actor=request.actor, at=now())


@router.get("/invitations", response=Page[MemberInvitationAnswer])
def list_invitations(request: ApiRequest, paging: Query[Paging]) -> object:
    """Invitations into the team, newest first."""
    looking = replace(request.actor, scopes=None)  # reading, though the permission is one to change things
    require(looking, Permission.MEMBER_MANAGE, _Team(request.actor.workspace_id))
    rows = MemberInvitation.objects.filter(workspace=request.actor.workspace_id)
    return cursor_page(rows, paging, order="-invited_at")


@router.post("/invitations", response={201: MemberInvitationAnswer})
def create_invitation(request: ApiRequest, body: MemberInvitationBody) -> Status[MemberInvitation]:
    """Invite somebody into the team; the mail leaves at once."""
    invitation = invite_member(
        workspace_id=request.actor.workspace_id,
        email=body.email,
        name=body.name,
        role=body.role,
        actor=request.actor,
        at=now(),
    )
    return Status(201, invitation)


@router.post("/invitations/{uuid:invitation_id}/sendings", response={201: MemberInvitationAnswer})
def send_invitation_again(request: ApiRequest, invitation_id: UUID) -> Status[MemberInvitation]:
    """Send the invitation once more, with a new link."""
    invitation = resend_invitation(_invitation(request, invitation_id), actor=request.actor, at=now())
    return Status(201, invitation)


@router.delete("/invitations/{uuid:invitation_id}", response={204: None})
def delete_invitation(request: ApiRequest, invitation_id: UUID) -> Status[None]:
    """Take an invitation back; its link stops working."""
    revoke_invitation(_invitation(request, invitation_id), actor=request.actor, at=now())
    return Status(204, None)


class _Team:
    """The team as the subject of a permission."""

    def __init__(self, workspace_id: UUID) -> None:
        self.guard = Guard(workspace_id=workspace_id)


def _member(request: ApiRequest, pk: UUID) -> Member:
    rows = Member.objects.filter(workspace=request.actor.workspace_id).select_related("user")
    return get_object_or_404(rows, pk=pk)


def _invitation(request: ApiRequest, pk: UUID) -> MemberInvitation:
    return get_object_or_404(MemberInvitation.objects.filter(workspace=request.actor.workspace_id), pk=pk)
