"""What happened, as plain sentences a contact may read (G1-38b)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from parvis.access import Actor, Permission
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import SETTLING, sentence, told_as
from parvis.portal.sections import clients_with_messages
from parvis.projects.models import ClientStatus, Discussion, Milestone, Project, Task
from parvis.projects.querysets import reach

PAGES = {
    "deliverables.Deliverable": "portal:deliverable",
    "documents.Document": "portal:document",
    "projects.Project": "portal:project",
    "projects.Discussion": "portal:discussion",
    "projects.Task": "portal:task",
}

FAMILIES = {
    EventKind.DELIVERABLE_SUBMITTED: "wait",
    EventKind.DELIVERABLE_APPROVED: "done",
    EventKind.DELIVERABLE_CHANGES_REQUESTED: "review",
    EventKind.DELIVERABLE_REJECTED: "stop",
    EventKind.MILESTONE_REACHED: "done",
    EventKind.DOCUMENT_ADDED: "work",
    EventKind.DOCUMENT_VERSION_ADDED: "work",
    EventKind.DOCUMENT_SHARED: "work",
}

# Of interest to the person who did it, and noise for everybody else.
QUIET = (
    EventKind.LINK_OPENED,
    EventKind.LINK_REQUESTED,
    EventKind.ATTACHMENT_DOWNLOADED,
    EventKind.DELIVERABLE_DOWNLOADED,
    EventKind.DOCUMENT_DOWNLOADED,
    *SETTLING,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the timeline, in the shape the component takes."""

    text: str
    at: datetime
    url: str
    family: str


@dataclass(frozen=True, slots=True)
class Day:
    """The sentences of one calendar day in the reader's zone."""

    date: date
    lines: list[Line]


def client_events(actor: Actor) -> QuerySet[Event]:
    """Newest first: what the contact may read of what they may see at this moment (A-03).

    Visibility is asked of the subject, not of the event: what was hidden, taken back, deleted or switched
    off since takes its past along (RELIABILITY B8).
    """
    allowed = reach(actor, Permission.TIMELINE_SEE, client="client_id", project="project_id")
    rows = Event.objects.for_contacts(actor).filter(allowed).exclude(kind__in=QUIET)
    # The project of a status hidden since is still there: its lines are asked for by themselves (T-05).
    shown = ClientStatus.objects.filter(workspace=actor.workspace_id, is_visible=True)
    rows = rows.filter(~Q(kind=EventKind.CLIENT_STATUS_CHANGED) | Q(subject_id__in=shown.values("project")))
    visible: dict[str, QuerySet[Any]] = {
        "deliverables.Deliverable": Deliverable.objects.visible_to(actor),
        "documents.Document": Document.objects.visible_to(actor),
        "projects.Discussion": Discussion.objects.visible_to(actor).filter(
            project__client__in=clients_with_messages(actor)
        ),
        "projects.Milestone": Milestone.objects.visible_to(actor),
        "projects.Task": Task.objects.visible_to(actor),
        "projects.Project": Project.objects.visible_to(actor),
    }
    seen = ~Q(subject_type__in=visible)
    for subject_type, subjects in visible.items():
        seen |= Q(subject_type=subject_type, subject_id__in=subjects.order_by().values("pk"))
    return rows.filter(seen).select_related("names").order_by("-at", "-pk")


def lines(events: Iterable[Event], actor: Actor) -> list[Line]:
    """The events as sentences in the reader's language; what they did themselves begins with "You"."""
    return [_line(event, actor) for event in events]


def _line(event: Event, actor: Actor) -> Line:
    family = FAMILIES.get(told_as(event), "")
    return Line(text=sentence(event, actor), at=event.at, url=_url(event), family=family)


def by_day(rows: Iterable[Line]) -> list[Day]:
    """The lines under the days they happened on, in the order they come."""
    days: list[Day] = []
    for line in rows:
        on = timezone.localtime(line.at).date()
        if not days or days[-1].date != on:
            days.append(Day(on, []))
        days[-1].lines.append(line)
    return days


def _url(event: Event) -> str:
    name = PAGES.get(event.subject_type)
    return reverse(name, args=[event.subject_id]) if name else ""
