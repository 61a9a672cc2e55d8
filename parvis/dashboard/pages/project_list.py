"""The list of projects: filtered, searched, sorted by what the address says (DESIGN screen 10)."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.choosing import client_choice, named_like
from parvis.core.searching import matches
from parvis.dashboard.pages.projects import COLUMNS
from parvis.http.keyset import KeysetPage, keyset_page
from parvis.http.lists import Choice, Tab, address, order_choice, order_of
from parvis.projects.models import Project, ProjectStatus
from parvis.team.choosing import person_choice

HERE = "projects:projects"
LATE = "late"


def chosen_status(params: QueryDict) -> str:
    """What the address asks for; empty for the running ones."""
    status = params.get("status", "")
    return status if status in {LATE, *ProjectStatus} else ""


def chips(params: QueryDict) -> list[Tab]:
    """How far the work is."""
    status = chosen_status(params)
    named = [
        ("", _("Running")),
        (LATE, _("Late")),
        *((each.value, str(each.label)) for each in ProjectStatus),
    ]
    return [Tab(label, address(HERE, params, status=key), current=key == status) for key, label in named]


def choices(actor: Actor, params: QueryDict) -> list[Choice]:
    """Client, lead, order; two queries."""
    return [client_choice(actor, params), person_choice(actor, params), order_choice(params)]


def listed(actor: Actor, params: QueryDict, today: date, *, search: str, choices: list[Choice]) -> KeysetPage:
    """One page, with what `project_lines` reads; late is what runs beyond its day (G2-04c)."""
    client, person, order = choices
    status = chosen_status(params)
    rows = Project.objects.visible_to(actor)
    rows = rows.filter(status=status) if status in ProjectStatus else rows.running()
    if status == LATE:
        rows = rows.filter(due_on__lt=today)
    if client.pk:
        rows = rows.filter(client=client.pk)
    if person.pk:
        rows = rows.filter(assignee=person.pk)
    if search:
        rows = rows.filter(matches(search) | Q(client__in=named_like(actor, search)))
    field, descending = order_of(order, due="due_on")
    if field == "due_on":
        rows = rows.exclude(due_on=None)
    shown: Any = rows.values_list(*COLUMNS, named=True)
    return keyset_page(shown, field=field, descending=descending, cursor=params.get("cursor", ""))
