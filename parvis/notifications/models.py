"""Tables of notifications: what people chose to hear of, activity gathered for a mail, the team's inbox."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from parvis.access import Guard
from parvis.notifications.kinds import InboxKind, InboxState
from parvis.notifications.querysets import InboxQuerySet
from parvis.workspaces.models import WorkspaceRow


class Preference(WorkspaceRow):
    """One choice of one person. Without a row the default counts (G1-09)."""

    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey("team.Member", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20)  # ContactNotice or MemberNotice
    is_on = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(contact=None) ^ Q(member=None), name="a_preference_is_one_persons"
            ),
            models.UniqueConstraint("contact", "kind", name="one_preference_per_contact_and_kind"),
            models.UniqueConstraint("member", "kind", name="one_preference_per_member_and_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.is_on}"


class ActivityLine(WorkspaceRow):
    """Something a contact will read in the next gathered mail (DESIGN 9).

    `told_at` and `told_in` say when it was put into which message; until that message has left, another
    attempt at it has to tell the same.
    """

    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_in = models.UUIDField(null=True)  # the message of the outbox

    class Meta:
        constraints = (models.UniqueConstraint("contact", "event", name="told_once"),)
        indexes = (
            models.Index(
                fields=["contact", "client", "at"], name="activity_untold", condition=Q(told_at=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.event_id)


class InboxItem(WorkspaceRow):
    """Something a member has to look at. `key` says why it is there, and keeps it from being there twice.

    The subject is named by type and id; what is shown of it is looked up, so that nothing shown is stale.
    """

    member = models.ForeignKey("team.Member", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=InboxKind)
    key = models.CharField(max_length=120)
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, null=True, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, null=True, related_name="+")
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=InboxState, default=InboxState.OPEN)
    snoozed_until = models.DateTimeField(null=True)
    at = models.DateTimeField()  # of the newest thing it is about
    done_at = models.DateTimeField(null=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("member", "key", name="one_inbox_item_per_key"),)
        indexes = (
            models.Index(fields=["member", "-at"], name="inbox_open", condition=~Q(state="done")),
            models.Index(fields=["member", "-done_at"], name="inbox_done", condition=Q(state="done")),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def guard(self) -> Guard:
        """An inbox is the team's."""
        return Guard(workspace_id=self.workspace_id)

    def is_waiting(self, at: datetime) -> bool:
        """Whether it lies before the member now."""
        if self.state == InboxState.SNOOZED:
            return self.snoozed_until is not None and self.snoozed_until <= at
        return self.state == InboxState.OPEN
