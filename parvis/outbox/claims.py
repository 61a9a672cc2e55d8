"""Which worker takes which rows: leases by conditional update, correct on both databases (ARCHITECTURE 5)."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from parvis.outbox.models import Message, MessageState

BATCH = 100
LEASE = timedelta(minutes=5)


def claim(owner: UUID, at: datetime, limit: int = BATCH) -> list[Message]:
    """Up to `limit` due messages, leased to `owner`.

    Every workspace with mail waiting gets an equal share, so that nobody waits behind a neighbour's mailing.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = Message.objects.filter(free, state=MessageState.NEW, due_at__lte=at)
    workspaces = list(waiting.order_by().values_list("workspace_id", flat=True).distinct())
    if not workspaces:
        return []
    served = random.sample(workspaces, k=min(limit, len(workspaces)))
    share = limit // len(served)
    found: list[UUID] = []
    with transaction.atomic():
        for workspace_id in served:
            oldest = waiting.filter(workspace_id=workspace_id).order_by("due_at", "pk")
            # Only against deadlocks on PostgreSQL; SQLite ignores it, and the update below decides anyway.
            free_rows = oldest.select_for_update(skip_locked=True)
            found += free_rows.values_list("pk", flat=True)[:share]
        waiting.filter(pk__in=found).update(lease_owner=owner, lease_until=at + LEASE)
    mine = Message.objects.filter(pk__in=found, lease_owner=owner, state=MessageState.NEW)
    return list(mine.select_related("workspace").order_by("due_at", "pk"))
