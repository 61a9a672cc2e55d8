"""Projects: listing, creating, changing, their status inside and towards the client, their members."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from parvis.access import Guard, Permission, may
from parvis.access.requests import ApiRequest
from parvis.clients.actions.clients import Place
from parvis.clients.models import Client
from parvis.core.clock import now
from parvis.core.searching import matches
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import (
    Answer,
    Body,
    Edition,
    Edits,
    FieldRefused,
    Ids,
    OptionalTitle,
    Phrase,
    SearchText,
    Title,
    all_referred,
    referred,
)
from parvis.projects.actions import (
    ProjectFacts,
    add_member,
    change_project_status,
    create_project,
    edit_project,
    remove_member,
    set_client_status,
)
from parvis.projects.models import ClientStatus, Project
from parvis.projects.rules import ProjectStatus
from parvis.team.models import Assignment, Member

router = Router()

Amount = Annotated[int, Field(ge=0, le=10**15, description="Whole minor units of the currency (A-21).")]
Percent = Annotated[int, Field(ge=0, le=100)]
StatusLabel = Annotated[OptionalTitle, Field(max_length=60)]
Step = Annotated[int, Field(ge=1, le=4)]


class ProjectAnswer(Answer):
    id: UUID
    client_id: UUID
    number: int
    title: str
    external_name: str
    status: ProjectStatus
    starts_on: date | None
    due_on: date | None
    contract_amount_minor: int | None
    currency: str
    progress: int
    assignee_id: UUID | None
    edition: int
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None

    @staticmethod
    def resolve_contract_amount_minor(row: Project, context: dict[str, Any]) -> int | None:
        """Amounts are for those who may see them (G2-24f)."""
        return row.contract_amount_minor if sees_amounts(context["request"]) else None


class ProjectChanges(Edits):
    title: Title = ""
    external_name: OptionalTitle = ""
    starts_on: date | None = None
    due_on: date | None = None
    contract_amount_minor: Amount | None = None
    assignee_id: UUID | None = None
    progress: Percent = 0


class NewProjectBody(Body):
    client_id: UUID
    title: Title
    external_name: OptionalTitle = ""
    status: ProjectStatus = ProjectStatus.PLANNED
    starts_on: date | None = None
    due_on: date | None = None
    contract_amount_minor: Amount | None = None
    assignee_id: UUID | None = None
    member_ids: Ids = []


class ProjectStatusBody(Body):
    status: ProjectStatus


class ClientStatusBody(Body):
    is_visible: bool
    label: StatusLabel = ""
    description: Phrase = ""
    family: ClientStatus.Family = ClientStatus.Family.WORK
    step: Step | None = None
    edition: Edition | None = None


class ClientStatusAnswer(Answer):
    is_visible: bool
    label: str
    description: str
    family: ClientStatus.Family
    step: int | None
    edition: int
    updated_at: datetime


class ProjectMemberAnswer(Answer):
    id: UUID
    name: str
    handle: str
    role: str


class ProjectFilters(Paging):
    q: SearchText = Field("", description="Words of the name, or of the name for the client.")
    client_id: UUID | None = None
    status: ProjectStatus | None = None
    sort: Literal["updated_at", "-updated_at"] = "-updated_at"


@router.get("/projects", response=Page[ProjectAnswer])
def list_projects(request: ApiRequest, filters: Query[ProjectFilters]) -> object:
    """Projects within reach."""
    rows = Project.objects.visible_to(request.actor)
    if filters.q:
        rows = rows.filter(matches(filters.q))
    if filters.client_id:
        rows = rows.filter(client=filters.client_id)
    if filters.status:
        rows = rows.filter(status=filters.status)
    return cursor_page(rows, filters, order=filters.sort)


@router.post("/projects", response={201: ProjectAnswer})
def create_one_project(request: ApiRequest, body: NewProjectBody) -> Status[Project]:
    """A project for a client; what the client reads of it starts hidden (G1-04, T-06)."""
    client = referred(Client.objects.visible_to(request.actor), body.client_id, "client_id")
    _refuse_wrong_order(body.starts_on, body.due_on)
    project = create_project(
        client,
        title=body.title,
        status=body.status,
        facts=ProjectFacts(
            external_name=body.external_name,
            starts_on=body.starts_on,
            due_on=body.due_on,
            contract_amount_minor=body.contract_amount_minor if sees_amounts(request) else None,
            assignee=_assignee(request, body.assignee_id),
        ),
        members=tuple(all_referred(team_of(request), body.member_ids, "member_ids")),
        actor=request.actor,
        at=now(),
    )
    return Status(201, project)


@router.get("/projects/{uuid:project_id}", response=ProjectAnswer)
def get_project(request: ApiRequest, project_id: UUID) -> Project:
    """One project."""
    return find_project(request, project_id)


@router.patch("/projects/{uuid:project_id}", response=ProjectAnswer)
def update_project(request: ApiRequest, project_id: UUID, body: ProjectChanges) -> Project:
    """Change what is sent; the rest stays."""
    project = find_project(request, project_id)
    given = body.given
    names = ("external_name", "starts_on", "due_on", "contract_amount_minor")
    facts = {name: given.get(name, getattr(project, name)) for name in names}
    if not sees_amounts(request):
        facts["contract_amount_minor"] = project.contract_amount_minor
    _refuse_wrong_order(facts["starts_on"], facts["due_on"])
    assignee = _assignee(request, body.assignee_id) if "assignee_id" in given else project.assignee
    return edit_project(
        project,
        title=given.get("title", project.title),
        facts=ProjectFacts(**facts, assignee=assignee),
        progress=given.get("progress"),
        edition=given.get("edition"),
        actor=request.actor,
        at=now(),
    )


@router.put("/projects/{uuid:project_id}/status", response=ProjectAnswer)
def set_project_status(request: ApiRequest, project_id: UUID, body: ProjectStatusBody) -> Project:
    """Move the internal status along, archive, bring back; 409 where no such transition exists."""
    project = find_project(request, project_id)
    return change_project_status(project, status=body.status, actor=request.actor, at=now())


@router.get("/projects/{uuid:project_id}/client-status", response=ClientStatusAnswer)
def get_client_status(request: ApiRequest, project_id: UUID) -> ClientStatus:
    """What the client reads, or will once it is shown (A-18)."""
    return get_object_or_404(ClientStatus, project=find_project(request, project_id))


@router.put("/projects/{uuid:project_id}/client-status", response=ClientStatusAnswer)
def set_one_client_status(request: ApiRequest, project_id: UUID, body: ClientStatusBody) -> ClientStatus:
    """Say in the client's words where the project stands, or hide it (T-06)."""
    project = find_project(request, project_id)
    return set_client_status(
        project,
        is_visible=body.is_visible,
        label=body.label,
        description=body.description,
        family=body.family,
        step=body.step,
        edition=body.edition,
        actor=request.actor,
        at=now(),
    )


