"""A message to deliver, and the heartbeat of the workers that deliver."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, Guard
from parvis.core.models import Row
from parvis.workspaces.models import WorkspaceRow


class MessageState(models.TextChoices):
    """`new → sending → sent | failed | unknown | cancelled` (RELIABILITY F7)."""

    NEW = "new", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    UNKNOWN = "unknown", _("Perhaps delivered")
    CANCELLED = "cancelled", _("No longer needed")


TROUBLED = (MessageState.UNKNOWN, MessageState.FAILED)
"""Perhaps delivered, or not at all."""


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages."""

    def visible_to(self, actor: Actor) -> Self:
        """The team sees what its workspace sends; members of the lowest role what goes to them or to the
        people of their clients (G2-24a); contacts see nothing of the outbox.
        """
        if actor.is_contact:
            return self.none()
        rows = self.filter(workspace=actor.workspace_id)
        if actor.assigned_client_ids is None:
            return rows
        clients = [str(client_id) for client_id in actor.assigned_client_ids]
        return rows.filter(Q(member_id=actor.member_id) | Q(payload__client_id__in=clients))

    def troubled(self) -> Self:
        """What a person should look at, as long as nobody sent it again."""
        return self.filter(state__in=TROUBLED, result_reason="")


class Message(WorkspaceRow):
    """One thing to deliver to one recipient. `key` says why it exists and keeps it from existing twice.

    `payload` holds ids only: text is rendered at the claim, in the recipient's language, after the owner was
    asked whether it is still due. No secret is kept here either (ARCHITECTURE 2).
    """

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    member_id = models.UUIDField(null=True)
    contact_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_owner = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    rfc_message_id = models.CharField(max_length=200)
    error = models.CharField(max_length=300, blank=True)
    result_reason = models.CharField(max_length=80, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="one_message_per_key"),
            models.CheckConstraint(
                condition=models.Q(member_id=None) | models.Q(contact_id=None),
                name="one_recipient_per_message",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "due_at"], name="message_waiting", condition=models.Q(state="new")
            ),
            models.Index(fields=["lease_until"], name="message_sending", condition=models.Q(state="sending")),
            models.Index(fields=["workspace", "state", "-created_at"], name="message_by_state"),
            models.Index(fields=["contact_id", "-created_at"], name="message_by_contact"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_troubled(self) -> bool:
        """Whether it is one of `troubled()`."""
        return self.state in TROUBLED and not self.result_reason

    @property
    def guard(self) -> Guard:
        """Messages are the team's business; those to a client's people, of whoever works for the client."""
        client_id = self.payload.get("client_id")
        return Guard(workspace_id=self.workspace_id, client_id=UUID(client_id) if client_id else None)


class WorkerBeat(Row):
    """When a worker was last seen alive; read by `/readyz` and `doctor`."""

    process = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ticked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.process
