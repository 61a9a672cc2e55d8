"""What people chose to hear of: asked by the mails, set on preferences pages and by unsubscribing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from parvis.access import Actor, ActorKind
from parvis.clients.models import Client, Contact, PortalSettings
from parvis.core.prepared import prepared
from parvis.notifications.kinds import ContactNotice, MemberNotice
from parvis.notifications.models import Preference
from parvis.team.models import Member

Person = Contact | Member
Notice = ContactNotice | MemberNotice


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a preferences page."""

    kind: str
    label: str
    is_on: bool


def is_on(person: Person, kind: Notice, *, client: Client | None = None) -> bool:
    """Whether this person wants to hear of this kind; for a contact, `client` brings the defaults (G1-09)."""
    return dict(_chosen(person)).get(kind.value, _default(kind, client))


def without_reminders(people: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Of these contacts at these clients those who want no reminders (A-10, G1-09); two queries."""
    kind = ContactNotice.REMINDERS.value
    contacts, clients = {contact for contact, _ in people}, {client for _, client in people}
    choices = Preference.objects.filter(contact__in=contacts, kind=kind)
    chosen = dict(choices.values_list("contact_id", "is_on"))
    portals = PortalSettings.objects.filter(client__in=clients)
    defaults = dict(portals.values_list("client_id", "notification_defaults"))
    return {
        (contact, client)
        for contact, client in people
        if not chosen.get(contact, defaults.get(client, {}).get(kind, True))
    }


def preferences_of(person: Person, *, client: Client | None = None) -> list[Choice]:
    """Every kind there is for this person, with what counts now."""
    chosen = dict(_chosen(person))
    kinds: type[Notice] = ContactNotice if isinstance(person, Contact) else MemberNotice
    return [
        Choice(kind.value, str(kind.label), chosen.get(kind.value, _default(kind, client))) for kind in kinds
    ]


@transaction.atomic
def set_preferences(person: Person, choices: Mapping[str, bool], *, actor: Actor, at: datetime) -> None:
    """Keep what the person chose: `{"replies": False}`; kinds that are not named stay as they are.

    Only the person may choose; the system does it for whoever holds a signed link from a mail. Raises
    PermissionDenied, also in a preview; ValueError for an unknown kind.
    """
    is_own = actor.id == person.pk and not actor.is_preview
    if actor.workspace_id != person.workspace_id or not (is_own or actor.kind is ActorKind.SYSTEM):
        raise PermissionDenied
    for name, wanted in choices.items():
        kind = ContactNotice(name) if isinstance(person, Contact) else MemberNotice(name)
        Preference.objects.update_or_create(
            contact=person if isinstance(person, Contact) else None,
            member=person if isinstance(person, Member) else None,
            kind=kind,
            defaults={"is_on": wanted, "changed_at": at, "workspace_id": person.workspace_id},
        )


def _chosen(person: Person) -> list[tuple[str, bool]]:
    return _chosen_by_contact(person.pk) if isinstance(person, Contact) else _chosen_by_member(person.pk)


@prepared
def _chosen_by_contact(contact_id: UUID) -> models.QuerySet[Preference, tuple[str, bool]]:
    return Preference.objects.filter(contact=contact_id).values_list("kind", "is_on")


@prepared
def _chosen_by_member(member_id: UUID) -> models.QuerySet[Preference, tuple[str, bool]]:
    return Preference.objects.filter(member=member_id).values_list("kind", "is_on")


def _default(kind: Notice, client: Client | None) -> bool:
    """What the client's portal was set to; everything is on where nothing was set."""
    if client is None or isinstance(kind, MemberNotice):
        return True
    portal: PortalSettings | None = getattr(client, "portal", None)
    defaults: dict[str, bool] = portal.notification_defaults if portal else {}
    return bool(defaults.get(kind.value, True))
