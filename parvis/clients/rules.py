"""States of a client and how complete its record is, from plain values (G2-06, G2-21, DOMAIN 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClientState(models.TextChoices):
    """Where the relation stands; set by staff, the system only suggests (G2-06, A-17)."""

    ACTIVE = "active", _("Active")
    PROSPECT = "prospect", _("Prospect")
    INACTIVE = "inactive", _("Inactive")
    SUSPENDED = "suspended", _("Suspended")


TRANSITIONS: dict[ClientState, frozenset[ClientState]] = {
    ClientState.PROSPECT: frozenset({ClientState.ACTIVE, ClientState.INACTIVE}),
    ClientState.ACTIVE: frozenset({ClientState.SUSPENDED, ClientState.INACTIVE}),
    ClientState.SUSPENDED: frozenset({ClientState.ACTIVE, ClientState.INACTIVE}),
    ClientState.INACTIVE: frozenset({ClientState.ACTIVE, ClientState.PROSPECT}),
}
"""Every transition there is (DOMAIN 3.3); one that is not listed is refused."""

EXPECTED_CONTACTS = 2  # G2-21b: with one person away nobody could answer


def suggested_state(state: str, running_projects: int) -> ClientState | None:
    """The state reality speaks for, None where it agrees (G2-21c). A suspended client stays suspended."""
    if running_projects and state in (ClientState.PROSPECT, ClientState.INACTIVE):
        return ClientState.ACTIVE
    if not running_projects and state == ClientState.ACTIVE:
        return ClientState.INACTIVE
    return None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a client record is filled in (G2-21a)."""

    percent: int
    missing: tuple[str, ...]


def completeness(facts: Mapping[str, bool]) -> Completeness:
    """From what is there, by name; each counts the same."""
    missing = tuple(name for name, is_there in facts.items() if not is_there)
    return Completeness(percent=100 * (len(facts) - len(missing)) // len(facts), missing=missing)
