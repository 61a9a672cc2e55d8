"""Projects as a client reads them: the client status, never the internal one (A-18)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse

from parvis.access import Actor, Permission
from parvis.core.prepared import prepared
from parvis.deliverables.models import Deliverable
from parvis.portal.sections import clients_allowing
from parvis.projects.models import ClientStatus, Milestone, Project, Task
from parvis.team.models import Member

STEPS = 4
ALL_DONE = STEPS + 1
PROJECTS = 50


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project in a list."""

    id: UUID
    name: str
    heading: str
    url: str
    sentence: str
    label: str
    family: str
    step: int | None
    progress: int | None
    updated_at: datetime | None
    lead: Member | None
    is_closed: bool

    @property
    def step_shown(self) -> int:
        """The step as a reader counts it: there is no fifth."""
        return min(self.step or 0, STEPS)


def project_rows(actor: Actor, *, limit: int = PROJECTS) -> list[ProjectRow]:
    """Running projects first, each with what its client may read of it."""
    showing_progress = clients_allowing(actor, Permission.PROGRESS_SEE)
    several = len(actor.client_ids) > 1
    return [project_row(project, showing_progress, several=several) for project in _projects(actor, limit)]


@prepared
def _projects(actor: Actor, limit: int) -> QuerySet[Project]:
    rows = Project.objects.visible_to(actor).select_related("client_status", "assignee", "client")
    is_completed = ExpressionWrapper(Q(status="completed"), output_field=BooleanField())
    # By what the client got to see: the team's own changes move nothing (RELIABILITY B10).
    return rows.order_by(is_completed, F("published_at").desc(nulls_last=True), "-pk")[:limit]


def place_of(project: Project) -> str:
    """Where a thing belongs: "client — project" (G1-36b)."""
    return f"{project.client.name} — {project.name_for_client}"


def project_row(project: Project, showing_progress: frozenset[UUID], *, several: bool = False) -> ProjectRow:
    """A project in the client's words; without a visible status only its name (T-06)."""
    status: ClientStatus | None = getattr(project, "client_status", None)
    shown = status if status is not None and status.is_visible else None
    return ProjectRow(
        id=project.pk,
        name=project.name_for_client,
        heading=place_of(project) if several else project.name_for_client,
        url=reverse("portal:project", args=[project.pk]),
        sentence=shown.description if shown else "",
        label=(shown.label or str(ClientStatus.Family(shown.family).label)) if shown else "",
        family=shown.family if shown else "",
        step=_step(shown) if shown else None,
        progress=project.progress if project.client_id in showing_progress else None,
        updated_at=shown.updated_at if shown else None,
        lead=project.assignee,
        is_closed=not project.guard.writable,
    )


def _step(status: ClientStatus) -> int | None:
    """The step of the bar of four; one further than the last when all is done."""
    if status.family == ClientStatus.Family.DONE:
        return ALL_DONE
    return status.step


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One project with the sections its switches leave (DESIGN screen 5)."""

    project: Project
    row: ProjectRow
    milestones: list[Milestone]
    tasks: list[Task]
    waiting: list[Deliverable]
    settled: list[Deliverable]
    unasked: list[Deliverable]


def project_page(project: Project, actor: Actor) -> ProjectPage:
    """What the contact may see of one project; switched-off parts are empty.

    `unasked` is what lies there without a verdict and without anybody being asked for an answer.
    """
    deliverables = Deliverable.objects.visible_to(actor).filter(project=project)
    deliverables = deliverables.telling_who_waits().select_related("shown_version")
    rows = list(deliverables.order_by("-submitted_at", "-pk")[:100])
    shown = [row for row in rows if row.is_awaiting]
    return ProjectPage(
        project=project,
        row=project_row(project, clients_allowing(actor, Permission.PROGRESS_SEE)),
        milestones=list(Milestone.objects.visible_to(actor).filter(project=project)),
        tasks=list(Task.objects.visible_to(actor).filter(project=project).select_related("client_thread")),
        waiting=[row for row in shown if row.lacks_an_answer],  # type: ignore[attr-defined]
        settled=[row for row in rows if not row.is_awaiting],
        unasked=[row for row in shown if not row.lacks_an_answer],  # type: ignore[attr-defined]
    )
