"""Folders, documents and their immutable versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access import Audience, Guard
from parvis.core.models import Edited
from parvis.core.searching import FoldedText
from parvis.documents.querysets import DocumentQuerySet
from parvis.workspaces.models import WorkspaceRow


class FolderKind(models.TextChoices):
    """The folders every project starts with (G1-28); others are named by staff."""

    BRIEFS = "briefs", _("Briefs")
    DELIVERABLES = "deliverables", _("Deliverables")
    DESIGN = "design", _("Design")
    DEVELOPMENT = "development", _("Development")
    CONTENT = "content", _("Content")
    APPROVALS = "approvals", _("Approvals")
    REFERENCE = "reference", _("Reference")
    BRAND = "brand", _("Brand assets")
    COMPETITORS = "competitors", _("Competitor research")
    CUSTOM = "custom", _("Folder")


class Folder(WorkspaceRow):
    """A folder of a project's tree; the default ones are named in the reader's language."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="folders")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=14, choices=FolderKind, default=FolderKind.CUSTOM)
    title = models.CharField(_("name"), max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=~models.Q(kind="custom"),
                name="default_folder_once_per_project",
            ),
        )

    def __str__(self) -> str:
        return self.title or str(FolderKind(self.kind).label)

    @property
    def guard(self) -> Guard:
        return self.project.guard


class Document(Edited, WorkspaceRow):
    """A document; uploading again makes a new version, never replaces one (G1-27)."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="documents")
    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("name"), max_length=160)
    search_text = FoldedText("title")
    client_visible = models.BooleanField(_("client can see this"), default=True)
    current_version = models.ForeignKey(
        "documents.DocumentVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    current_number = models.PositiveIntegerField(default=0)
    approved_version_id = models.UUIDField(null=True, unique=True)  # filed by an approval (G1-29)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["project", "-updated_at", "-id"], name="documents_of_a_project"),)

    def __str__(self) -> str:
        return self.title

    @property
    def guard(self) -> Guard:
        whole = self.project.guard
        return Guard(
            workspace_id=whole.workspace_id,
            client_id=whole.client_id,
            project_id=whole.project_id,
            audience=Audience.CLIENT if self.client_visible else Audience.STAFF,
            writable=whole.writable,
            closed_because=whole.closed_because,
        )


class DocumentVersion(WorkspaceRow):
    """One upload of a document; never changed afterwards."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    uploaded_by_member = models.ForeignKey(
        "team.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_by_contact = models.ForeignKey(
        "clients.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint("document", "number", name="one_version_per_number"),)

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def is_original(self) -> bool:
        """The first upload, shown as "Original document" (G1-27)."""
        return self.number == 1
