"""Taking over many clients at once: first what would happen, row by row, then exactly that."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, Guard, Permission, require
from parvis.clients.actions.clients import Place, add_client
from parvis.clients.actions.contacts import NewContact, add_contact
from parvis.clients.models import Client, Contact, Membership
from parvis.clients.sheets import SheetRow


class Outcome(models.TextChoices):
    """What becomes of a row."""

    NEW_CLIENT = "new_client", _("New client")
    NEW_CONTACT = "new_contact", _("New contact")
    KNOWN = "known", _("Already there")
    REFUSED = "refused", _("Not added")


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A row with what would become of it, and why."""

    row: SheetRow
    outcome: Outcome
    reason: str | Promise = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row in its order."""

    lines: Sequence[ImportLine]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many rows come to what."""
        return Counter(line.outcome for line in self.lines)

    @property
    def new_contacts(self) -> int:
        """How many people would be added."""
        added = (Outcome.NEW_CLIENT, Outcome.NEW_CONTACT)
        return sum(line.row.has_contact for line in self.lines if line.outcome in added)

    @property
    def fingerprint(self) -> str:
        """Differs as soon as a row or what would become of it differs: what was agreed to."""
        said = [(line.row, line.outcome.value) for line in self.lines]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def plan_import(rows: Iterable[SheetRow], *, actor: Actor) -> ImportPlan:
    """What importing would do; three queries. Nothing is written."""
    known = _Known(actor)
    return ImportPlan([known.line_for(row) for row in rows])


@transaction.atomic
def import_clients(plan: ImportPlan, *, actor: Actor, at: datetime) -> list[Client]:
    """Add the plan's new clients and contacts, all of them or none; nobody is invited.

    The first person of a new client is its main contact. Gives back the new clients.
    """
    require(actor, Permission.CLIENT_ADD, Place(Guard(workspace_id=actor.workspace_id)))
    reached = {_key(client.name): client for client in Client.objects.visible_to(actor)}
    added = []
    for line in plan.lines:
        row, key = line.row, _key(line.row.client)
        if line.outcome == Outcome.NEW_CLIENT:
            reached[key] = add_client(
                workspace_id=actor.workspace_id,
                name=row.client,
                main_contact=_contact(row),
                actor=actor,
                at=at,
            )
            added.append(reached[key])
        elif line.outcome == Outcome.NEW_CONTACT and (new := _contact(row)):
            add_contact(reached[key], new=new, actor=actor, at=at)
    return added


class _Known:
    """Who is there already, and who would be after the rows so far."""

    def __init__(self, actor: Actor) -> None:
        clients = list(Client.objects.visible_to(actor).only("name"))
        self.ids: dict[UUID, str] = {client.pk: _key(client.name) for client in clients}
        self.clients = Counter(self.ids.values())
        contacts = list(Contact.objects.filter(workspace=actor.workspace_id))
        emails = {contact.pk: contact.email.casefold() for contact in contacts}
        self.names = {contact.email.casefold(): contact.name for contact in contacts}
        memberships = Membership.objects.filter(client__in=self.ids).values_list("client_id", "contact_id")
        self.people = {(self.ids[client], emails[contact]) for client, contact in memberships}

    def line_for(self, row: SheetRow) -> ImportLine:
        """The row's outcome; it counts for the rows after it."""
        key, person = _key(row.client), (_key(row.client), row.email.casefold())
        if row.problem:
            return ImportLine(row, Outcome.REFUSED, row.problem)
        if self.clients[key] > 1:
            return ImportLine(row, Outcome.REFUSED, _("Two clients have this name. Add the person there."))
        is_new = key not in self.clients
        if not is_new and (not row.has_contact or person in self.people):
            return ImportLine(row, Outcome.KNOWN)
        self.clients[key] = 1
        outcome = Outcome.NEW_CLIENT if is_new else Outcome.NEW_CONTACT
        if not row.has_contact:
            return ImportLine(row, outcome)
        self.people.add(person)
        name = self.names.setdefault(row.email.casefold(), row.name)
        if name == row.name:
            return ImportLine(row, outcome)
        # One person with one login for several clients; the name stays as it is (P-14).
        return ImportLine(row, outcome, _("This address belongs to %(name)s.") % {"name": name})


def _key(name: str) -> str:
    """By which two names are the same client."""
    return name.casefold()


def _contact(row: SheetRow) -> NewContact | None:
    if not row.has_contact:
        return None
    role, language = row.contact_role, row.language_code
    assert role is not None and language is not None  # the plan refuses rows without  # nosec B101
    return NewContact(
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        role=role,
        language=language,
        function=row.function,
        phone=row.phone,
    )
