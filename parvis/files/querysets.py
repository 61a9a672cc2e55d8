"""Which stored files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from parvis.files.models import StoredFile

MAX_PREVIEW_ATTEMPTS = 3  # a file that ended two workers ends no third one
ABANDONED_AFTER = timedelta(hours=24)  # RELIABILITY E10


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files have no `visible_to` of their own: the owning domain finds its row first, then hands over the
    file.
    """

    def ready(self) -> Self:
        """Whole on the disk, and so fit to be handed out."""
        return self.filter(state="ready")

    def wanting_preview(self, at: datetime) -> Self:
        """Waiting for page pictures, and in nobody's hands at this moment."""
        free = Q(preview_lease_until=None) | Q(preview_lease_until__lte=at)
        return self.filter(free, state="ready", preview_state="waiting")

    def abandoned(self, at: datetime) -> Self:
        """Begun more than a day ago and never finished: their process is gone."""
        return self.filter(state="pending", created_at__lt=at - ABANDONED_AFTER)
