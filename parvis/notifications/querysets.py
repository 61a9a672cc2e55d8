"""Which items of an inbox a member sees now."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from parvis.access import Actor

if TYPE_CHECKING:
    from parvis.notifications.models import InboxItem


class InboxQuerySet(models.QuerySet["InboxItem"]):
    """What lies before members; each sees their own alone."""

    def visible_to(self, actor: Actor) -> Self:
        """Own items, as far as the member still reaches what they are about (G2-24a); a contact has none."""
        rows = self.filter(workspace=actor.workspace_id, member=actor.member_id, member__isnull=False)
        if actor.assigned_client_ids is not None:
            rows = rows.filter(Q(client=None) | Q(client__in=actor.assigned_client_ids))
        if actor.assigned_project_ids is not None:
            of_projects = Q(event__project_id__in=actor.assigned_project_ids)
            rows = rows.filter(of_projects | Q(event=None) | Q(event__project_id=None))
        return rows

    def waiting(self, at: datetime) -> Self:
        """Open, or put off until a moment that has come."""
        return self.filter(Q(state="open") | Q(state="snoozed", snoozed_until__lte=at))
