"""The folders of a project as a tree, each with its documents."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from parvis.access import Actor
from parvis.documents.actions import folders_of
from parvis.documents.models import Document, Folder
from parvis.projects.models import Project

SHOWN = 200


@dataclass(slots=True)
class FolderView:
    """A folder, what is in it, and the folders below it."""

    folder: Folder
    level: int
    documents: list[Document] = field(default_factory=list)


def folder_tree(project: Project, actor: Actor) -> list[FolderView]:
    """Every folder in reading order, parents before their children; two queries."""
    documents: dict[UUID, list[Document]] = defaultdict(list)
    rows = Document.objects.visible_to(actor).existing().filter(project=project)
    rows = rows.select_related("current_version__file").order_by("-updated_at")
    for document in rows[:SHOWN]:
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
