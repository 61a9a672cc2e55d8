"""Finding clients, projects, deliverables and documents by name; only what the reader may see."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.models import Client, Contact
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
    projects = Project.objects.visible_to(actor).select_related("client")
    projects = projects.filter(Q(title__icontains=text) | Q(external_name__icontains=text))
    deliverables = Deliverable.objects.visible_to(actor).existing().filter(title__icontains=text)
    documents = Document.objects.visible_to(actor).existing().filter(title__icontains=text)
    groups = [
        Group(
            _("Clients"),
            "building-2",
            [
                Hit(row.name, str(row.get_state_display()), reverse("clients:client", args=[row.pk]))
                for row in clients[:PER_KIND]
            ],
        ),
        Group(_("Contacts"), "user", [_contact(row) for row in contacts[:PER_KIND]]),
        Group(
            _("Projects"),
            "folder-kanban",
            [
                Hit(row.title, row.client.name, reverse("projects:project", args=[row.pk]))
                for row in projects.order_by("-updated_at")[:PER_KIND]
            ],
        ),
        Group(
            _("Deliverables"),
            "stamp",
            [
                Hit(row.title, row.client.name, reverse("deliverables:deliverable", args=[row.pk]))
                for row in deliverables.select_related("client").order_by("-updated_at")[:PER_KIND]
            ],
        ),
        Group(
            _("Documents"),
            "file-text",
            [
                Hit(row.title, row.project.title, reverse("documents:document", args=[row.pk]))
                for row in documents.select_related("project").order_by("-updated_at")[:PER_KIND]
            ],
        ),
    ]
    return [group for group in groups if group.hits]


def _contact(contact: Contact) -> Hit:
    memberships = [m for m in contact.memberships.all() if m.client.deleted_at is None]
    names = ", ".join(membership.client.name for membership in memberships)
    url = reverse("clients:contacts", args=[memberships[0].client_id]) if memberships else "#"
    return Hit(contact.name, names, url)
