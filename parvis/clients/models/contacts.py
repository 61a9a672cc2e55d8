"""People at clients and what they may reach there."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from parvis.access import ContactRole, Guard
from parvis.clients.models.clients import Client
from parvis.clients.querysets import ContactQuerySet, MembershipQuerySet
from parvis.core.models import Edited
from parvis.core.searching import FoldedText
from parvis.workspaces.models import LANGUAGES, WorkspaceRow


class Contact(Edited, WorkspaceRow):
    """A person at one or several clients (BT-15, P-14)."""

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"))
    search_text = FoldedText("first_name", "last_name", "email")
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    function = models.CharField(_("function"), max_length=80, blank=True)
    handle = models.CharField(_("handle"), max_length=40)  # client-sarah (G1-16)
    language = models.CharField(
        _("language"), max_length=5, choices=LANGUAGES, blank=True
    )  # else client's
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)  # else the workspace's
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", Lower("email"), name="one_contact_per_email"),
            models.UniqueConstraint("workspace", "handle", name="one_contact_per_handle"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def guard(self) -> Guard:
        """Contacts are managed by the team alone; client limits are checked through memberships."""
        return Guard(workspace_id=self.workspace_id)


class AccessLevel(models.TextChoices):
    """Whether a contact sees what was sent to them, or everything of the client."""

    LIMITED = "limited", _("Limited access")
    FULL = "full", _("Full access")


class MembershipState(models.TextChoices):
    """How far the portal access of a contact at a client has come (DOMAIN 3.3)."""

    NONE = "none", _("Not invited")
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    EXPIRED = "expired", _("Invitation expired")
    DISABLED = "disabled", _("Access closed")


class Membership(WorkspaceRow):
    """A contact belongs to a client, in a role, reaching all of its projects or a list (A-38)."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="memberships")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=ContactRole, default=ContactRole.OBSERVER)
    access = models.CharField(_("access"), max_length=8, choices=AccessLevel, default=AccessLevel.FULL)
    reaches_all_projects = models.BooleanField(_("all projects"), default=True)
    is_main = models.BooleanField(_("main contact"), default=False)
    state = models.CharField(_("access"), max_length=8, choices=MembershipState, default=MembershipState.NONE)
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey("team.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    welcome_message = models.TextField(_("welcome message"), blank=True)  # of the invitation (G1-35c)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("client", "contact", name="member_of_a_client_once"),
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(is_main=True), name="one_main_contact_per_client"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.client_id}"

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace_id, client_id=self.client_id)


class MembershipProject(WorkspaceRow):
    """One project of a membership's list. The id only: projects stand above this package."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="listed_projects")
    project_id = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint("membership", "project_id", name="project_listed_once"),)

    def __str__(self) -> str:
        return str(self.project_id)
