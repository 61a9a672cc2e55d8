"""Jobs for the worker. A task is only a hint that a row wants work: the row itself is the truth."""

from uuid import UUID

from django_tasks import task

from parvis.core.clock import now
from parvis.files.previews import draw_previews


@task()
def make_previews(file_id: str) -> bool:
    """Draw the pages of this file if it still wants them; answers whether it has pages now."""
    return draw_previews(UUID(file_id), at=now())
