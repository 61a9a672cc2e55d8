"""Which clients, contacts and memberships an actor may see."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from parvis.access import Actor, Permission
from parvis.access.permissions import CONTACT_ROLES

if TYPE_CHECKING:
    from parvis.clients.models import Client, Contact, Membership


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients of a workspace."""

    def visible_to(self, actor: Actor) -> Self:
        """Never beyond the workspace; members of the lowest role and contacts see their own (G2-24a)."""
        rows = self.filter(workspace=actor.workspace_id, deleted_at=None)
        return rows if actor.sees_every_client else rows.filter(pk__in=actor.client_ids)

    def deleted_for(self, actor: Actor) -> Self:
        """Deleted clients that this member of the team may bring back."""
        rows = self.filter(workspace=actor.workspace_id).exclude(deleted_at=None)
        return rows if actor.sees_every_client else rows.none()


class ContactQuerySet(models.QuerySet["Contact"]):
    """People at clients."""

    def existing(self) -> Self:
        """Not deleted ones."""
        return self.filter(deleted_at=None)

    def deleted_for(self, actor: Actor) -> Self:
        """Deleted contacts that this member of the team may bring back."""
        rows = self.filter(workspace=actor.workspace_id).exclude(deleted_at=None)
        return rows if actor.sees_every_client else rows.none()

    def visible_to(self, actor: Actor) -> Self:
        """Contacts of clients within reach; a contact sees the people of their own clients."""
        rows = self.existing().filter(workspace=actor.workspace_id)
        if actor.sees_every_client:
            return rows
        return rows.filter(memberships__client__in=actor.client_ids).distinct()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Which contact belongs to which client."""

    def visible_to(self, actor: Actor) -> Self:
        """Memberships at clients within reach; contacts do not see who else was invited elsewhere."""
        rows = self.filter(workspace=actor.workspace_id, client__deleted_at=None, contact__deleted_at=None)
        return rows if actor.sees_every_client else rows.filter(client__in=actor.client_ids)

    def reaching(self, project_id: object) -> Self:
        """Memberships whose reach contains the project (A-38)."""
        return self.filter(
            Q(reaches_all_projects=True) | Q(listed_projects__project_id=project_id)
        ).distinct()

    def usable(self) -> Self:
        """Those through which somebody may come in: enabled portal, not disabled, nobody deleted."""
        return self.filter(
            client__deleted_at=None,
            client__portal__enabled=True,
            contact__deleted_at=None,
        ).exclude(state="disabled")

    def deciding(self) -> Self:
        """Those through which somebody may approve at this moment: a way in, the switch, the role (A-03)."""
        roles = sorted(CONTACT_ROLES[Permission.DELIVERABLE_DECIDE])
        return self.usable().filter(client__portal__approvals=True, role__in=roles)
