"""The row every table starts from."""

from django.db import models

from parvis.core.ids import uuid7


class Row(models.Model):
    """A row with a time-ordered identifier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Edited(models.Model):
    """A row whose facts people write on a form: `edition` counts how often (`core.editing`)."""

    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
