"""Which reminder runs."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from parvis.reminders.rules import COUNTED, Outcome

if TYPE_CHECKING:
    from parvis.reminders.models import ReminderRun, Sweep, Target


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

    def about(self, targets: "Collection[Target]") -> Self:
        """The runs of the subjects of many targets, whoever their recipients are."""
        return self.filter(
            workspace__in={target.workspace_id for target in targets},
            subject_type__in={target.subject_type for target in targets},
            subject_id__in={target.subject_id for target in targets},
        )

    def counted(self) -> Self:
        """Those that use up the cap: sent, unknown or on their way (A-34)."""
        return self.filter(outcome__in=sorted(COUNTED))

    def unknown(self) -> Self:
        """Those a person has to look at: nobody can tell whether the mail left."""
        return self.filter(outcome=Outcome.UNKNOWN)


class SweepQuerySet(models.QuerySet["Sweep"]):
    """What the clock has looked at."""

    def of(self, subject_type: str, subject_id: models.OuterRef | UUID, day: date) -> Self:
        """The sweep of a subject, if it was made for exactly that send day.

        For that day, not "up to": whoever moves the clock back (`tick --at`) is served anew.
        """
        return self.filter(subject_type=subject_type, subject_id=subject_id, through=day)
