"""Members of a workspace, what they work on, and invitations."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access import Guard, Role
from parvis.workspaces.models import WorkspaceRow


class MemberQuerySet(models.QuerySet["Member"]):
    """Members of one workspace."""

    def active(self) -> "MemberQuerySet":
        """Those who may sign in."""
        return self.filter(disabled_at=None)


class Member(WorkspaceRow):
    """Somebody of the agency."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    name = models.CharField(_("name"), max_length=120)
    handle = models.CharField(_("handle"), max_length=40)  # designer-alex (G1-16)
    function = models.CharField(_("function"), max_length=80, blank=True)
    reply_time = models.CharField(_("usual time to answer"), max_length=80, blank=True)
    joined_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", "user", name="one_member_per_account"),
            models.UniqueConstraint("workspace", "handle", name="one_member_per_handle"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """How clients address them."""
        return self.name.split(" ")[0]

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace_id)


class Assignment(WorkspaceRow):
    """A member works on a project. Ids only: projects stand above this package.

    It is the list of a project's members and, for the lowest role, the limit of what they see (G2-24a).
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="assignments")
    project_id = models.UUIDField()
    client_id = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint("project_id", "member", name="assigned_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} on {self.project_id}"


class MemberInvitation(WorkspaceRow):
    """An invitation into the team; the link in the mail carries a token of which only the digest is kept."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - none until it leaves
    invited_by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace_id)
