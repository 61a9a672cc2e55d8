"""The team's list of deliverables: filtered, searched, sorted by what the address says."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.choosing import client_choice, named_like
from parvis.core.calendar import start_of_day
from parvis.core.searching import matches
from parvis.deliverables.lines import in_columns
from parvis.deliverables.models import Deliverable, DeliverableState
from parvis.deliverables.querysets import DeliverableQuerySet
from parvis.deliverables.rules import AWAITING
from parvis.http.keyset import KeysetPage, keyset_page
from parvis.http.lists import Choice, Tab, address, order_choice, order_of
from parvis.team.choosing import person_choice

HERE = "deliverables:deliverables"
WAITING, LATE, WEEK, ALL = "waiting", "late", "week", "all"


def chosen_state(params: QueryDict) -> str:
    """What the address asks for; what clients have before them where it asks for nothing known."""
    state = params.get("state", WAITING)
    return state if state in {WAITING, LATE, WEEK, ALL, *DeliverableState} else WAITING


def chips(params: QueryDict) -> list[Tab]:
    """Where the work stands."""
    rest = [(each.value, str(each.label)) for each in DeliverableState if each not in AWAITING]
    named = [
        (WAITING, _("At the client")),
        (LATE, _("Late")),
        (WEEK, _("Due this week")),
        (ALL, _("All")),
        *rest,
    ]
    state = chosen_state(params)
    return [Tab(label, address(HERE, params, state=key), current=key == state) for key, label in named]


def choices(actor: Actor, params: QueryDict) -> list[Choice]:
    """Client, person, order; two queries."""
    return [client_choice(actor, params), person_choice(actor, params), order_choice(params)]


def listed(
    actor: Actor, params: QueryDict, at: datetime, *, search: str, choices: list[Choice]
) -> KeysetPage:
    """One page, with what `deliverable_lines` reads."""
    client, person, order = choices
    rows = _in_state(Deliverable.objects.visible_to(actor).existing(), chosen_state(params), actor, at)
    if client.pk:
        rows = rows.filter(client=client.pk)
    if person.pk:
        rows = rows.filter(responsible=person.pk)
    if search:
        rows = rows.filter(matches(search) | Q(client__in=named_like(actor, search)))
    field, descending = order_of(order, due="due_at")
    if field == "due_at":
        rows = rows.exclude(due_at=None)
    return keyset_page(in_columns(rows), field=field, descending=descending, cursor=params.get("cursor", ""))


def _in_state(rows: DeliverableQuerySet, state: str, actor: Actor, at: datetime) -> DeliverableQuerySet:
    match state:
        case "waiting":
            return rows.at_client()
        case "late":
            return rows.overdue(at)
        case "week":
            return _this_week(rows, actor, at)
        case "all":
            return rows
        case _:
            return rows.filter(state=state)


def _this_week(rows: DeliverableQuerySet, actor: Actor, at: datetime) -> DeliverableQuerySet:
    """Not yet approved and due, or without a deadline planned, in the reader's calendar week (G2-04d)."""
    zone = ZoneInfo(actor.time_zone)
    today = at.astimezone(zone).date()
    first = today - timedelta(days=today.weekday())
    after = first + timedelta(days=7)
    due = Q(due_at__gte=start_of_day(first, zone), due_at__lt=start_of_day(after, zone))
    planned = Q(due_at=None, planned_on__gte=first, planned_on__lt=after)
    return rows.not_approved().filter(due | planned)
