"""From a member to the Actor every action is given."""

from parvis.access import Actor, ActorKind, Role
from parvis.team.models import Member


def member_actor(member: Member, *, scopes: frozenset[str] | None = None) -> Actor:
    """The member as an actor; for the lowest role with the list of what they work on (G2-24a)."""
    client_ids = project_ids = None
    if member.role == Role.MEMBER:
        pairs = list(member.assignments.values_list("client_id", "project_id"))
        client_ids = frozenset(client for client, _ in pairs)
        project_ids = frozenset(project for _, project in pairs)
    return Actor(
        workspace_id=member.workspace_id,
        kind=ActorKind.MEMBER,
        name=member.name,
        user_id=member.user_id,
        member_id=member.pk,
        role=Role(member.role),
        assigned_client_ids=client_ids,
        assigned_project_ids=project_ids,
        scopes=scopes,
        language=member.user.language,
        time_zone=member.user.time_zone,
    )
