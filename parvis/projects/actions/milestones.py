"""Key dates of a project (G2-16c)."""

from datetime import date, datetime

from django.db import transaction

from parvis.access import Actor, Audience, Permission, require
from parvis.core.editing import write
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.projects.errors import AlreadyReached, NotReached
from parvis.projects.models import Milestone, Project


@transaction.atomic
def add_milestone(
    project: Project,
    *,
    title: str,
    due_on: date,
    actor: Actor,
    at: datetime,
    client_visible: bool = True,
) -> Milestone:
    """A new key date."""
    require(actor, Permission.PROJECT_WORK, project)
    milestone = Milestone.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        title=clean_line(title),
        due_on=due_on,
        client_visible=client_visible,
    )
    _tell(EventKind.MILESTONE_ADDED, milestone, actor=actor, at=at)
    return milestone


@transaction.atomic
def edit_milestone(
    milestone: Milestone,
    *,
    title: str,
    due_on: date,
    client_visible: bool,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> Milestone:
    """Write a milestone anew; hidden from the client it takes its past along (RELIABILITY B8).

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.PROJECT_WORK, milestone)
    write(milestone, edition, title=clean_line(title), due_on=due_on, client_visible=client_visible)
    _tell(EventKind.MILESTONE_EDITED, milestone, actor=actor, at=at, audience=Audience.STAFF)
    return milestone


@transaction.atomic
def delete_milestone(milestone: Milestone, *, actor: Actor, at: datetime) -> Milestone:
    """Take a milestone out of sight; `restore_milestone` undoes it."""
    require(actor, Permission.PROJECT_WORK, milestone)
    if Milestone.objects.filter(pk=milestone.pk, deleted_at=None).update(deleted_at=at):
        milestone.deleted_at = at
        _tell(EventKind.MILESTONE_DELETED, milestone, actor=actor, at=at, audience=Audience.STAFF)
    return milestone


@transaction.atomic
def restore_milestone(milestone: Milestone, *, actor: Actor, at: datetime) -> Milestone:
    """Bring a deleted milestone back."""
    require(actor, Permission.PROJECT_WORK, milestone)
    if Milestone.objects.filter(pk=milestone.pk).exclude(deleted_at=None).update(deleted_at=None):
        milestone.deleted_at = None
        _tell(EventKind.MILESTONE_RESTORED, milestone, actor=actor, at=at, audience=Audience.STAFF)
    return milestone


@transaction.atomic
def reach_milestone(milestone: Milestone, *, actor: Actor, at: datetime) -> Milestone:
    """Say that it is done; the client hears of it when they see it (G1-33d). Raises AlreadyReached."""
    require(actor, Permission.PROJECT_WORK, milestone)
    if not Milestone.objects.filter(pk=milestone.pk, reached_at=None).update(reached_at=at):
        raise AlreadyReached
    milestone.reached_at = at
    if milestone.client_visible:
        Project.objects.filter(pk=milestone.project_id).update(published_at=at, updated_at=at)
    _tell(EventKind.MILESTONE_REACHED, milestone, actor=actor, at=at)
    return milestone


@transaction.atomic
def reopen_milestone(milestone: Milestone, *, actor: Actor, at: datetime) -> Milestone:
    """Take it back. Raises NotReached."""
    require(actor, Permission.PROJECT_WORK, milestone)
    reached = Milestone.objects.filter(pk=milestone.pk).exclude(reached_at=None)
    if not reached.update(reached_at=None):
        raise NotReached
    milestone.reached_at = None
    _tell(EventKind.MILESTONE_REOPENED, milestone, actor=actor, at=at)
    return milestone


def _tell(
    kind: EventKind, milestone: Milestone, *, actor: Actor, at: datetime, audience: Audience | None = None
) -> None:
    record(
        kind,
        actor=actor,
        subject=milestone,
        at=at,
        audience=audience or (Audience.CLIENT if milestone.client_visible else Audience.STAFF),
        values={"due_on": milestone.due_on},
        names={"subject": milestone.title},
    )
