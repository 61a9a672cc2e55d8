"""Which events: within reach of an actor, about a subject."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from parvis.access import Actor, Audience, ClientAccess

if TYPE_CHECKING:
    from parvis.events.models import Event


class EventQuerySet(models.QuerySet["Event"]):
    """Events never leave their workspace; contacts read through `for_contacts` alone."""

    def visible_to(self, actor: Actor) -> Self:
        """What this actor may read: staff within their clients and projects, contacts as `for_contacts`."""
        if not actor.is_staff:
            return self.for_contacts(actor)
        rows = self.filter(workspace=actor.workspace_id)
        if actor.assigned_client_ids is not None:
            rows = rows.filter(client_id__in=actor.assigned_client_ids)
        if actor.assigned_project_ids is not None:
            rows = rows.filter(Q(project_id=None) | Q(project_id__in=actor.assigned_project_ids))
        return rows

    def for_contacts(self, actor: Actor) -> Self:
        """Client-facing events of the clients and projects a contact reaches (A-03, A-38).

        Whether the portal shows a timeline at all (its switch, A-02) is asked by the page.
        """
        reach = Q(pk__in=[])
        for access in actor.clients.values():
            if access.portal_enabled:
                reach |= _within(access)
        return self.filter(reach, workspace=actor.workspace_id, audience=Audience.CLIENT)

    def about(self, subject_id: UUID) -> Self:
        """What happened to one thing."""
        return self.filter(subject_id=subject_id)


def _within(access: ClientAccess) -> Q:
    """One client; where the membership lists projects, only those and what concerns no project."""
    reach = Q(client_id=access.client_id)
    if access.project_ids is not None:
        reach &= Q(project_id=None) | Q(project_id__in=access.project_ids)
    return reach
