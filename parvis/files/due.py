"""What the clock brings to files: previews that nobody has drawn yet."""

from datetime import datetime

from parvis.files.models import StoredFile
from parvis.files.previews import draw_previews

BATCH = 20


def make_waiting_previews(at: datetime) -> int:
    """Draw what waits, oldest first, at most a batch; answers how many files have pages now.

    Finds the rows themselves, so that a lost task loses nothing.
    """
    waiting = (
        StoredFile.objects.wanting_preview(at).order_by("created_at").values_list("pk", flat=True)[:BATCH]
    )
    return sum(draw_previews(file_id, at=at) for file_id in list(waiting))
