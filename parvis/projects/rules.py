"""Statuses of a project from plain values (DOMAIN 3.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStatus(models.TextChoices):
    """The internal status (DOMAIN 3.3); clients never read it (A-18)."""

    PLANNED = "planned", _("Planned")
    READY = "ready", _("Ready")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    COMPLETED = "completed", _("Completed")
    ARCHIVED = "archived", _("Archived")


CLOSED = (ProjectStatus.COMPLETED, ProjectStatus.ARCHIVED)

TRANSITIONS: dict[ProjectStatus, frozenset[ProjectStatus]] = {
    ProjectStatus.PLANNED: frozenset({ProjectStatus.READY, ProjectStatus.IN_PROGRESS}),
    ProjectStatus.READY: frozenset({ProjectStatus.IN_PROGRESS}),
    ProjectStatus.IN_PROGRESS: frozenset({ProjectStatus.WAITING, ProjectStatus.COMPLETED}),
    ProjectStatus.WAITING: frozenset({ProjectStatus.IN_PROGRESS, ProjectStatus.COMPLETED}),
    ProjectStatus.COMPLETED: frozenset({ProjectStatus.IN_PROGRESS, ProjectStatus.WAITING}),
    ProjectStatus.ARCHIVED: frozenset(),
}
"""Transitions between statuses that are not archived; archiving and coming back are `following`'s."""


def following(status: str, before_archive: str = "") -> list[ProjectStatus]:
    """Every status a project may go to: any may be archived, an archived one goes back where it was."""
    if status == ProjectStatus.ARCHIVED:
        return [ProjectStatus(before_archive or ProjectStatus.PLANNED)]
    allowed = TRANSITIONS[ProjectStatus(status)] | {ProjectStatus.ARCHIVED}
    return [candidate for candidate in ProjectStatus if candidate in allowed]


def contradicts(status: str, family: str) -> bool:
    """Whether what the client reads no longer fits what is going on (DESIGN screen 10)."""
    if status in CLOSED:
        return family != "done"
    if status == ProjectStatus.WAITING:
        return family == "done"
    return family == "done" or (status in (ProjectStatus.PLANNED, ProjectStatus.READY) and family == "review")
