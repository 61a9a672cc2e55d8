"""Projects and what belongs to one: status for the client, milestones, tasks, discussions."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access import Audience, Guard
from parvis.core.models import Edited
from parvis.core.searching import FoldedText
from parvis.projects.querysets import DiscussionQuerySet, MilestoneQuerySet, ProjectQuerySet, TaskQuerySet
from parvis.projects.rules import CLOSED, ProjectStatus
from parvis.workspaces.models import WorkspaceRow


class Project(Edited, WorkspaceRow):
    """Work for one client: what others call work item, job, matter (A-20)."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="projects")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("name"), max_length=120)
    external_name = models.CharField(_("name for the client"), max_length=120, blank=True)  # K-41
    search_text = FoldedText("title", "external_name")
    status = models.CharField(
        _("internal status"), max_length=12, choices=ProjectStatus, default=ProjectStatus.PLANNED
    )
    status_before_archive = models.CharField(max_length=12, choices=ProjectStatus, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    contract_amount_minor = models.BigIntegerField(_("contract amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    progress = models.PositiveSmallIntegerField(_("progress"), default=0, validators=[MaxValueValidator(100)])
    assignee = models.ForeignKey(
        "team.Member",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead"),
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)  # when the client last got something to see
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "number", name="one_project_per_number"),)
        indexes = (
            models.Index(fields=["workspace", "client", "-updated_at", "-id"], name="projects_of_a_client"),
            models.Index(fields=["workspace", "status", "due_on"], name="projects_by_status"),
            models.Index(fields=["workspace", "-updated_at", "-id"], name="projects_by_change"),
            models.Index(fields=["workspace", "due_on", "id"], name="projects_by_day"),
            # Everything the figures of the first page count and sum, so that they leave the rows alone.
            models.Index(
                fields=[
                    "workspace",
                    "status",
                    "currency",
                    "due_on",
                    "created_at",
                    "contract_amount_minor",
                    "client",
                ],
                name="projects_in_figures",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def name_for_client(self) -> str:
        """The external name if set, else the title (K-41)."""
        return self.external_name or self.title

    @property
    def guard(self) -> Guard:
        """Closed projects take nothing more from a contact (K-61, A-13)."""
        closed = self.status in CLOSED
        return Guard(
            workspace_id=self.workspace_id,
            client_id=self.client_id,
            project_id=self.pk,
            audience=Audience.CLIENT,
            writable=not closed,
            closed_because=self.status if closed else "",
        )


class StatusStep(models.IntegerChoices):
    """The optional step of four that a client sees as a bar (A-18)."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


class ClientStatus(Edited, WorkspaceRow):
    """What the client reads of a project: a label, a sentence, a step; hidden by default (T-06)."""

    class Family(models.TextChoices):
        """Whose turn it is, as colour and icon repeat it."""

        WORK = "work", _("We're on it")
        WAIT = "wait", _("Your turn")
        REVIEW = "review", _("Being reviewed")
        DONE = "done", _("Done")

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="client_status")
    is_visible = models.BooleanField(_("show in the client portal"), default=False)
    label = models.CharField(_("status for the client"), max_length=60, blank=True)
    description = models.CharField(_("sentence for the client"), max_length=300, blank=True)
    family = models.CharField(max_length=8, choices=Family, default=Family.WORK)
    step = models.PositiveSmallIntegerField(_("step"), choices=StatusStep, null=True, blank=True)
    updated_by = models.ForeignKey("team.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label


class Milestone(Edited, WorkspaceRow):
    """A key date of a project (G2-16c)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("name"), max_length=120)
    due_on = models.DateField(_("date"))
    client_visible = models.BooleanField(_("client can see this"), default=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = (models.Index(fields=["workspace", "due_on"], name="milestones_by_day"),)

    def __str__(self) -> str:
        return self.title

    @property
    def guard(self) -> Guard:
        return _guard_of_part(self.project, visible=self.client_visible)


class TaskState(models.TextChoices):
    """How far a task is."""

    TODO = "todo", _("To do")
    DOING = "doing", _("In progress")
    DONE = "done", _("Done")


class Task(Edited, WorkspaceRow):
    """A piece of work with two streams, one for the team (`backstage`), one for both (G1-30, G1-31)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("name"), max_length=160)
    state = models.CharField(_("state"), max_length=6, choices=TaskState, default=TaskState.TODO)
    assignee = models.ForeignKey(
        "team.Member",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    client_visible = models.BooleanField(_("client can see this"), default=False)
    client_thread = models.OneToOneField(
        "conversations.Thread", on_delete=models.PROTECT, null=True, related_name="+"
    )
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def guard(self) -> Guard:
        return _guard_of_part(self.project, visible=self.client_visible)


class Discussion(WorkspaceRow):
    """A topic thread of a project (G1-13)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="discussions")
    title = models.CharField(_("subject"), max_length=120)
    thread = models.OneToOneField("conversations.Thread", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = DiscussionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def guard(self) -> Guard:
        return _guard_of_part(self.project, visible=True)


def _guard_of_part(project: Project, *, visible: bool) -> Guard:
    """The project's guard, kept inside the team where the part is not for the client."""
    whole = project.guard
    return Guard(
        workspace_id=whole.workspace_id,
        client_id=whole.client_id,
        project_id=whole.project_id,
        audience=Audience.CLIENT if visible else Audience.STAFF,
        writable=whole.writable,
        closed_because=whole.closed_because,
    )
