"""A deliverable and its versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.access import Audience, Guard
from parvis.core.models import Edited
from parvis.core.searching import FoldedText
from parvis.deliverables.querysets import DeliverableQuerySet
from parvis.deliverables.rules import AWAITING, DeliverableState, Purpose, rounds_exceeded
from parvis.workspaces.models import WorkspaceRow

WRITERS = "thread__comments__author_member"


class Deliverable(Edited, WorkspaceRow):
    """Something made for a client, shown in versions until it is settled.

    `revision` is raised by every change that counts votes, so that two last approvers meet in one
    row (ARCHITECTURE 2), `edition` by every change of its facts; `due_at` is the deadline (A-35).
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="deliverables")
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="deliverables")
    title = models.CharField(_("title"), max_length=160)
    search_text = FoldedText("title")
    description = models.TextField(_("what it is"), blank=True)
    purpose = models.CharField(_("what the client is asked for"), max_length=12, choices=Purpose)
    state = models.CharField(max_length=18, choices=DeliverableState, default=DeliverableState.DRAFT)
    responsible = models.ForeignKey(
        "team.Member",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    folder = models.ForeignKey(
        "documents.Folder", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    current_version = models.ForeignKey(
        "deliverables.DeliverableVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    current_number = models.PositiveIntegerField(default=0)
    # The last one clients may see: the current one, or the one before while the current one is taken back.
    shown_version = models.ForeignKey(
        "deliverables.DeliverableVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)  # G2-04d
    due_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    rounds_used = models.PositiveIntegerField(default=0)
    maximum_rounds = models.PositiveIntegerField(_("revision rounds agreed"), null=True, blank=True)  # G1-41c
    comment_count = models.PositiveIntegerField(default=0)  # G1-11
    open_remark_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["project", "-updated_at", "-id"], name="deliverables_of_a_project"),
            models.Index(fields=["workspace", "state", "due_at"], name="deliverables_by_state"),
            models.Index(fields=["workspace", "state", "submitted_at", "id"], name="deliverables_by_wait"),
            models.Index(fields=["client", "state"], name="deliverables_of_a_client"),
            models.Index(fields=["workspace", "due_at", "id"], name="deliverables_by_deadline"),
            # With the text in it a search on SQLite reads this and leaves the rows alone.
            models.Index(fields=["workspace", "-updated_at", "search_text"], name="deliverables_by_text"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_awaiting(self) -> bool:
        """Whether the current version still waits for the client."""
        return self.state in AWAITING

    @property
    def state_for_client(self) -> str:
        """What a client reads: while a version is taken back, how the one before it ended (G1-34b)."""
        if self.state != DeliverableState.DRAFT or self.shown_version is None:
            return self.state
        return self.shown_version.outcome

    @property
    def state_word(self) -> str:
        """That state in the reader's language."""
        return str(DeliverableState(self.state_for_client).label)

    @property
    def has_exceeded_rounds(self) -> bool:
        """More revision rounds were used than agreed (G1-41c)."""
        return rounds_exceeded(self.rounds_used, self.maximum_rounds)

    @property
    def involved(self) -> Q:
        """The members a contact meets here: who is responsible, who published or wrote a remark (G1-16)."""
        published = self.versions.order_by().values("submitted_by")
        wrote = self.remarks.filter(thread__comments__author_member__isnull=False)
        return Q(pk=self.responsible_id) | Q(pk__in=published) | Q(pk__in=wrote.values(WRITERS))

    @property
    def guard(self) -> Guard:
        """Before anything was shown it is the team's alone; the project's state closes it for contacts."""
        whole = self.project.guard
        return Guard(
            workspace_id=self.workspace_id,
            client_id=self.client_id,
            project_id=self.project_id,
            audience=Audience.STAFF if self.shown_version_id is None else Audience.CLIENT,
            writable=whole.writable,
            closed_because=whole.closed_because,
        )


class DeliverableVersion(WorkspaceRow):
    """One publication of a deliverable; its files never change.

    `digest` is the SHA-256 over its files' SHA-256 in order: what an approver approves (RELIABILITY G2).
    `outcome` is how it ended; empty while it waits.
    """

    class Outcome(models.TextChoices):
        """How a version ended (G1-39d counts one outcome per submission)."""

        WAITING = "", _("Waiting")
        APPROVED = "approved", pgettext_lazy("version", "Approved")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        REJECTED = "rejected", pgettext_lazy("version", "Rejected")
        SUPERSEDED = "superseded", _("Replaced")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.TextField(_("what changed"), blank=True)
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("team.Member", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=18, choices=Outcome, blank=True, default=Outcome.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint("deliverable", "number", name="one_publication_per_number"),)

    def __str__(self) -> str:
        return f"v{self.number}"


class VersionFile(WorkspaceRow):
    """One file of a version, in order."""

    version = models.ForeignKey(DeliverableVersion, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return str(self.file_id)
