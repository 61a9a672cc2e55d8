"""Refusals around projects."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError


class StatusChangeImpossible(DomainError):
    """DOMAIN 3.3 lists no such transition, or somebody changed the status first."""

    code: ClassVar[str] = "project_status_change_impossible"
    message = _("The project cannot go from its present status to this one.")


class ProjectIsClosed(DomainError):
    """A closed project keeps its client status as it is (DOMAIN 3.3)."""

    code: ClassVar[str] = "project_closed"
    message = _("This project is archived. Bring it back first.")


class AlreadyReached(DomainError):
    """Somebody marked the milestone first."""

    code: ClassVar[str] = "milestone_already_reached"
    message = _("This milestone has already been reached.")


class NotReached(DomainError):
    """There is nothing to take back."""

    code: ClassVar[str] = "milestone_not_reached"
    message = _("This milestone has not been reached yet.")


class NotForTheClient(DomainError):
    """A task kept inside the team has no stream with the client (G1-31)."""

    code: ClassVar[str] = "task_not_for_client"
    message = _("The client does not see this task. Show it to the client before you write to them here.")


class TaskMovedMeanwhile(DomainError):
    """Somebody gave the task another state first."""

    code: ClassVar[str] = "task_moved_meanwhile"
    message = _("Somebody else moved this task in the meantime. Look where it stands now.")
