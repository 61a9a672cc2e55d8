"""Which reminder runs."""

from typing import TYPE_CHECKING, Self

from django.db import models

from parvis.reminders.rules import COUNTED, Outcome

if TYPE_CHECKING:
    from parvis.reminders.models import ReminderRun, Target  # noqa: F401 (named in quotes below)


class ReminderRunQuerySet(models.QuerySet["ReminderRun"]):
    """Runs are reached through their owner: whoever may see the sending may see its reminders."""

    def of(self, target: "Target") -> Self:
        """The runs of one sending (or approver's turn) and recipient."""
        return self.filter(
            workspace=target.workspace_id,
            subject_type=target.subject_type,
            subject_id=target.subject_id,
            recipient_id=target.recipient_id,
        )

    def counted(self) -> Self:
        """Those that use up the cap: sent, unknown or on their way (A-34)."""
        return self.filter(outcome__in=sorted(COUNTED))

    def unknown(self) -> Self:
        """Those a person has to look at: nobody can tell whether the mail left."""
        return self.filter(outcome=Outcome.UNKNOWN)
