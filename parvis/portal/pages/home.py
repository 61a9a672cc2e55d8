"""The home page: what waits for the reader first, then what happens next (DESIGN screen 1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.access import Actor, Permission
from parvis.clients.models import Client
from parvis.core.prepared import prepared
from parvis.deliverables.models import Deliverable, Purpose, VersionFile
from parvis.documents.models import Document
from parvis.events.models import Event
from parvis.portal.models import PortalSnooze
from parvis.portal.pages.activity import Line, client_events, lines
from parvis.portal.pages.projects import ProjectRow, place_of, project_rows
from parvis.portal.sections import shows_documents, shows_timeline
from parvis.projects.models import Milestone
from parvis.projects.querysets import reach
from parvis.projects.rules import CLOSED
from parvis.team.models import Member
from parvis.ui import dates
from parvis.ui.text import plain

CARDS = 20  # more than anybody can answer at one sitting; the rest is counted, and one click away
RECENT_DOCUMENTS = 3
RECENT_EVENTS = 3
NOTE_LENGTH = 160

ICONS = {Purpose.APPROVAL: "clock", Purpose.FEEDBACK: "message-circle", Purpose.INFORMATION: "sparkles"}


@dataclass(frozen=True, slots=True)
class TodoCard:
    """One version that waits for the reader, with its reason and its own button (G1-37)."""

    id: UUID
    title: str
    place: str
    reason: str
    family: str
    icon: str
    note_author: str
    note: str
    url: str
    action: str
    picture_url: str
    is_set_aside: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Everything on the home page; `not_shown` counts what waits beyond the cards."""

    waiting: int
    not_shown: int
    cards: list[TodoCard]
    set_aside: list[TodoCard]
    projects: list[ProjectRow]
    documents: list[Document]
    person: Member | None
    news: list[Line]
    welcome: str
    next_milestone: Milestone | None


def home(actor: Actor, clients: list[Client], at: datetime, *, shows_all: bool = False) -> Home:
    """The page's content in a number of queries that does not grow with the rows.

    `shows_all` lets every card be there instead of the twenty most urgent (G1-36c).
    """
    rows = _cards(actor, at, None if shows_all else CARDS + 1)
    cards = [todo_card(row, at) for row in (rows if shows_all else rows[:CARDS])]
    waiting = len(rows) if len(rows) == len(cards) else count_waiting(actor)
    projects = project_rows(actor, limit=6)
    return Home(
        waiting=waiting,
        not_shown=max(0, waiting - len(cards)),
        cards=[card for card in cards if not card.is_set_aside],
        set_aside=[card for card in cards if card.is_set_aside],
        projects=projects,
        documents=recent_documents(actor),
        person=contact_person(clients, projects),
        news=recent_news(actor),
        welcome=_welcome(clients, actor.language),
        next_milestone=None if rows else _next_milestone(actor, at),
    )


def waiting_for(actor: Actor) -> QuerySet[Deliverable]:
    """What this contact has to look at, decide or comment on (G1-36c), as far as they may (A-03).

    In a completed project there is nothing to answer any more, only to look at (A-13).
    """
    may_approve = reach(actor, Permission.DELIVERABLE_DECIDE, project="project")
    may_comment = reach(actor, Permission.COMMENT_ADD, project="project")
    to_answer = (Q(purpose=Purpose.APPROVAL) & may_approve) | (Q(purpose=Purpose.FEEDBACK) & may_comment)
    rows = Deliverable.objects.visible_to(actor).awaiting(actor.contact_id)
    return rows.filter(Q(purpose=Purpose.INFORMATION) | (to_answer & ~Q(project__status__in=CLOSED)))


def count_waiting(actor: Actor) -> int:
    """The one counter of the navigation."""
    return len(_waiting_ids(actor))


@prepared
def _waiting_ids(actor: Actor) -> QuerySet[Deliverable, UUID]:
    return waiting_for(actor).values_list("pk", flat=True)


