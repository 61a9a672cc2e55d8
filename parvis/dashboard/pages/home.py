"""What the team sees first: what is to be done today, who is waited for, how things stand (G2-03, G2-04)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.conversations.models import Thread
from parvis.core.calendar import start_of_day
from parvis.core.money import Money
from parvis.dashboard.pages.clients import sees_amounts
from parvis.deliverables.models import Deliverable
from parvis.deliverables.rules import AWAITING
from parvis.projects.models import Milestone, Project, ProjectStatus, Task, TaskState
from parvis.projects.rules import CLOSED

SHOWN = 6


@dataclass(frozen=True, slots=True)
class TodayRow:
    """Something to do now: what, why, and the button that leads to the next step."""

    title: str
    line: str
    url: str
    step: str
    icon: str
    family: str = "mute"


@dataclass(slots=True)
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
class Figures:
    """The indicators of G2-04; `requests` counts talks whose last word is a client's (see `unanswered`)."""

    running: int
    started: int
    values: list[Money]
    late: int
    due_this_week: int
    requests: int
    active_clients: int
    by_status: list[tuple[str, str, int]]


def today_rows(actor: Actor, at: datetime, *, to_sort: int) -> list[TodayRow]:
    """Most pressing first; each row leads to the object with its next step. Two queries."""
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
    visible = Deliverable.objects.visible_to(actor).existing().select_related("client")
    is_late = Q(state__in=AWAITING, due_at__lt=at)
    pressing = visible.filter(is_late | Q(state__in=("changes_requested", "rejected")))
    # Settled ones last: what is overdue presses more than what has to be made anew.
    for deliverable in pressing.order_by(F("settled_at").asc(nulls_first=True), "due_at")[: 2 * SHOWN]:
        if deliverable.is_awaiting:
            row = _deliverable_row(deliverable, _("The answer is overdue"), _("Remind"), "bell", "stop")
        else:
            step = _("Publish version %(number)s") % {"number": deliverable.current_number + 1}
            line = _("The client asked for changes")
            row = _deliverable_row(deliverable, line, step, "upload", "review")
        rows.append(row)
    rows += _task_rows(actor, at)
    return rows


def _deliverable_row(deliverable: Deliverable, line: str, step: str, icon: str, family: str) -> TodayRow:
    url = reverse("deliverables:deliverable", args=[deliverable.pk])
    side = "?side=tracking" if family == "stop" else "?side=open"
    return TodayRow(deliverable.title, f"{deliverable.client.name} · {line}", url + side, step, icon, family)


def _task_rows(actor: Actor, at: datetime) -> list[TodayRow]:
    """One's own tasks that are due today or late."""
    mine = Task.objects.visible_to(actor).filter(assignee=actor.member_id, due_on__lte=_today(actor, at))
    mine = mine.exclude(state=TaskState.DONE).select_related("project__client").order_by("due_on")
    return [
        TodayRow(
            task.title,
            f"{task.project.client.name} · {task.project.title}",
            reverse("projects:task", args=[task.project_id, task.pk]),
            _("Open the task"),
            "circle-check",
            "stop" if task.due_on and task.due_on < _today(actor, at) else "mute",
        )
        for task in mine[:SHOWN]
    ]


def waiting_at_clients(actor: Actor) -> Sequence[Deliverable]:
    """What clients have had before them longest, oldest first (G1-02c)."""
    rows = Deliverable.objects.visible_to(actor).at_client()
    return list(rows.select_related("client", "project").order_by("submitted_at", "pk")[:8])


def week(actor: Actor, at: datetime) -> list[WeekDay]:
    """The next seven days with their deadlines, planned deliverables and milestones; two queries."""
    today = _today(actor, at)
    last = today + timedelta(days=6)
    entries: dict[date, list[WeekEntry]] = defaultdict(list)
    zone = ZoneInfo(actor.time_zone)
    deliverables = Deliverable.objects.visible_to(actor).existing().not_approved()
    for row in deliverables.filter(_falls_between(today, last, zone)).only("title", "due_at", "planned_on")[
        :50
    ]:
        on = row.due_at.astimezone(zone).date() if row.due_at else row.planned_on
        if on is not None:
            url = reverse("deliverables:deliverable", args=[row.pk])
            entries[on].append(WeekEntry(row.title, url))
    milestones = Milestone.objects.visible_to(actor).filter(due_on__range=(today, last), reached_at=None)
    for milestone in milestones[:50]:
        url = reverse("projects:project", args=[milestone.project_id])
        entries[milestone.due_on].append(WeekEntry(milestone.title, url))
    days = [today + timedelta(days=n) for n in range(7)]
    return [WeekDay(day, day == today, day.weekday() >= 5, entries[day]) for day in days]


def figures(actor: Actor, at: datetime) -> Figures:
    """The five indicators of G2-04 with G2-03 a and b; four queries."""
    today = _today(actor, at)
    projects = Project.objects.visible_to(actor)
    running = projects.running()
    is_running = Q(archived_at=None) & ~Q(status__in=("completed", "archived"))
    totals = projects.aggregate(
        started=Count("pk", filter=Q(created_at__gte=at - timedelta(days=30))),
        late=Count("pk", filter=is_running & Q(due_on__lt=today)),
        clients=Count("client", filter=is_running, distinct=True),
        **{status.value: Count("pk", filter=Q(status=status)) for status in ProjectStatus},
    )
    amounts = []
    if sees_amounts(actor):
        sums = running.exclude(contract_amount_minor=None).order_by().values("currency")
        sums = sums.annotate(amount=Sum("contract_amount_minor"))
        amounts = [Money(row["amount"], row["currency"]) for row in sums]
    monday = today - timedelta(days=today.weekday())
    due = _falls_between(monday, monday + timedelta(days=6), ZoneInfo(actor.time_zone))
    deliverables = Deliverable.objects.visible_to(actor).existing().not_approved()
    return Figures(
        running=sum(totals[status] for status in ProjectStatus if status not in CLOSED),
        started=totals["started"],
        values=amounts,
        late=totals["late"],
        due_this_week=deliverables.filter(due).count(),
        requests=unanswered(actor).count(),
        active_clients=totals["clients"],
        by_status=[
            (status.value, str(status.label), totals[status])
            for status in ProjectStatus
            if totals[status] and status != ProjectStatus.ARCHIVED
        ],
    )


def unanswered(actor: Actor) -> QuerySet[Thread]:
    """Open talks whose last word is a client's (stands for G2-04e until client requests exist)."""
    rows = Thread.objects.filter(
        awaits_answer=True, workspace=actor.workspace_id, resolved_at=None, client__deleted_at=None
    )
    if actor.assigned_project_ids is not None:
        rows = rows.filter(project_id__in=actor.assigned_project_ids)
    return rows


def has_clients(actor: Actor) -> bool:
    """Whether anything was begun; until then the page shows the four first steps."""
    return Client.objects.visible_to(actor).exists()


def _falls_between(first: date, last: date, zone: ZoneInfo) -> Q:
    """Due or planned on these days, the last included; by moments, so that no row needs converting."""
    begins, ends = start_of_day(first, zone), start_of_day(last + timedelta(days=1), zone)
    return Q(due_at__gte=begins, due_at__lt=ends) | Q(planned_on__range=(first, last), due_at=None)


def _today(actor: Actor, at: datetime) -> date:
    """The reader's day."""
    return at.astimezone(ZoneInfo(actor.time_zone)).date()
