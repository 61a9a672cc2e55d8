"""Finding clients, projects, deliverables, documents and pages by name; only what the reader may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.access import Actor
from parvis.clients.models import Client, ClientState, Contact, Membership
from parvis.core.searching import matches
from parvis.core.text import folded
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.projects.models import Project

PER_KIND = 10
BEFORE_TYPING = 4
TO_PROJECT = ("client__name", "projects:project")
TO_DELIVERABLE = ("client__name", "deliverables:deliverable")
PAGES = [
    (gettext_lazy("To sort"), "notifications:inbox"),
    (gettext_lazy("Today"), "dashboard:home"),
    (gettext_lazy("Clients"), "clients:clients"),
    (gettext_lazy("Projects"), "projects:projects"),
    (gettext_lazy("Deliverables"), "deliverables:deliverables"),
    (gettext_lazy("People and roles"), "settings:people"),
    (gettext_lazy("Mail"), "settings:mail"),
    (gettext_lazy("My account"), "settings:profile"),
]
"""Those every member may open."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    title: str
    line: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind."""

    label: str
    icon: str
    hits: list[Hit]


def found_everywhere(actor: Actor, text: str) -> list[Group]:
    """Five queries, each begun from what is visible to the actor; empty groups are left out."""
    words = folded(text).split()
    if not words:
        return []
    named = matches(text)
    clients = Client.objects.visible_to(actor).filter(named).order_by("name")
    within_reach = Membership.objects.visible_to(actor).select_related("client")
    contacts = Contact.objects.visible_to(actor).filter(named)
    contacts = contacts.prefetch_related(Prefetch("memberships", queryset=within_reach))
    projects = Project.objects.visible_to(actor).filter(named)
    deliverables = Deliverable.objects.visible_to(actor).existing().filter(named)
    documents = Document.objects.visible_to(actor).existing().filter(named)
    groups = [
        _pages(words),
        Group(_("Clients"), "building-2", _clients(clients)),
        Group(_("Contacts"), "user", [_contact(row) for row in contacts[:PER_KIND]]),
        Group(_("Projects"), "folder-kanban", _newest(projects, *TO_PROJECT)),
        Group(_("Deliverables"), "stamp", _newest(deliverables, *TO_DELIVERABLE)),
        Group(_("Documents"), "file-text", _newest(documents, "project__title", "documents:document")),
    ]
    return [group for group in groups if group.hits]


def last_touched(actor: Actor) -> list[Group]:
    """Where one probably goes, before anything is typed: three queries, and the pages."""
    clients = Client.objects.visible_to(actor).order_by("-last_activity_at", "-pk")
    projects = Project.objects.visible_to(actor).running()
    deliverables = Deliverable.objects.visible_to(actor).existing()
    groups = [
        Group(_("Clients"), "building-2", _clients(clients)[:BEFORE_TYPING]),
        Group(_("Projects"), "folder-kanban", _newest(projects, *TO_PROJECT)[:BEFORE_TYPING]),
        Group(_("Deliverables"), "stamp", _newest(deliverables, *TO_DELIVERABLE)[:BEFORE_TYPING]),
        _pages([]),
    ]
    return [group for group in groups if group.hits]


def _pages(words: list[str]) -> Group:
    """The team's own pages whose name holds every word."""
    hits = [Hit(str(label), "", reverse(name)) for label, name in PAGES]
    found = [hit for hit in hits if all(word in folded(hit.title) for word in words)]
    return Group(_("Pages"), "app-window", found)


def _clients(rows: QuerySet[Client]) -> list[Hit]:
    """Each with where the relation stands."""
    shown = rows.values_list("pk", "name", "state")[:PER_KIND]
    return [
        Hit(name, str(ClientState(state).label), reverse("clients:client", args=[pk]))
        for pk, name, state in shown
    ]


def _newest(rows: QuerySet[Any], line: str, page: str) -> list[Hit]:
    """What was changed last, with the name of what it belongs to; only what is shown is read."""
    shown = rows.order_by("-updated_at").values_list("pk", "title", line)[:PER_KIND]
    return [Hit(title, place, reverse(page, args=[pk])) for pk, title, place in shown]


def _contact(contact: Contact) -> Hit:
    memberships = contact.memberships.all()
    names = ", ".join(membership.client.name for membership in memberships)
    url = reverse("clients:contacts", args=[memberships[0].client_id]) if memberships else "#"
    return Hit(contact.name, names, url)