@router.get("/projects/{uuid:project_id}/members", response=list[ProjectMemberAnswer])
def list_project_members(request: ApiRequest, project_id: UUID) -> object:
    """Who of the team works on it."""
    project = find_project(request, project_id)
    rows = (
        Assignment.objects.filter(project_id=project.pk).select_related("member").order_by("added_at", "pk")
    )
    return [row.member for row in rows]


@router.put("/projects/{uuid:project_id}/members/{uuid:member_id}", response={204: None})
def add_project_member(request: ApiRequest, project_id: UUID, member_id: UUID) -> Status[None]:
    """Put somebody on the project (G2-24a)."""
    project = find_project(request, project_id)
    member = get_object_or_404(team_of(request), pk=member_id)
    add_member(project, member=member, actor=request.actor, at=now())
    return Status(204, None)


@router.delete("/projects/{uuid:project_id}/members/{uuid:member_id}", response={204: None})
def remove_project_member(request: ApiRequest, project_id: UUID, member_id: UUID) -> Status[None]:
    """Take somebody off the project; what they wrote stays."""
    project = find_project(request, project_id)
    member = get_object_or_404(Member.objects.filter(workspace=request.actor.workspace_id), pk=member_id)
    remove_member(project, member=member, actor=request.actor, at=now())
    return Status(204, None)


def find_project(request: ApiRequest, pk: UUID) -> Project:
    """The project with its client and lead, or 404."""
    rows = Project.objects.visible_to(request.actor).select_related("client", "assignee")
    return get_object_or_404(rows, pk=pk)


def team_of(request: ApiRequest) -> Any:
    """Members who can be chosen."""
    return Member.objects.active().filter(workspace=request.actor.workspace_id)


def sees_amounts(request: ApiRequest) -> bool:
    """Whether contract amounts are for the asker (G2-24f)."""
    place = Place(Guard(workspace_id=request.actor.workspace_id))
    return may(request.actor, Permission.CLIENT_AMOUNTS, place)


def _assignee(request: ApiRequest, pk: UUID | None) -> Member | None:
    return None if pk is None else referred(team_of(request), pk, "assignee_id")


def _refuse_wrong_order(starts_on: date | None, due_on: date | None) -> None:
    """A project ends after it starts."""
    if starts_on and due_on and due_on < starts_on:
        raise FieldRefused("due_on", _("The due day lies before the start."))
