"""Which projects, milestones, tasks and discussions an actor may see."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from parvis.access import Actor, Permission, Switch
from parvis.access.permissions import CONTACT_ROLES, SWITCHES

if TYPE_CHECKING:
    from parvis.projects.models import Discussion, Milestone, Project, Task


def reach(actor: Actor, permission: Permission, *, client: str = "client", project: str = "pk") -> Q:
    """The rows of projects within an actor's reach, as one condition.

    For contacts: enabled portal, role and switch of the permission, and the membership's list of
    projects (A-03, A-38); for members of the lowest role: the projects they work on (G2-24a).
    `client` and `project` name the columns on the table asked.
    """
    if actor.is_staff:
        if actor.assigned_project_ids is None:
            return Q()
        return Q(**{f"{project}__in": actor.assigned_project_ids})
    switch: Switch | None = SWITCHES.get(permission)
    within = Q(pk__in=[])
    for access in actor.clients.values():
        if not access.portal_enabled or access.role not in CONTACT_ROLES[permission]:
            continue
        if switch is not None and switch not in access.switches:
            continue
        rows = Q(**{client: access.client_id})
        if access.project_ids is not None:
            rows &= Q(**{f"{project}__in": access.project_ids})
        within |= rows
    return within


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects of a workspace."""

    def visible_to(self, actor: Actor) -> Self:
        """Never beyond the workspace; archived ones leave the portal (A-13)."""
        rows = self.filter(workspace=actor.workspace_id, client__deleted_at=None)
        rows = rows.filter(reach(actor, Permission.PROJECT_SEE))
        return rows if actor.is_staff else rows.filter(archived_at=None)

    def running(self) -> Self:
        """Neither completed nor archived."""
        return self.filter(archived_at=None).exclude(status__in=("completed", "archived"))


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones of projects."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of projects within reach; a contact needs the switch and a visible milestone (G2-16c)."""
        return self._within_reach(actor).filter(deleted_at=None)

    def deleted_from(self, actor: Actor) -> Self:
        """What could be restored."""
        return self._within_reach(actor).exclude(deleted_at=None)

    def _within_reach(self, actor: Actor) -> Self:
        rows = self.filter(workspace=actor.workspace_id, project__client__deleted_at=None)
        rows = rows.filter(
            reach(actor, Permission.MILESTONES_SEE, client="project__client", project="project")
        )
        return rows if actor.is_staff else rows.filter(client_visible=True, project__archived_at=None)


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks of projects."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of projects within reach; a contact needs the switch and a visible task (G2-16b)."""
        rows = self.filter(workspace=actor.workspace_id, project__client__deleted_at=None)
        rows = rows.filter(reach(actor, Permission.TASKS_SEE, client="project__client", project="project"))
        return rows if actor.is_staff else rows.filter(client_visible=True, project__archived_at=None)


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    """Topic threads of projects, independent of any deliverable (G1-13)."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of projects within reach."""
        rows = self.filter(workspace=actor.workspace_id, project__client__deleted_at=None)
        rows = rows.filter(reach(actor, Permission.PROJECT_SEE, client="project__client", project="project"))
        return rows if actor.is_staff else rows.filter(project__archived_at=None)
