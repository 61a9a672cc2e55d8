"""Comments are reached through the owner of their thread; what is here only orders and counts them."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from parvis.conversations.models import ClientComment


class ClientCommentQuerySet(models.QuerySet["ClientComment"]):
    """Comments a client may read."""

    def in_order(self) -> Self:
        """Oldest first, with authors and attachments at hand; two queries whatever hangs on them."""
        attachments = apps.get_model("conversations", "CommentAttachment").objects.select_related("file")
        return self.with_authors().prefetch_related(models.Prefetch("attachments", queryset=attachments))

    def with_authors(self) -> Self:
        """Oldest first, with authors at hand; one query."""
        return self.select_related("author_member", "author_contact").order_by("at", "id")
