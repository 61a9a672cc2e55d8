"""Comments are gathered: one mail per thread and reader for each ten minutes (BK-06).

The ten minutes are fixed slices of the clock, so that the key alone decides: whoever hears an event writes
the same key, and nothing has to remember what was told.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from parvis.conversations.models import ClientComment

LENGTH = timedelta(minutes=10)
GRACE = timedelta(seconds=15)  # for comments written in the slice whose transaction commits after it


def slice_of(moment: datetime) -> datetime:
    """When the slice began that holds this moment."""
    began = moment.astimezone(UTC).replace(second=0, microsecond=0)
    return began - timedelta(minutes=began.minute % 10)


def leaves_at(began: datetime) -> datetime:
    """When the mail about a slice may leave."""
    return began + LENGTH + GRACE


def key_of(kind: str, thread_id: UUID, person_id: UUID, began: datetime) -> str:
    """The one key of this mail."""
    return f"{kind}:{thread_id}:{person_id}:{began:%Y%m%dT%H%M}"


def written_in(thread_id: UUID, began: datetime) -> QuerySet[ClientComment]:
    """What was written in a thread within one slice, oldest first."""
    return ClientComment.objects.filter(thread=thread_id, at__gte=began, at__lt=began + LENGTH).in_order()
