"""Creating and changing a project, and what the client reads of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from parvis.access import Actor, Audience, Permission, require
from parvis.clients.models import Client
from parvis.core.editing import write
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.projects.actions.members import add_member
from parvis.projects.errors import ProjectIsClosed, StatusChangeImpossible
from parvis.projects.models import ClientStatus, Project, ProjectStatus
from parvis.projects.rules import following
from parvis.team.models import Member
from parvis.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of a project beside its name."""

    external_name: str = ""  # K-41
    starts_on: date | None = None
    due_on: date | None = None
    contract_amount_minor: int | None = None
    assignee: Member | None = None


@transaction.atomic
def create_project(
    client: Client,
    *,
    title: str,
    actor: Actor,
    at: datetime,
    facts: ProjectFacts | None = None,
    status: ProjectStatus = ProjectStatus.PLANNED,
    members: tuple[Member, ...] = (),
) -> Project:
    """A new project with the workspace's next number; the client status starts hidden (T-06).

    Whoever creates it and whoever leads it are members of it.
    """
    require(actor, Permission.PROJECT_EDIT, client)
    given = facts or ProjectFacts()
    # Two projects made at once wait for one another here: numbers have neither gaps nor doubles.
    Workspace.objects.select_for_update().get(pk=client.workspace_id)
    last = Project.objects.filter(workspace=client.workspace_id).aggregate(last=Max("number"))["last"]
    project = Project.objects.create(
        workspace_id=client.workspace_id,
        client=client,
        number=(last or 0) + 1,
        title=clean_line(title),
        external_name=clean_line(given.external_name),
        status=status,
        starts_on=given.starts_on,
        due_on=given.due_on,
        contract_amount_minor=given.contract_amount_minor,
        currency=client.currency,
        assignee=given.assignee,
        created_at=at,
        updated_at=at,
    )
    ClientStatus.objects.create(workspace_id=client.workspace_id, project=project, updated_at=at)
    _tell(EventKind.PROJECT_CREATED, project, actor=actor, at=at, number=project.number)
    people = [
        *(Member.objects.filter(pk=actor.member_id) if actor.member_id else ()),
        *([given.assignee] if given.assignee else []),
        *members,
    ]
    for member in dict.fromkeys(people):
        add_member(project, member=member, actor=actor, at=at)
    Client.objects.filter(pk=client.pk).update(last_activity_at=at)
    return project


@transaction.atomic
def edit_project(
    project: Project,
    *,
    title: str,
    facts: ProjectFacts,
    actor: Actor,
    at: datetime,
    progress: int | None = None,
    edition: int | None = None,
) -> Project:
    """Write the project's facts anew; `progress` in percent stays where it is not given.

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.PROJECT_EDIT, project)
    write(
        project,
        edition,
        title=clean_line(title),
        external_name=clean_line(facts.external_name),
        starts_on=facts.starts_on,
        due_on=facts.due_on,
        contract_amount_minor=facts.contract_amount_minor,
        assignee=facts.assignee,
        progress=project.progress if progress is None else progress,
        updated_at=at,
    )
    if facts.assignee is not None:
        add_member(project, member=facts.assignee, actor=actor, at=at)
    _tell(EventKind.PROJECT_EDITED, project, actor=actor, at=at)
    return project


@transaction.atomic
def change_project_status(project: Project, *, status: ProjectStatus, actor: Actor, at: datetime) -> Project:
    """Move the internal status along (DOMAIN 3.3); archiving hides what the client read.

    Raises StatusChangeImpossible when no such transition exists or somebody was first.
    """
    require(actor, Permission.PROJECT_WORK, project)
    before = ProjectStatus(project.status)
    if status not in following(before, project.status_before_archive):
        raise StatusChangeImpossible
    archived = status == ProjectStatus.ARCHIVED
    unchanged = Project.objects.filter(pk=project.pk, status=before)
    if not unchanged.update(
        status=status,
        status_before_archive=before if archived else "",
        archived_at=at if archived else None,
        updated_at=at,
        progress=100 if status == ProjectStatus.COMPLETED else F("progress"),
        edition=F("edition") + 1,  # a form that shows the progress of before is told
    ):
        raise StatusChangeImpossible
    project.refresh_from_db()
    if archived:
        ClientStatus.objects.filter(project=project).update(is_visible=False)
    _tell(EventKind.PROJECT_STATE_CHANGED, project, actor=actor, at=at, before=before, after=status)
    return project


@transaction.atomic
def set_client_status(
    project: Project,
    *,
    label: str,
    description: str,
    family: str,
    step: int | None,
    is_visible: bool,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> ClientStatus:
    """Say in the client's words where the project stands, or hide it (T-06, A-18).

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.PROJECT_WORK, project)
    if project.status == ProjectStatus.ARCHIVED:
        raise ProjectIsClosed
    status, _made = ClientStatus.objects.get_or_create(
        project=project, defaults={"workspace_id": project.workspace_id, "updated_at": at}
    )
    write(
        status,
        edition,
        label=clean_line(label),
        description=clean_line(description),
        family=ClientStatus.Family(family),
        step=step,
        is_visible=is_visible and bool(clean_line(label)),
        updated_by_id=actor.member_id,
        updated_at=at,
    )
    if status.is_visible:
        Project.objects.filter(pk=project.pk).update(published_at=at, updated_at=at)
    record(
        EventKind.CLIENT_STATUS_CHANGED,
        actor=actor,
        subject=project,
        at=at,
        audience=Audience.CLIENT if status.is_visible else Audience.STAFF,
        values={"visible": status.is_visible, "family": status.family, "step": status.step},
        names={"subject": project.name_for_client, "name": status.label},
    )
    return status


def _tell(kind: EventKind, project: Project, *, actor: Actor, at: datetime, **values: object) -> None:
    """The internal side of a project is the team's alone (A-18)."""
    record(
        kind,
        actor=actor,
        subject=project,
        at=at,
        audience=Audience.STAFF,
        values=values,
        names={"subject": project.title},
    )
