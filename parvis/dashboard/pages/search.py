"""Finding clients, projects, deliverables and documents by name; only what the reader may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.models import Client, ClientState, Contact
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.projects.models import Project

PER_KIND = 10


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
    clients = Client.objects.visible_to(actor).filter(name__icontains=text).order_by("name")
    name = Q(first_name__icontains=text) | Q(last_name__icontains=text) | Q(email__icontains=text)
    contacts = Contact.objects.visible_to(actor).filter(name).prefetch_related("memberships__client")
    projects = Project.objects.visible_to(actor)
    projects = projects.filter(Q(title__icontains=text) | Q(external_name__icontains=text))
    deliverables = Deliverable.objects.visible_to(actor).existing().filter(title__icontains=text)
    documents = Document.objects.visible_to(actor).existing().filter(title__icontains=text)
    groups = [
        Group(
            _("Clients"),
            "building-2",
            [
                Hit(title, str(ClientState(state).label), reverse("clients:client", args=[pk]))
                for pk, title, state in clients.values_list("pk", "name", "state")[:PER_KIND]
            ],
        ),
        Group(_("Contacts"), "user", [_contact(row) for row in contacts[:PER_KIND]]),
        Group(_("Projects"), "folder-kanban", _newest(projects, "client__name", "projects:project")),
        Group(_("Deliverables"), "stamp", _newest(deliverables, "client__name", "deliverables:deliverable")),
        Group(_("Documents"), "file-text", _newest(documents, "project__title", "documents:document")),
    ]
    return [group for group in groups if group.hits]


def _newest(rows: QuerySet[Any], line: str, page: str) -> list[Hit]:
    """What was changed last, with the name of what it belongs to; only what is shown is read."""
    shown = rows.order_by("-updated_at").values_list("pk", "title", line)[:PER_KIND]
    return [Hit(title, place, reverse(page, args=[pk])) for pk, title, place in shown]


def _contact(contact: Contact) -> Hit:
    memberships = [m for m in contact.memberships.all() if m.client.deleted_at is None]
    names = ", ".join(membership.client.name for membership in memberships)
    url = reverse("clients:contacts", args=[memberships[0].client_id]) if memberships else "#"
    return Hit(contact.name, names, url)
