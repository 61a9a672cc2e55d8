"""Deliverables and the terms on which they are approved."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status
from pydantic import Field

from parvis.access.requests import ApiRequest
from parvis.clients.models import Contact
from parvis.core.clock import now
from parvis.core.searching import matches
from parvis.deliverables.actions import (
    Approver,
    Terms,
    create_deliverable,
    delete_deliverable,
    edit_deliverable,
    restore_deliverable,
    set_terms,
)
from parvis.deliverables.models import ApprovalOrder, Deliverable, DeliverableState, Purpose
from parvis.deliverables.querysets import DeliverableQuerySet
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import (
    Answer,
    Body,
    Days,
    Edition,
    Edits,
    LongTitle,
    SearchText,
    Text,
    Word,
    all_referred,
    referred,
)
from parvis.projects.models import Project
from parvis.team.models import Member

router = Router()

DELIVERABLE = "/deliverables/{uuid:deliverable_id}"
Rounds = Annotated[int, Field(ge=0, le=99)]


class DeliverableAnswer(Answer):
    id: UUID
    client_id: UUID
    project_id: UUID
    title: str
    description: str
    purpose: Purpose
    state: DeliverableState
    responsible_id: UUID | None
    current_number: int
    planned_on: date | None
    due_at: datetime | None
    submitted_at: datetime | None
    settled_at: datetime | None
    escalated_at: datetime | None
    rounds_used: int
    maximum_rounds: int | None
    comment_count: int
    open_remark_count: int
    edition: int
    created_at: datetime
    updated_at: datetime


class ApproverBody(Body):
    contact_id: UUID
    function: Word = ""


class TermsBody(Body):
    """How it is approved (G1-20 to G1-24); `approvers` in their order."""

    required_approvers: Annotated[int, Field(ge=1, le=20)] = 1
    order: ApprovalOrder = ApprovalOrder.PARALLEL
    deadline_days: Days | None = Field(default=3, description="Working days.")
    reminder_every_days: Annotated[int, Field(ge=1, le=30)] | None = 1
    escalates: bool = True
    approvers: Annotated[list[ApproverBody], Field(max_length=20)] = []


class TermsEdit(TermsBody):
    edition: Edition | None = None


class ApproverAnswer(Answer):
    contact_id: UUID
    function: str


class TermsAnswer(Answer):
    required_approvers: int
    order: ApprovalOrder
    deadline_days: int | None
    reminder_every_days: int | None
    escalates: bool
    approvers: list[ApproverAnswer]
    edition: int

    @staticmethod
    def resolve_approvers(row: object) -> list[object]:
        return list(row.deliverable.slots.all())  # type: ignore[attr-defined]


class NewDeliverableBody(Body):
    title: LongTitle
    purpose: Purpose
    description: Text = ""
    responsible_id: UUID | None = None
    planned_on: date | None = None
    maximum_rounds: Rounds | None = None
    terms: TermsBody = TermsBody()


class DeliverableChanges(Edits):
    title: LongTitle = ""
    description: Text = ""
    responsible_id: UUID | None = None
    planned_on: date | None = None
    maximum_rounds: Rounds | None = None


class DeliverableFilters(Paging):
    q: SearchText = Field("", description="Part of the title.")
    client_id: UUID | None = None
    project_id: UUID | None = None
    state: DeliverableState | None = None
    is_awaiting: bool | None = Field(None, description="Whether the client still has to answer.")
    sort: Literal["updated_at", "-updated_at"] = "-updated_at"


@router.get("/deliverables", response=Page[DeliverableAnswer])
def list_deliverables(request: ApiRequest, filters: Query[DeliverableFilters]) -> object:
    """Deliverables within reach."""
    rows = Deliverable.objects.visible_to(request.actor).existing()
    if filters.q:
        rows = rows.filter(matches(filters.q))
    if filters.client_id:
        rows = rows.filter(client=filters.client_id)
    if filters.project_id:
        rows = rows.filter(project=filters.project_id)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.is_awaiting is not None:
        waiting = rows.lacking_an_answer()
        rows = waiting if filters.is_awaiting else rows.exclude(pk__in=waiting.values("pk"))
    return cursor_page(rows, filters, order=filters.sort)


@router.post("/projects/{uuid:project_id}/deliverables", response={201: DeliverableAnswer})
def create_one_deliverable(
    request: ApiRequest, project_id: UUID, body: NewDeliverableBody
) -> Status[Deliverable]:
    """A draft that only the team sees until its first version is published."""
    projects = Project.objects.visible_to(request.actor).select_related("client")
    project = get_object_or_404(projects, pk=project_id)
    deliverable = create_deliverable(
        project,
        title=body.title,
        description=body.description,
        purpose=body.purpose,
        responsible=_person(request, body.responsible_id),
        planned_on=body.planned_on,
        maximum_rounds=body.maximum_rounds,
        terms=_terms(body.terms),
        approvers=_approvers(request, project, body.terms),
        actor=request.actor,
        at=now(),
    )
    return Status(201, deliverable)


@router.get(DELIVERABLE, response=DeliverableAnswer)
def get_deliverable(request: ApiRequest, deliverable_id: UUID) -> Deliverable:
    """One deliverable."""
    return find_deliverable(request, deliverable_id)


@router.patch(DELIVERABLE, response=DeliverableAnswer)
def update_deliverable(request: ApiRequest, deliverable_id: UUID, body: DeliverableChanges) -> Deliverable:
    """Change what is sent; the rest stays."""
    found, given = find_deliverable(request, deliverable_id), body.given
    responsible = found.responsible
    if "responsible_id" in given:
        responsible = _person(request, given.pop("responsible_id"))
    names = ("title", "description", "planned_on", "maximum_rounds")
    kept = {name: getattr(found, name) for name in names}
    edit_deliverable(found, **{**kept, **given}, responsible=responsible, actor=request.actor, at=now())
    return found


@router.delete(DELIVERABLE, response={204: None})
def delete_one_deliverable(request: ApiRequest, deliverable_id: UUID) -> Status[None]:
    """Take a deliverable out of every list; it can be restored."""
    delete_deliverable(find_deliverable(request, deliverable_id), actor=request.actor, at=now())
    return Status(204, None)


@router.post(DELIVERABLE + "/restoration", response={201: DeliverableAnswer})
def restore_one_deliverable(request: ApiRequest, deliverable_id: UUID) -> Status[Deliverable]:
    """Bring a deleted deliverable back as it was."""
    deleted = Deliverable.objects.visible_to(request.actor).exclude(deleted_at=None)
    found = get_object_or_404(deleted.select_related("project"), pk=deliverable_id)
    restore_deliverable(found, actor=request.actor, at=now())
    found.refresh_from_db()
    return Status(201, found)


@router.get(DELIVERABLE + "/terms", response=TermsAnswer)
def get_terms(request: ApiRequest, deliverable_id: UUID) -> object:
    """Who approves, how and until when."""
    return find_deliverable(request, deliverable_id).policy


@router.put(DELIVERABLE + "/terms", response=TermsAnswer)
def set_one_terms(request: ApiRequest, deliverable_id: UUID, body: TermsEdit) -> object:
    """Change who approves and how; 409 where somebody may not decide (A-31)."""
    found = find_deliverable(request, deliverable_id)
    approvers = _approvers(request, found.project, body)
    set_terms(
        found,
        terms=_terms(body),
        approvers=approvers,
        edition=body.edition,
        actor=request.actor,
        at=now(),
    )
    return find_deliverable(request, deliverable_id).policy


def deliverables(request: ApiRequest) -> DeliverableQuerySet:
    """Deliverables within reach, with what the actions ask of them."""
    rows = Deliverable.objects.visible_to(request.actor).existing()
    return rows.select_related("project__client", "client", "policy", "responsible", "current_version")


def find_deliverable(request: ApiRequest, pk: UUID) -> Deliverable:
    """The deliverable, or 404."""
    return get_object_or_404(deliverables(request), pk=pk)


def _terms(body: TermsBody) -> Terms:
    return Terms(
        required_approvers=body.required_approvers,
        order=body.order,
        deadline_days=body.deadline_days,
        reminder_every_days=body.reminder_every_days,
        escalates=body.escalates,
    )


def _approvers(request: ApiRequest, project: Project, body: TermsBody) -> list[Approver]:
    """People of this very client. Raises UnknownReference."""
    people = Contact.objects.visible_to(request.actor).filter(memberships__client=project.client_id)
    all_referred(people, [approver.contact_id for approver in body.approvers], "terms.approvers")
    return [Approver(approver.contact_id, approver.function) for approver in body.approvers]


def _person(request: ApiRequest, pk: UUID | None) -> Member | None:
    team = Member.objects.active().filter(workspace=request.actor.workspace_id)
    return None if pk is None else referred(team, pk, "responsible_id")
