"""Which documents an actor may see."""

from typing import TYPE_CHECKING, Self

from django.db import models

from parvis.access import Actor, Permission
from parvis.projects.querysets import reach

if TYPE_CHECKING:
    from parvis.documents.models import Document


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents of projects."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of projects within reach; a contact needs the switch and a document meant for clients."""
        rows = self.filter(workspace=actor.workspace_id, project__client__deleted_at=None)
        rows = rows.filter(reach(actor, Permission.DOCUMENT_SEE, client="project__client", project="project"))
        if actor.is_staff:
            return rows
        return rows.filter(client_visible=True, deleted_at=None, project__archived_at=None)

    def existing(self) -> Self:
        """Not deleted ones."""
        return self.filter(deleted_at=None)
