"""What the list of projects shows (DESIGN screen 10)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from parvis.projects.models import ProjectStatus
from parvis.projects.rules import CLOSED
from parvis.ui.dates import element, short_day

STATUS_FAMILIES = {
    "planned": "mute",
    "ready": "mute",
    "in_progress": "work",
    "waiting": "wait",
    "completed": "done",
    "archived": "mute",
}

COLUMNS = (
    "pk",
    "title",
    "status",
    "due_on",
    "updated_at",
    "client__name",
    "client__colour",
    "assignee__name",
    "client_status__is_visible",
    "client_status__label",
    "client_status__family",
)
"""What `project_lines` reads of each row."""


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One line of the list, in words; `client_reads` is empty where the client reads no status."""

    pk: UUID
    title: str
    client: str
    colour: int
    status: str
    family: str
    client_reads: str
    client_family: str
    due: str
    is_late: bool
    lead: str
    updated: str


def project_lines(rows: Sequence[Any], today: date) -> Iterator[ProjectLine]:
    """The lines of rows with these `COLUMNS`."""
    for row in rows:
        is_read = row.client_status__is_visible
        yield ProjectLine(
            pk=row.pk,
            title=row.title,
            client=row.client__name,
            colour=row.client__colour,
            status=str(ProjectStatus(row.status).label),
            family=STATUS_FAMILIES[row.status],
            client_reads=row.client_status__label if is_read else "",
            client_family=row.client_status__family if is_read else "",
            due=short_day(row.due_on) if row.due_on else "",
            is_late=bool(row.due_on) and row.due_on < today and row.status not in CLOSED,
            lead=row.assignee__name or "",
            updated=element(row.updated_at),
        )
