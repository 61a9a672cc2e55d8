"""What is stored, its page pictures, and how much room a workspace uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access import Guard
from parvis.core.models import Row
from parvis.files.media import Family, MediaType, type_of
from parvis.files.querysets import StoredFileQuerySet
from parvis.files.rules import extension_of
from parvis.workspaces.models import Workspace, WorkspaceRow


class FileState(models.TextChoices):
    """A row stands before its bytes (RELIABILITY E10): only a ready one is ever handed out.

    There is no state for a refused upload: its row and its bytes go at once.
    """

    PENDING = "pending", _("Being uploaded")
    READY = "ready", _("Ready")


class PreviewState(models.TextChoices):
    """Whether page pictures exist. `waiting` is the truth the worker looks for; a task is only a hint."""

    NONE = "none", _("No preview for this type of file")
    WAITING = "waiting", _("The preview is being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("No preview could be made")


class PreviewFailure(models.TextChoices):
    """Why there is no preview."""

    ENCRYPTED = "encrypted", _("The document is protected by a password.")
    BROKEN = "broken", _("The file is damaged.")
    TOO_HEAVY = "too_heavy", _("The file takes too much memory or time to draw.")
    MISSING = "missing", _("The file is missing from the storage.")


class StoredFile(WorkspaceRow):
    """One uploaded file. Its bytes never change: a new upload is a new row (G1-27)."""

    name = models.CharField(_("name"), max_length=200)  # cleaned; never a path
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100)  # from our table, never the uploader's word
    family = models.CharField(max_length=10, choices=Family)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.PENDING)
    storage_key = models.CharField(max_length=64, unique=True)  # random, without relation to the name
    page_count = models.PositiveIntegerField(
        null=True, blank=True
    )  # of the document, also beyond the pictures
    preview_state = models.CharField(max_length=10, choices=PreviewState, default=PreviewState.NONE)
    preview_failure = models.CharField(max_length=10, choices=PreviewFailure, blank=True)
    preview_attempts = models.PositiveSmallIntegerField(default=0)
    preview_lease_until = models.DateTimeField(null=True, blank=True)
    preview_hinted_at = models.DateTimeField(null=True, blank=True)  # when a task was last asked to draw it
    uploaded_by_member = models.ForeignKey(
        "team.Member", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    uploaded_by_contact_id = models.UUIDField(null=True, blank=True)  # contacts stand above this package
    created_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                "created_at", name="files_awaiting_preview", condition=models.Q(preview_state="waiting")
            ),
            models.Index("created_at", name="files_pending", condition=models.Q(state="pending")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace_id)

    @property
    def extension(self) -> str:
        """What stands after the last dot of the name, in small letters."""
        return extension_of(self.name)

    @property
    def is_ready(self) -> bool:
        """Whether its bytes are there, whole."""
        return self.state == FileState.READY

    @property
    def has_pages(self) -> bool:
        """Whether page pictures can be shown now."""
        return self.preview_state == PreviewState.READY

    @property
    def type(self) -> MediaType:
        """Its line in our table of types."""
        return type_of(self.extension)


class HeldUpload(WorkspaceRow):
    """A stored file whose form was refused for a reason that can be mended; offered there once more.

    `form_id` is what the form is about. After a day the file goes, as what belongs to nobody does.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="held")
    member = models.ForeignKey("team.Member", on_delete=models.CASCADE, related_name="+")
    form_id = models.UUIDField()
    held_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index("held_at", name="files_held_since"),)

    def __str__(self) -> str:
        return str(self.file_id)


class PageSize(models.TextChoices):
    """The two renditions of a page."""

    SMALL = "small", _("Small")
    LARGE = "large", _("Large")


class FilePage(Row):
    """One page of a file as pictures we drew ourselves: what the portal shows inline (RELIABILITY E1)."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()  # from 1
    width = (
        models.PositiveIntegerField()
    )  # pixels of the large picture; the small one has the same proportions
    height = models.PositiveIntegerField()
    key_small = models.CharField(max_length=64)
    key_large = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint("file", "number", name="files_page_once"),)

    def __str__(self) -> str:
        return f"{self.file_id} p. {self.number}"

    def key(self, size: PageSize) -> str:
        """Where the bytes of this rendition are kept."""
        return self.key_small if size == PageSize.SMALL else self.key_large


class StorageUse(Row):
    """Bytes of a workspace's files, pending ones included: the figure the quota is held against.

    Changed in the same transaction as the rows it counts, by a conditional update, so that parallel uploads
    cannot pass the limit together (RELIABILITY E8).
    """

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="+")
    used_bytes = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.used_bytes}"
