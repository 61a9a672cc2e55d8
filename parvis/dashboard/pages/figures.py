"""How things stand, in figures (G2-04, G2-03 a and b)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet, Sum

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.conversations.models import Thread
from parvis.core.money import Money, totals
from parvis.core.prepared import prepared
from parvis.dashboard.pages.clients import running_work, sees_amounts
from parvis.dashboard.pages.talks import unanswered
from parvis.dashboard.pages.week import Days, falling, today_of
from parvis.deliverables.models import Deliverable
from parvis.http.keyset import number_of
from parvis.projects.models import Project, ProjectStatus
from parvis.projects.rules import CLOSED

COUNTED_UP_TO = 99


@dataclass(frozen=True, slots=True)
class Figures:
    """The indicators of G2-04; `requests` counts talks whose last word is a client's (see `unanswered`)."""

    running: int
    started: int
    values: list[tuple[Money, Money]]  # of each currency: all, and what was begun in the last 30 days
    late: int
    newly_late: int  # within a week
    due_this_week: str
    requests: int
    active_clients: int
    by_status: list[tuple[str, str, int]]


def figures(actor: Actor, at: datetime) -> Figures:
    """The five indicators of G2-04 with G2-03 a and b; four queries."""
    today = today_of(actor, at)
    counts: Counter[str] = Counter()
    started = late = newly_late = 0
    amounts, fresh = [], []
    standing = _standing(actor, at - timedelta(days=30), today, today - timedelta(days=7))
    for status, currency, count, begun, overdue, lately, amount, begun_amount in standing:
        counts[status] += count
        started += begun
        if status not in CLOSED:
            late += overdue
            newly_late += lately
            amounts += [Money(amount, currency)] if amount is not None else []
            fresh += [Money(begun_amount or 0, currency)] if amount is not None else []
    due = _due(actor, Days.of(actor, today - timedelta(days=today.weekday()), 7))
    return Figures(
        running=sum(counts[status] for status in ProjectStatus if status not in CLOSED),
        started=started,
        values=list(zip(totals(amounts), totals(fresh), strict=True)) if sees_amounts(actor) else [],
        late=late,
        newly_late=newly_late,
        due_this_week=f"{COUNTED_UP_TO}+" if len(due) > COUNTED_UP_TO else str(len(due)),
        requests=sum(_requests(actor)),
        active_clients=sum(_active_clients(actor)),
        by_status=[
            (status.value, str(status.label), counts[status])
            for status in ProjectStatus
            if counts[status] and status != ProjectStatus.ARCHIVED
        ],
    )


@prepared
def _standing(actor: Actor, since: datetime, today: date, week_ago: date) -> QuerySet[Project, Any]:
    """Projects by status and currency: how many, begun since, late if they run, their value.

    Counts what stands in the index `projects_in_figures`, so that no row is read.
    """
    rows = Project.objects.visible_to(actor).order_by().values_list("status", "currency")
    return rows.annotate(
        count=Count("status"),
        begun=Count("status", filter=Q(created_at__gte=since)),
        overdue=Count("status", filter=Q(due_on__lt=today)),
        lately=Count("status", filter=Q(due_on__lt=today, due_on__gte=week_ago)),
        amount=Sum("contract_amount_minor"),
        begun_amount=Sum("contract_amount_minor", filter=Q(created_at__gte=since)),
    )


@prepared
def _active_clients(actor: Actor) -> QuerySet[Client, int]:
    return number_of(Client.objects.visible_to(actor).filter(Exists(running_work(actor))))


@prepared
def _due(actor: Actor, days: Days) -> QuerySet[Deliverable, Any]:
    return falling(actor, days, "pk")[: COUNTED_UP_TO + 1]


@prepared
def _requests(actor: Actor) -> QuerySet[Thread, int]:
    return number_of(unanswered(actor))
