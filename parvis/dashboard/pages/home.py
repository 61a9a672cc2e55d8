"""What the team sees first: what is to be done today, who is waited for, how things stand (G2-03, G2-04)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.conversations.models import ClientComment, Thread
from parvis.core.money import Money
from parvis.dashboard.pages.clients import sees_amounts
from parvis.deliverables.models import Deliverable
from parvis.notifications.models import InboxItem
from parvis.projects.models import Milestone, Project, ProjectStatus, Task, TaskState

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
    values: list[Money]
    late: int
    due_this_week: int
    requests: int
    active_clients: int
    by_status: list[tuple[str, str, int]]


def today_rows(actor: Actor, at: datetime) -> list[TodayRow]:
    """Most pressing first; each row leads to the object with its next step."""
    rows: list[TodayRow] = []
    waiting = InboxItem.objects.visible_to(actor).waiting(at).count()
    if waiting:
        rows.append(
            TodayRow(
                ngettext("%(count)s thing to sort", "%(count)s things to sort", waiting) % {"count": waiting},
                _("Answers and messages that arrived"),
                reverse("notifications:inbox"),
                _("Sort"),
                "inbox",
                "work",
            )
        )
    visible = Deliverable.objects.visible_to(actor).existing().select_related("client")
    rows += [
        _deliverable_row(late, _("The answer is overdue"), _("Remind"), "bell", "stop")
        for late in visible.overdue(at).order_by("due_at")[:SHOWN]
    ]
    changes = visible.filter(state__in=("changes_requested", "rejected")).order_by("settled_at")
    for asked in changes[:SHOWN]:
        number = {"number": asked.current_number + 1}
        rows.append(
            _deliverable_row(
                asked,
                _("The client asked for changes"),
                _("Publish version %(number)s") % number,
                "upload",
                "review",
            )
        )
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
    return rows.select_related("client", "project").order_by("submitted_at", "pk")[:8]


def week(actor: Actor, at: datetime) -> list[WeekDay]:
    """The next seven days with their deadlines, planned deliverables and milestones; two queries."""
    today = _today(actor, at)
    last = today + timedelta(days=6)
    entries: dict[date, list[WeekEntry]] = defaultdict(list)
    zone = ZoneInfo(actor.time_zone)
    deliverables = Deliverable.objects.visible_to(actor).existing().exclude(state="approved")
    falling = Q(due_at__date__range=(today, last)) | Q(planned_on__range=(today, last), due_at=None)
    for row in deliverables.filter(falling).only("title", "due_at", "planned_on")[:50]:
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
    """The five indicators of G2-04 with G2-03 a and b; five queries."""
    today = _today(actor, at)
    projects = Project.objects.visible_to(actor).filter(archived_at=None)
    running = projects.running()
    counts = dict(projects.order_by().values_list("status").annotate(count=Count("pk")))
    totals = running.aggregate(
        late=Count("pk", filter=Q(due_on__lt=today)), clients=Count("client", distinct=True)
    )
    amounts = []
    if sees_amounts(actor):
        sums = running.exclude(contract_amount_minor=None).order_by().values("currency")
        sums = sums.annotate(amount=Sum("contract_amount_minor"))
        amounts = [Money(row["amount"], row["currency"]) for row in sums]
    monday = today - timedelta(days=today.weekday())
    this_week = (monday, monday + timedelta(days=6))
    due = Q(due_at__date__range=this_week) | Q(planned_on__range=this_week, due_at=None)
    deliverables = Deliverable.objects.visible_to(actor).existing().exclude(state="approved")
    return Figures(
        running=sum(counts.get(s, 0) for s in ProjectStatus if s not in ("completed", "archived")),
        values=amounts,
        late=totals["late"],
        due_this_week=deliverables.filter(due).count(),
        requests=unanswered(actor).count(),
        active_clients=totals["clients"],
        by_status=[
            (status.value, str(status.label), counts[status])
            for status in ProjectStatus
            if counts.get(status)
        ],
    )


def unanswered(actor: Actor) -> QuerySet[Thread]:
    """Open talks whose last word is a client's (stands for G2-04e until client requests exist)."""
    last_is_theirs = ClientComment.objects.filter(
        thread=OuterRef("pk"), at=OuterRef("last_comment_at"), author_contact__isnull=False
    )
    rows = Thread.objects.filter(
        Exists(last_is_theirs), workspace=actor.workspace_id, resolved_at=None, client__deleted_at=None
    )
    if actor.assigned_project_ids is not None:
        rows = rows.filter(project_id__in=actor.assigned_project_ids)
    return rows


def has_clients(actor: Actor) -> bool:
    """Whether anything was begun; until then the page shows the four first steps."""
    return Client.objects.visible_to(actor).exists()


def _today(actor: Actor, at: datetime) -> date:
    """The reader's day."""
    return at.astimezone(ZoneInfo(actor.time_zone)).date()
