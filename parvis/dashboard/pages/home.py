"""What the team sees first: what is to be done today, and who is waited for (G2-03, G1-02c)."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.core.prepared import prepared
from parvis.dashboard.pages.week import today_of
from parvis.deliverables.models import Deliverable, DeliverableState
from parvis.deliverables.querysets import lacks_an_answer
from parvis.deliverables.rules import AWAITING, Purpose
from parvis.projects.models import Task, TaskState
from parvis.ui.dates import relative

SHOWN = 6
COUNTED_UP_TO = 50
MOST = 500  # of a kind, on the page with the whole
WAITING_SHOWN = 8
TO_MAKE_ANEW = (DeliverableState.CHANGES_REQUESTED, DeliverableState.REJECTED)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """Something to do now: what, why, and the button that leads to the next step."""

    title: str
    line: str
    url: str
    step: str
    icon: str
    family: str = "mute"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A deliverable that a client has before it, and since when, in words."""

    pk: UUID
    title: str
    client: str
    colour: int
    is_late: bool
    sent: str


@dataclass(frozen=True, slots=True)
class TodayList:
    """What is to be done, most pressing first; `count` is of all of it, whether shown or not."""

    rows: list[TodayRow]
    count: str
    is_cut: bool


def today_rows(actor: Actor, at: datetime, *, to_sort: int, whole: bool = False) -> TodayList:
    """Each row leads to the object with its next step; some of each kind, or the whole. Two queries."""
    limit, today = MOST if whole else COUNTED_UP_TO, today_of(actor, at)
    pressing, tasks = _pressing(actor, at, limit + 1), _own_tasks(actor, today, limit + 1)
    count = bool(to_sort) + min(len(pressing), limit) + min(len(tasks), limit)
    rows = [
        *_to_sort(to_sort),
        *map(_pressing_row, pressing[: limit if whole else 2 * SHOWN]),
        *(_task_row(task, today) for task in tasks[: limit if whole else SHOWN]),
    ]
    is_over = max(len(pressing), len(tasks)) > limit
    return TodayList(rows, f"{count}+" if is_over else str(count or ""), is_cut=is_over or len(rows) < count)


def _to_sort(to_sort: int) -> list[TodayRow]:
    rows: list[TodayRow] = []
    if to_sort:
        rows.append(
            TodayRow(
                ngettext("%(count)s thing to sort", "%(count)s things to sort", to_sort) % {"count": to_sort},
                _("Answers and messages that arrived"),
                reverse("notifications:inbox"),
                _("Sort"),
                "inbox",
                "work",
            )
        )
    return rows


def _pressing_row(row: Any) -> TodayRow:
    if row.state in AWAITING and row.purpose == Purpose.FEEDBACK:  # nobody is reminded of an opinion
        line, step, look = _("The feedback is overdue"), _("Open the deliverable"), ("clock", "stop")
        side = ""
    elif row.state in AWAITING:
        line, step, look = _("The answer is overdue"), _("Remind"), ("bell", "stop")
        side = "?side=tracking"
    else:
        is_rejected = row.state == DeliverableState.REJECTED
        line = _("The client rejected it") if is_rejected else _("The client asked for changes")
        look = ("upload", "review")
        step = _("Publish version %(number)s") % {"number": row.current_number + 1}
        side = "?side=open"
    url = reverse("deliverables:deliverable", args=[row.pk]) + side
    return TodayRow(row.title, f"{row.client__name} · {line}", url, step, *look)


@prepared
def _pressing(actor: Actor, at: datetime, limit: int) -> QuerySet[Deliverable, Any]:
    """What is overdue at a client, then what has to be made anew, which presses less.

    A union, because each half finds its rows in an index; either-or would read whatever lies before a client.
    """
    rows = Deliverable.objects.visible_to(actor).existing().order_by()
    overdue, anew = rows.overdue(at), rows.filter(state__in=TO_MAKE_ANEW)
    names = ("pk", "title", "client__name", "purpose", "state", "current_number", "settled_at", "due_at")
    first, second = (
        half.annotate(rank=Value(rank)).values_list("rank", *names, named=True)
        for rank, half in enumerate((overdue, anew))
    )
    return first.union(second, all=True).order_by("rank", "settled_at", "due_at")[:limit]


def _task_row(task: Any, today: date) -> TodayRow:
    return TodayRow(
        task.title,
        f"{task.project__client__name} · {task.project__title}",
        reverse("projects:task", args=[task.project_id, task.pk]),
        _("Open the task"),
        "circle-check",
        "stop" if task.due_on < today else "mute",
    )


@prepared
def _own_tasks(actor: Actor, today: date, limit: int) -> QuerySet[Task, Any]:
    """One's own that are due today or late."""
    mine = Task.objects.visible_to(actor).filter(assignee=actor.member_id, due_on__lte=today)
    mine = mine.exclude(state=TaskState.DONE).order_by("due_on")
    names = ("pk", "title", "due_on", "project_id", "project__title", "project__client__name")
    return mine.values_list(*names, named=True)[:limit]


def waiting_at_clients(actor: Actor, at: datetime) -> list[WaitingRow]:
    """What clients have had before them longest, oldest first (G1-02c); each state by its index."""
    found = [row for state in AWAITING for row in _at_client(actor, state)]
    return [
        WaitingRow(
            pk=row.pk,
            title=row.title,
            client=row.client__name,
            colour=row.client__colour,
            is_late=row.due_at is not None and row.due_at < at,
            sent=relative(row.submitted_at),
        )
        for row in sorted(found, key=attrgetter("submitted_at", "pk"))[:WAITING_SHOWN]
    ]


@prepared
def _at_client(actor: Actor, state: str) -> QuerySet[Deliverable, Any]:
    rows = Deliverable.objects.visible_to(actor).existing().filter(lacks_an_answer(), state=state)
    rows = rows.order_by("submitted_at", "pk")
    names = ("pk", "title", "client__name", "client__colour", "due_at", "submitted_at")
    return rows.values_list(*names, named=True)[:WAITING_SHOWN]


def has_clients(actor: Actor) -> bool:
    """Whether anything was begun; until then the page shows the four first steps."""
    return Client.objects.visible_to(actor).exists()
