"""The folders of a project as a tree, each with its documents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from parvis.access import Actor
from parvis.documents.actions import folders_of
from parvis.documents.models import Document, Folder
from parvis.projects.models import Project


@dataclass(slots=True)
class FolderView:
    """A folder, what is in it, and the folders below it."""

    folder: Folder
    level: int
    documents: list[Document] = field(default_factory=list)


def documents_of(project: Project, actor: Actor) -> QuerySet[Document]:
    """What lies in the folders, changed last first."""
    rows = Document.objects.visible_to(actor).existing().filter(project=project)
    return rows.select_related("current_version__file").order_by("-updated_at")


def folder_tree(project: Project, found: Iterable[Document]) -> list[FolderView]:
    """Every folder in reading order with its documents, parents before their children; one query."""
    documents: dict[UUID, list[Document]] = defaultdict(list)
    for document in found:
        documents[document.folder_id].append(document)
    children: dict[UUID | None, list[Folder]] = defaultdict(list)
    for folder in folders_of(project):
        children[folder.parent_id].append(folder)
    views: list[FolderView] = []

    def walk(parent: UUID | None, level: int) -> None:
        for folder in children[parent]:
            views.append(FolderView(folder, level, documents[folder.pk]))
            walk(folder.pk, level + 1)

    walk(None, 0)
    return views
