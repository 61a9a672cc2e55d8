"""Text for the team alone. No reverse accessors: nothing can be reached from a client's row."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, Audience, Guard
from parvis.workspaces.models import WorkspaceRow


class StaffCommentQuerySet(models.QuerySet["StaffComment"]):
    """Internal discussions."""

    def visible_to(self, actor: Actor) -> Self:
        """Nothing for contacts, ever (G1-32); members of the lowest role read their projects' (G2-24a)."""
        if actor.is_contact:
            return self.none()
        rows = self.filter(workspace=actor.workspace_id)
        if actor.assigned_project_ids is not None:
            rows = rows.filter(project_id__in=actor.assigned_project_ids)
        return rows


class StaffComment(WorkspaceRow):
    """A comment of the internal discussion about a project, a task or a deliverable (G1-30)."""

    subject_type = models.CharField(max_length=60)  # "deliverables.deliverable"
    subject_id = models.UUIDField()
    client_id = models.UUIDField()
    project_id = models.UUIDField()
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey("team.Member", on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("internal comment"))
    at = models.DateTimeField()

    objects = StaffCommentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["subject_type", "subject_id", "at"], name="staff_comments_of"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def guard(self) -> Guard:
        return Guard(
            workspace_id=self.workspace_id,
            client_id=self.client_id,
            project_id=self.project_id,
            audience=Audience.STAFF,
        )


class StaffMention(WorkspaceRow):
    """A member addressed in an internal comment."""

    comment = models.ForeignKey(StaffComment, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey("team.Member", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.member_id)


class ClientNote(WorkspaceRow):
    """A dated note about a client (G2-07e, G2-21d)."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey("team.Member", on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("internal note"))
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace_id, client_id=self.client_id, audience=Audience.STAFF)
