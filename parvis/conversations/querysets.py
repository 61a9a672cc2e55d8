"""Comments are reached through the owner of their thread; what is here only orders and counts them."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from parvis.conversations.models import ClientComment  # noqa: F401 named in the string below


class ClientCommentQuerySet(models.QuerySet["ClientComment"]):
    """Comments a client may read."""

    def in_order(self) -> Self:
        """Oldest first, with authors and attachments at hand."""
        return (
            self.select_related("author_member", "author_contact")
            .prefetch_related("attachments__file")
            .order_by("at", "id")
        )
