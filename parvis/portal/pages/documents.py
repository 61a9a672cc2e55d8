"""Documents as a client finds them (DESIGN screen 4)."""

from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from parvis.access import Actor
from parvis.core.searching import matches
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.projects.models import Project

ICONS = {
    "image": "image",
    "pdf": "file-text",
    "document": "file-text",
    "sheet": "file-spreadsheet",
    "archive": "file-archive",
    "audio": "file-music",
    "video": "file-video",
    "text": "file-text",
    "other": "file",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    chosen: bool


def found(actor: Actor, *, words: str, project: str, folder: str) -> QuerySet[Document]:
    """Documents within reach that match; what is no identifier of ours matches nothing and breaks nothing."""
    versions = DocumentVersion.objects.select_related("file").order_by("-number")
    rows = Document.objects.visible_to(actor).exclude(current_version=None)
    if words:
        rows = rows.filter(matches(words))
    if project:
        rows = rows.filter(project__in=[row.value for row in project_choices(actor, project) if row.chosen])
    if folder:
        rows = rows.filter(folder__kind=folder)
    return rows.select_related("project", "folder", "current_version__file").prefetch_related(
        Prefetch("versions", queryset=versions)
    )


def project_choices(actor: Actor, chosen: str) -> list[Choice]:
    """The contact's projects."""
    rows = Project.objects.visible_to(actor).order_by(F("published_at").desc(nulls_last=True), "-pk")[:50]
    return [Choice(str(row.pk), row.name_for_client, str(row.pk) == chosen) for row in rows]


def folder_choices(actor: Actor, chosen: str) -> list[Choice]:
    """The default folders that hold something for this contact."""
    kinds = (
        Document.objects.visible_to(actor)
        .exclude(folder__kind="custom")
        .order_by("folder__kind")
        .values_list("folder__kind", flat=True)
        .distinct()
    )
    return [Choice(kind, str(Folder(kind=kind)), kind == chosen) for kind in kinds]


def icon_of(family: str) -> str:
    """The icon of a kind of file."""
    return ICONS.get(family, "file")
