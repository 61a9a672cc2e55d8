"""The tree of folders a project starts with (G1-28), and folders of one's own."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from parvis.access import Actor, Permission, require
from parvis.core.prepared import prepared
from parvis.core.text import clean_line
from parvis.documents.models import Folder, FolderKind
from parvis.projects.models import Project

DEFAULT_TREE: dict[FolderKind, tuple[FolderKind, ...]] = {
    FolderKind.BRIEFS: (),
    FolderKind.DELIVERABLES: (FolderKind.DESIGN, FolderKind.DEVELOPMENT, FolderKind.CONTENT),
    FolderKind.APPROVALS: (),
    FolderKind.REFERENCE: (FolderKind.BRAND, FolderKind.COMPETITORS),
}
"""Parents and their children, in order (G1-28)."""


def folders_of(project: Project) -> list[Folder]:
    """Every folder of a project, in order; the default tree is made when it is asked for first."""
    folders = _folders(project.pk)
    if not any(folder.kind == FolderKind.APPROVALS for folder in folders):
        _make_default_tree(project)
        folders = _folders(project.pk)
    for folder in folders:
        folder.project = project
    return folders


@prepared
def _folders(project_id: UUID) -> QuerySet[Folder]:
    return Folder.objects.filter(project=project_id)


@transaction.atomic
def add_folder(project: Project, *, title: str, actor: Actor, parent: Folder | None = None) -> Folder:
    """A folder of the team's own."""
    require(actor, Permission.DOCUMENT_EDIT, project)
    return Folder.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        parent=parent,
        title=clean_line(title),
        position=project.folders.count() + 1,
    )


@transaction.atomic
def _make_default_tree(project: Project) -> None:
    # Two readers who come first together wait for one another here; the second finds everything there.
    Project.objects.select_for_update().get(pk=project.pk)
    position = 0
    for kind, children in DEFAULT_TREE.items():
        parent = _folder(project, kind, None, position := position + 1)
        for child in children:
            _folder(project, child, parent, position := position + 1)


def _folder(project: Project, kind: FolderKind, parent: Folder | None, position: int) -> Folder:
    folder, _made = Folder.objects.get_or_create(
        project=project,
        kind=kind,
        defaults={"workspace_id": project.workspace_id, "parent": parent, "position": position},
    )
    return folder
