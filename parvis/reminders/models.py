"""What became of every planned reminder."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.reminders.querysets import ReminderRunQuerySet, SweepQuerySet
from parvis.reminders.rules import Outcome, ReminderKind, SkipReason
from parvis.workspaces.models import WorkspaceRow

NOT_SENT = [Outcome.SKIPPED, Outcome.MISSED]


@dataclass(frozen=True)
class Target:
    """What is reminded of and who: a sending and its contact, or an approver's turn at a version.

    A resend is a new sending, hence a new target whose count starts at 0 (K-54).
    """

    workspace_id: UUID
    subject_type: str
    subject_id: UUID
    recipient_id: UUID

    def key(self, day: date) -> str:
        """The outbox key of the reminder of a day; it says why the mail exists."""
        return f"reminder:{self.subject_type}:{self.subject_id}:{self.recipient_id}:{day.isoformat()}"


class ReminderRun(WorkspaceRow):
    """One day dealt with: the mail that left, or the reason why none did.

    The subject is named by type and id because its table stands above this package.
    """

    subject_type = models.CharField(_("about"), max_length=40)
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=12, choices=ReminderKind.choices)
    planned_for = models.DateField(_("planned for"))
    planned_at = models.DateTimeField(_("planned at"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=SkipReason.choices, blank=True)
    outbox_key = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    objects = ReminderRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            # The due key: whoever inserts first owns the day, however many look (threat F9).
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "recipient_id", "planned_for"], name="one_run_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="reminder_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=NOT_SENT) & ~models.Q(reason="")
                | ~models.Q(outcome__in=NOT_SENT) & models.Q(reason=""),
                name="reminder_reason_when_not_sent",
            ),
        ]
        indexes = [models.Index(fields=["outbox_key"], name="reminder_outbox_key")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.planned_for}: {self.outcome}"


class Sweep(WorkspaceRow):
    """Through which send day the clock has looked at a subject: it need not look again until the next.

    Without it every round of the worker would plan the reminders of everything that waits.
    """

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    through = models.DateField()

    objects = SweepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_sweep_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.through}"