@prepared
def _cards(actor: Actor, at: datetime, limit: int | None) -> QuerySet[Deliverable]:
    """The first of what waits, each with its picture and whether it was set aside."""
    pictures = VersionFile.objects.filter(version=OuterRef("current_version"), file__preview_state="ready")
    snoozes = PortalSnooze.objects.filter(deliverable=OuterRef("pk"), contact=actor.contact_id, until__gt=at)
    rows = waiting_for(actor).select_related("project__client", "current_version__submitted_by")
    rows = rows.annotate(
        # Said to be a UUID: a foreign key's own field would come back from SQLite as bare text.
        picture_file_id=Subquery(
            pictures.order_by("position").values("file_id")[:1], output_field=UUIDField()
        ),
        is_set_aside=Exists(snoozes),
    )
    # Most urgent first: earliest deadline, approvals before opinions, oldest first; set aside at the end.
    rows = rows.order_by("is_set_aside", F("due_at").asc(nulls_last=True), "purpose", "submitted_at", "pk")
    return rows[:limit]


def todo_card(row: Deliverable, at: datetime) -> TodoCard:
    """What one waiting deliverable says on the home page."""
    version = row.current_version
    reason, family = reason_of(row, at)
    picture_id = row.picture_file_id  # type: ignore[attr-defined]
    url = reverse("portal:deliverable", args=[row.pk])
    return TodoCard(
        id=row.pk,
        title=_("%(title)s, version %(number)s") % {"title": row.title, "number": row.current_number},
        place=place_of(row.project),
        reason=reason,
        family=family,
        icon=ICONS[Purpose(row.purpose)],
        note_author=version.submitted_by.first_name if version and version.note else "",
        note=plain(version.note, NOTE_LENGTH) if version else "",
        url=url,
        action=action_of(Purpose(row.purpose)),
        picture_url=reverse("portal:page", args=[row.pk, picture_id, 1, "small"]) if picture_id else "",
        is_set_aside=row.is_set_aside,  # type: ignore[attr-defined]
    )


def reason_of(row: Deliverable, at: datetime) -> tuple[str, str]:
    """Why it stands here, with the day in words, and the colour family (G1-37, G1-42c)."""
    if row.purpose == Purpose.INFORMATION:
        moment = dates.when(row.submitted_at) if row.submitted_at else ""
        return _("New for you: %(moment)s") % {"moment": moment}, "work"
    is_approval = row.purpose == Purpose.APPROVAL
    if row.due_at is None:
        return (_("Ready for your approval") if is_approval else _("We would like your opinion")), "wait"
    day = {"day": dates.day(row.due_at)}
    if row.due_at < at:
        late = _("Your approval was due on %(day)s") if is_approval else _("Your opinion was due on %(day)s")
        return late % day, "stop"
    soon = _("To approve by %(day)s") if is_approval else _("We would like your opinion by %(day)s")
    return soon % day, "wait"


def action_of(purpose: Purpose) -> str:
    """The card's own button."""
    return {
        Purpose.APPROVAL: _("Review and approve"),
        Purpose.FEEDBACK: _("Review and comment"),
        Purpose.INFORMATION: _("Have a look"),
    }[purpose]


def recent_documents(actor: Actor) -> list[Document]:
    """The latest documents with their current version (G1-38a)."""
    return _recent_documents(actor) if shows_documents(actor) else []


@prepared
def _recent_documents(actor: Actor) -> QuerySet[Document]:
    rows = Document.objects.visible_to(actor).exclude(current_version=None)
    return rows.select_related("current_version__file").order_by("-updated_at", "-pk")[:RECENT_DOCUMENTS]


def recent_news(actor: Actor) -> list[Line]:
    """The latest things that happened (G1-38b)."""
    return lines(_recent_events(actor), actor) if shows_timeline(actor) else []


@prepared
def _recent_events(actor: Actor) -> QuerySet[Event]:
    return client_events(actor)[:RECENT_EVENTS]


def contact_person(clients: list[Client], projects: list[ProjectRow]) -> Member | None:
    """Whom to talk to: the lead of the only running project, else the client's owner."""
    leads = {row.lead.pk: row.lead for row in projects if row.lead is not None}
    if len(leads) == 1:
        return next(iter(leads.values()))
    return next((client.owner for client in clients if client.owner is not None), None)


def _next_milestone(actor: Actor, at: datetime) -> Milestone | None:
    """The next dated thing, told where nothing waits."""
    today = timezone.localtime(at).date()
    rows = Milestone.objects.visible_to(actor).filter(reached_at=None, due_on__gte=today)
    return rows.order_by("due_on", "pk").first()


def _welcome(clients: list[Client], language: str) -> str:
    """The welcome messages of the portals that have one (G1-07)."""
    texts = (client.portal.welcome_in(language) for client in clients if hasattr(client, "portal"))
    return "\n\n".join(dict.fromkeys(text for text in texts if text))
