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
        """The member's own items; nobody reads another's, and a contact none."""
        return self.filter(workspace=actor.workspace_id, member=actor.member_id, member__isnull=False)

    def waiting(self, at: datetime) -> Self:
        """Open, or put off until a moment that has come."""
        return self.filter(Q(state="open") | Q(state="snoozed", snoozed_until__lte=at))
