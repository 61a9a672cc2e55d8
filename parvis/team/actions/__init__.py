"""What the team does with itself: its people, and the workspace they share."""

from parvis.team.actions.invitations import (
    accept_invitation,
    invite_member,
    join_workspace,
    open_invitation,
    resend_invitation,
    revoke_invitation,
)
from parvis.team.actions.members import change_role, disable_member, enable_member
from parvis.team.actions.workspaces import brand_workspace, configure_calendar, configure_workspace

__all__ = [
    "accept_invitation",
    "brand_workspace",
    "change_role",
    "configure_calendar",
    "configure_workspace",
    "disable_member",
    "enable_member",
    "invite_member",
    "join_workspace",
    "open_invitation",
    "resend_invitation",
    "revoke_invitation",
]
