"""What happened, as sentences for the team."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from parvis.access import Actor, Audience
from parvis.core.prepared import prepared
from parvis.events.models import Event
from parvis.events.querysets import EventQuerySet
from parvis.events.sentences import SETTLING, sentence, told_as
from parvis.http.keyset import KeysetPage, keyset_page


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of a timeline."""

    text: str
    at: datetime
    family: str
    is_internal: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some lines and the page they stand on."""

    items: list[TimelineItem]
    page: KeysetPage


NEWEST = 8
FAMILIES = {"approved": "done", "rejected": "stop", "changes_requested": "review", "escalated": "stop"}


def timeline_page(
    actor: Actor,
    *,
    client_id: UUID | None = None,
    project_id: UUID | None = None,
    subject_id: UUID | None = None,
    cursor: str = "",
) -> Timeline:
    """Events within reach, newest first; one query."""
    rows = _told(actor)
    if client_id:
        rows = rows.filter(client_id=client_id)
    if project_id:
        rows = rows.filter(project_id=project_id)
    if subject_id:
        rows = rows.about(subject_id)
    page = keyset_page(rows, field="at", descending=True, cursor=cursor)
    return Timeline([_item(event, actor) for event in page.rows], page)


def newest(actor: Actor, *, client_id: UUID | None = None) -> list[TimelineItem]:
    """What happened last, of everything within reach or of one client."""
    return [_item(event, actor) for event in _newest(actor, client_id)]


@prepared
def _newest(actor: Actor, client_id: UUID | None) -> QuerySet[Event]:
    rows = _told(actor).order_by("-at", "-pk")
    return (rows.filter(client_id=client_id) if client_id else rows)[:NEWEST]


def _told(actor: Actor) -> EventQuerySet:
    return Event.objects.visible_to(actor).exclude(kind__in=SETTLING).select_related("names")


def _item(event: Event, actor: Actor) -> TimelineItem:
    return TimelineItem(
        text=sentence(event, actor),
        at=event.at,
        family=FAMILIES.get(told_as(event).rpartition(".")[2], ""),
        is_internal=event.audience == Audience.STAFF,
    )
