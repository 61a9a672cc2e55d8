"""What the list of clients and the head of a client record show."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, Guard, Permission, may
from parvis.clients.actions.clients import Place
from parvis.clients.models import Client, ClientState, Membership
from parvis.clients.querysets import ClientQuerySet
from parvis.clients.rules import EXPECTED_CONTACTS, Completeness, completeness, suggested_state
from parvis.core.money import Money
from parvis.core.searching import matches
from parvis.http.keyset import KeysetPage, keyset_page
from parvis.projects.models import Project
from parvis.projects.rules import CLOSED
from parvis.ui.dates import element

FAMILIES = {
    ClientState.ACTIVE: "done",
    ClientState.PROSPECT: "wait",
    ClientState.INACTIVE: "stop",
    ClientState.SUSPENDED: "mute",
}
"""Green, amber, red, grey (G2-06); the word stands beside the colour."""

SORTS = {"name": ("name", False), "-name": ("name", True), "activity": ("last_activity_at", True),
         "-activity": ("last_activity_at", False)}  # fmt: skip

FACTS = {
    "sector": _("business sector"),
    "phone": _("phone"),
    "address": _("address"),
    "vat_number": _("VAT number"),
    "website": _("website"),
    "owner": _("owner"),
    "contact": _("main contact"),
    "invited": _("an invited contact"),
}
"""What a complete record has (G2-21a)."""


RUNNING = "running"
"""A filter beside the states: the active clients of the first page, who have work in progress."""


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One line of the list (G2-05), as a fragment shows it; `values` is None for who sees no amounts."""

    pk: UUID
    name: str
    colour: int
    state: str
    label: str
    family: str
    main_name: str
    main_email: str
    running: int
    values: tuple[Money, ...] | None
    active: str


@dataclass(frozen=True, slots=True)
class ClientList:
    """The page of the list, and the figures of its filter chips."""

    lines: list[ClientLine]
    page: KeysetPage
    counts: dict[str, int]
    shows_amounts: bool


def sees_amounts(actor: Actor) -> bool:
    """Contract values are for managers and above (G2-24a)."""
    return may(actor, Permission.CLIENT_AMOUNTS, Place(Guard(workspace_id=actor.workspace_id)))


def client_list(actor: Actor, *, state: str, search: str, sort: str, cursor: str) -> ClientList:
    """Four queries, whatever the number of clients."""
    rows: ClientQuerySet = Client.objects.visible_to(actor)
    if search:
        rows = rows.filter(matches(search) | Q(memberships__contact__email__iexact=search)).distinct()
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))
    if state == RUNNING:
        rows = rows.filter(Exists(running_work(actor)))
    elif state:
        rows = rows.filter(state=state)
    column, descending = SORTS[sort]
    shown = rows.values_list("pk", "name", "colour", "state", "last_activity_at", named=True)
    page = keyset_page(shown, field=column, descending=descending, cursor=cursor)
    amounts = sees_amounts(actor)
    return ClientList(_lines(page.rows, actor, amounts=amounts), page, counts, amounts)


def running_work(actor: Actor) -> QuerySet[Project]:
    """Of a client in the query around it: projects within reach that are neither finished nor archived."""
    return Project.objects.visible_to(actor).running().filter(client=OuterRef("pk"))


def _lines(clients: Sequence[Any], actor: Actor, *, amounts: bool) -> list[ClientLine]:
    ids = [client.pk for client in clients]
    mains = _main_contacts(ids)
    totals = running_totals(actor, ids)
    lines = []
    for client in clients:
        running, values = totals[client.pk]
        state = ClientState(client.state)
        lines.append(
            ClientLine(
                pk=client.pk,
                name=client.name,
                colour=client.colour,
                state=client.state,
                label=str(state.label),
                family=FAMILIES[state],
                main_name=mains[client.pk][0],
                main_email=mains[client.pk][1],
                running=running,
                values=tuple(values) if amounts else None,
                active=element(client.last_activity_at),
            )
        )
    return lines


def _main_contacts(client_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and address of the main contact of each client; empty where there is none."""
    rows = Membership.objects.filter(client__in=client_ids, is_main=True, contact__deleted_at=None)
    names = ("contact__first_name", "contact__last_name", "contact__email")
    mains: dict[UUID, tuple[str, str]] = defaultdict(lambda: ("", ""))
    for client_id, first, last, email in rows.values_list("client_id", *names):
        mains[client_id] = (f"{first} {last}".strip(), email)
    return mains


def running_totals(actor: Actor, client_ids: Sequence[UUID]) -> dict[UUID, tuple[int, list[Money]]]:
    """Running projects and the contract value of all projects within reach, per client (G2-05c, e)."""
    is_running = Q(archived_at=None) & ~Q(status__in=CLOSED)
    rows = (
        Project.objects.visible_to(actor)
        .filter(client__in=client_ids)
        .order_by()
        .values_list("client_id", "currency")
        .annotate(running=Count("pk", filter=is_running), amount=Sum("contract_amount_minor"))
    )
    totals: dict[UUID, tuple[int, list[Money]]] = defaultdict(lambda: (0, []))
    for client_id, currency, running, amount in rows:
        so_far, values = totals[client_id]
        more = [Money(amount, currency)] if amount else []
        totals[client_id] = (so_far + running, values + more)
    return totals


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The head every tab of a record has: state, completeness, what does not fit (G2-21)."""

    state: str
    family: str
    running: int
    values: list[Money]
    completeness: Completeness
    missing: list[str]
    too_few_contacts: bool
    suggested: ClientState | None
    memberships: list[Membership]

    @property
    def suggested_label(self) -> str:
        """The suggested state in words."""
        return str(self.suggested.label) if self.suggested else ""


def record_head(client: Client, actor: Actor) -> RecordHead:
    """Two queries; `client` comes with its portal and owner."""
    memberships = list(
        Membership.objects.visible_to(actor)
        .filter(client=client)
        .select_related("contact")
        .order_by("-is_main", "contact__first_name")
    )
    running, values = running_totals(actor, [client.pk])[client.pk]
    facts = {name: bool(getattr(client, name)) for name in list(FACTS)[:5]}
    facts["owner"] = client.owner_id is not None
    facts["contact"] = bool(memberships)
    facts["invited"] = any(membership.state != "none" for membership in memberships)
    filled = completeness(facts)
    return RecordHead(
        state=str(ClientState(client.state).label),
        family=FAMILIES[ClientState(client.state)],
        running=running,
        values=values if sees_amounts(actor) else [],
        completeness=filled,
        missing=[str(FACTS[name]) for name in filled.missing],
        too_few_contacts=len(memberships) < EXPECTED_CONTACTS,
        suggested=suggested_state(client.state, running),
        memberships=memberships,
    )
