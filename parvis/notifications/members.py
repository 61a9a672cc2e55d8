"""Which members something concerns; never typed, always from who works on it and may see it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from parvis.access import Guard, Role
from parvis.clients.models import Client
from parvis.projects.models import Project
from parvis.team.actors import member_actor
from parvis.team.models import Assignment, Member


def concerned(project: Project, *, responsible: Member | None = None) -> list[Member]:
    """Whoever answers for it: the thing's responsible and the project's lead; without any, who works on it.

    Failing those, the client's owner, and last the workspace's owners: nothing a client does goes unheard.
    """
    leads = _able([responsible, project.assignee], project.guard)
    if leads:
        return leads
    working = Assignment.objects.filter(project_id=project.pk).select_related("member__user")
    return _able((row.member for row in working), project.guard) or answerable(project.client)


def answerable(client: Client) -> list[Member]:
    """The client's owner (A-14), else the owners of the workspace."""
    owner = _able([client.owner], client.guard)
    return owner or list(_active(client.workspace_id).filter(role=Role.OWNER))


def administrators(workspace_id: UUID) -> list[Member]:
    """Those who look after the team: owners and administrators."""
    return list(_active(workspace_id).filter(role__in=(Role.OWNER, Role.ADMIN)))


def may_see(member: Member, guard: Guard) -> bool:
    """Whether the thing lies within a member's reach (G2-24a)."""
    if member.disabled_at is not None or member.workspace_id != guard.workspace_id:
        return False
    actor = member_actor(member)
    if actor.assigned_project_ids is None or guard.project_id is None:
        return actor.sees_every_client or guard.client_id in actor.client_ids
    return guard.project_id in actor.assigned_project_ids


def member_by_id(member_id: UUID | str | None) -> Member | None:
    """An active member with their account."""
    if member_id is None:
        return None
    return Member.objects.active().select_related("user", "workspace").filter(pk=member_id).first()


def _able(candidates: Iterable[Member | None], guard: Guard) -> list[Member]:
    """Those of them who are here and may see it, each once."""
    found = {member.pk: member for member in candidates if member is not None and may_see(member, guard)}
    return list(found.values())


def _active(workspace_id: UUID) -> QuerySet[Member]:
    return Member.objects.active().filter(workspace=workspace_id).select_related("user").order_by("joined_at")
