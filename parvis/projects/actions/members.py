"""Who of the team works on a project."""

from datetime import datetime

from django.db import transaction

from parvis.access import Actor, Audience, Permission, require
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.projects.models import Project
from parvis.team.models import Assignment, Member


@transaction.atomic
def add_member(project: Project, *, member: Member, actor: Actor, at: datetime) -> None:
    """Put somebody on the project: it is the limit of what the lowest role sees (G2-24a)."""
    require(actor, Permission.PROJECT_EDIT, project)
    if member.workspace_id != project.workspace_id:
        raise Member.DoesNotExist
    _assignment, is_new = Assignment.objects.get_or_create(
        member=member,
        project_id=project.pk,
        defaults={"workspace_id": project.workspace_id, "client_id": project.client_id, "added_at": at},
    )
    if is_new:
        _tell(EventKind.PROJECT_MEMBER_ADDED, project, member, actor=actor, at=at)


@transaction.atomic
def remove_member(project: Project, *, member: Member, actor: Actor, at: datetime) -> None:
    """Take somebody off the project; what they wrote stays."""
    require(actor, Permission.PROJECT_EDIT, project)
    gone, _of_each = Assignment.objects.filter(member=member, project_id=project.pk).delete()
    if gone:
        _tell(EventKind.PROJECT_MEMBER_REMOVED, project, member, actor=actor, at=at)


def _tell(kind: EventKind, project: Project, member: Member, *, actor: Actor, at: datetime) -> None:
    record(
        kind,
        actor=actor,
        subject=project,
        at=at,
        audience=Audience.STAFF,
        values={"member": member.pk},
        names={"subject": project.title, "member": member.name},
    )
