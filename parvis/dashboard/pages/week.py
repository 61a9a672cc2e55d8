"""The next seven days, and what falls on some days of a reader's calendar (G2-04d)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse

from parvis.access import Actor
from parvis.core.calendar import start_of_day
from parvis.core.prepared import prepared
from parvis.deliverables.models import Deliverable
from parvis.projects.models import Milestone


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """Something that falls on a day."""

    label: str
    url: str


@dataclass(slots=True)
class WeekDay:
    """One day of the strip."""

    date: date
    is_today: bool
    is_off: bool
    items: list[WeekEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of a reader's calendar, `last` included, and the moments between which they lie."""

    first: date
    last: date
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, actor: Actor, first: date, count: int) -> "Days":
        """`count` days in the zone of the actor."""
        zone, after = ZoneInfo(actor.time_zone), first + timedelta(days=count)
        return cls(first, after - timedelta(days=1), start_of_day(first, zone), start_of_day(after, zone))


def week(actor: Actor, at: datetime) -> list[WeekDay]:
    """The next seven days with their deadlines, planned deliverables and milestones; two queries."""
    today = today_of(actor, at)
    days, zone = Days.of(actor, today, 7), ZoneInfo(actor.time_zone)
    entries: dict[date, list[WeekEntry]] = defaultdict(list)
    for pk, title, due_at, planned_on in _coming(actor, days):
        on = due_at.astimezone(zone).date() if due_at else planned_on
        entries[on].append(WeekEntry(title, reverse("deliverables:deliverable", args=[pk])))
    for project_id, title, on in _milestones(actor, days.first, days.last):
        entries[on].append(WeekEntry(title, reverse("projects:project", args=[project_id])))
    return [
        WeekDay(day, day == today, day.weekday() >= 5, entries[day])
        for day in (today + timedelta(days=number) for number in range(7))
    ]


def falling(actor: Actor, days: Days, *columns: str) -> QuerySet[Deliverable, Any]:
    """Deliverables not yet approved that are due, or without a deadline planned, on these days.

    A union, because each half finds its days in an index; either-or would read whatever is open.
    """
    rows = Deliverable.objects.visible_to(actor).existing().not_approved()
    due = rows.filter(due_at__gte=days.begins, due_at__lt=days.ends)
    planned = rows.filter(due_at=None, planned_on__range=(days.first, days.last))
    return due.values_list(*columns).union(planned.values_list(*columns), all=True)


@prepared
def _coming(actor: Actor, days: Days) -> QuerySet[Deliverable, Any]:
    return falling(actor, days, "pk", "title", "due_at", "planned_on")[:50]


@prepared
def _milestones(actor: Actor, first: date, last: date) -> QuerySet[Milestone, Any]:
    rows = Milestone.objects.visible_to(actor).filter(due_on__range=(first, last), reached_at=None)
    return rows.values_list("project_id", "title", "due_on")[:50]


def today_of(actor: Actor, at: datetime) -> date:
    """The reader's day."""
    return at.astimezone(ZoneInfo(actor.time_zone)).date()
