"""The ways into a portal: a grant, the tokens that open it, the device it is bound to (A-06, A-12)."""

from datetime import datetime

from django.db import models

from parvis.access import Guard
from parvis.clients.models.clients import Client
from parvis.clients.models.contacts import Contact
from parvis.workspaces.models import WorkspaceRow


class ContactDevice(WorkspaceRow):
    """A browser a contact has opened a link in; its cookie holds a secret of which only the digest is kept.

    `preview_by_id` is set when a member looks at the portal as this contact: read-only and short.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)  # "Firefox, Android"
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    preview_by = models.ForeignKey("team.Member", on_delete=models.CASCADE, null=True, related_name="+")
    preview_client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return self.label


class GrantScope(models.TextChoices):
    """What a grant opens: one client's portal, or one sending of a request group (A-06)."""

    PORTAL = "portal"
    SENDING = "sending"


class AccessGrant(WorkspaceRow):
    """A contact may open one client's portal, from one device at a time (K-32, A-12)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="grants")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="grants")
    scope = models.CharField(max_length=8, choices=GrantScope, default=GrantScope.PORTAL)
    scope_id = models.UUIDField(null=True)  # the sending, where the scope is one
    device = models.ForeignKey(ContactDevice, on_delete=models.SET_NULL, null=True, related_name="grants")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact", "client"],
                condition=models.Q(scope="portal", revoked_at=None),
                name="one_portal_grant_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.client_id}"

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace_id, client_id=self.client_id)

    def is_open(self, at: datetime) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and at < self.expires_at


class TokenPurpose(models.TextChoices):
    """Why a token was made; only a resend and a link asked for re-bind a device (A-12)."""

    INVITATION = "invitation"
    NOTICE = "notice"
    REMINDER = "reminder"
    RESEND = "resend"
    REQUESTED = "requested"
    PREVIEW = "preview"


class AccessToken(WorkspaceRow):
    """The secret in a link, as a digest; made when the mail leaves, used up by a click (C1, C2)."""

    grant = models.ForeignKey(AccessGrant, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=TokenPurpose)
    next_path = models.CharField(max_length=200, blank=True)  # within the portal
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.purpose


class LinkRequest(WorkspaceRow):
    """Somebody asked for a link, by address or by an older link; forgotten as soon as it is answered (C8)."""

    email = models.CharField(max_length=320, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
