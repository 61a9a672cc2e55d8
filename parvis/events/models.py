"""Tables of the event log: what happened, the names it mentions, its seals, its deliveries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.models import Row
from parvis.events.querysets import EventQuerySet
from parvis.workspaces.models import WorkspaceRow


class Event(WorkspaceRow):
    """One thing that happened; written once by `record()`, never changed, never deleted.

    Everything is a plain identifier, not a foreign key: the row has to outlive what it speaks of. Personal
    values stand in `EventNames`, so that they can be erased while the chain of seals stays whole (G10).
    """

    kind = models.CharField(max_length=80)  # EventKind
    at = models.DateTimeField()
    audience = models.CharField(max_length=10)  # Audience
    actor_kind = models.CharField(max_length=10)  # ActorKind
    actor_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    client_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    values = models.JSONField(default=dict)
    names_digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-at", "-id"], name="event_by_moment"),
            models.Index(fields=["workspace", "client_id", "-at", "-id"], name="event_by_client"),
            models.Index(fields=["workspace", "project_id", "-at", "-id"], name="event_by_project"),
            models.Index(fields=["subject_id", "-at", "-id"], name="event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class EventNames(Row):
    """The names an event mentions, as they were; erasable. The event keeps only their salted digest."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="names")
    salt = models.CharField(max_length=32)
    values = models.JSONField(default=dict)


class WaitingSeal(Row):
    """An event not yet sealed. Without this row sealing would have to search the whole log for gaps."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="waiting_seal")


class EventSeal(WorkspaceRow):
    """One link of a workspace's chain: its hash covers the link before it and the event (G10)."""

    sequence = models.PositiveBigIntegerField()
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sequence"], name="one_seal_per_place_in_the_chain")
        ]


class SealHead(WorkspaceRow):
    """Where a workspace's chain ends. Updated conditionally, so that two workers cannot fork it (G10)."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_chain_per_workspace")]


class DeliveryState(models.TextChoices):
    """How far a subscriber is with an event."""

    NEW = "new", _("New")
    HANDLED = "handled", _("Handled")
    FAILED = "failed", _("Failed")


class EventDelivery(Row):
    """One event for one subscriber, handed over exactly once by `dispatch()`."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_owner = models.UUIDField(null=True)
    handled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="one_delivery_per_subscriber")
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="delivery_waiting", condition=models.Q(state=DeliveryState.NEW)
            ),
            models.Index(
                fields=["handled_at"],
                name="delivery_handled",
                condition=models.Q(state=DeliveryState.HANDLED),
            ),
        ]
