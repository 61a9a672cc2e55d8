"""What the clock brings to files: previews that no task has drawn, uploads nobody came back for, files that
belong to nothing.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from parvis.files.holding import forget_held
from parvis.files.models import StoredFile
from parvis.files.owning import delete_unowned
from parvis.files.previews import draw_previews
from parvis.files.tasks import make_previews

BATCH = 20
HINT_AGAIN_AFTER = timedelta(minutes=5)  # a task takes a minute at most; the queue before it may be longer


def due(at: datetime) -> dict[str, int]:
    """Ask for the previews whose task was lost, and forget uploads held for a form nobody came back to.

    The waiting rows are the truth, a task only a hint. Drawing takes seconds, so it is left to the worker's
    other thread: nobody's mail waits for it.
    """
    unheard = Q(preview_hinted_at=None) | Q(preview_hinted_at__lte=at - HINT_AGAIN_AFTER)
    hinted = 0
    for file in StoredFile.objects.wanting_preview(at).filter(unheard).order_by("created_at")[:BATCH]:
        mine = StoredFile.objects.filter(pk=file.pk, preview_hinted_at=file.preview_hinted_at)
        if mine.update(preview_hinted_at=at):
            make_previews.enqueue(str(file.pk))
            hinted += 1
    return {
        "previews_asked_for": hinted,
        "held_uploads_forgotten": forget_held(at),
        "unowned_files_deleted": _delete_unowned(at),
    }


def _delete_unowned(at: datetime) -> int:
    """How many files went that belong to nothing; looked for once an hour and process, because it means
    looking at all of them.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    if _looked_for_unowned.get("hour") == hour:
        return 0
    _looked_for_unowned["hour"] = hour
    return delete_unowned(at)


_looked_for_unowned: dict[str, datetime] = {}


def make_waiting_previews(at: datetime) -> int:
    """Draw what waits, here and now, oldest first, at most a batch; answers how many files have pages now."""
    waiting = StoredFile.objects.wanting_preview(at).order_by("created_at").values_list("pk", flat=True)
    return sum(draw_previews(file_id, at=at) for file_id in list(waiting[:BATCH]))
