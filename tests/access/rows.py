"""The shape of the table's rows, and the names of those who ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Members of the team. `unassigned` is a member without any project; `elsewhere` owns another workspace.
MEMBERS = ("unassigned", "assigned", "manager", "admin", "owner", "elsewhere")
STRANGERS = ("anonymous", "disabled")
EVERY_MEMBER = frozenset(MEMBERS)
OURS = EVERY_MEMBER - {"elsewhere"}
ON_THE_PROJECT = OURS - {"unassigned"}
MANAGERS = ON_THE_PROJECT - {"assigned"}
ADMINS = MANAGERS - {"manager"}

# Visitors of the portal. `listed` reaches another project of the same client, and not this one.
CONTACTS = ("decision_maker", "technical", "billing", "observer", "listed", "sibling", "preview")
NOBODY = ("anonymous", "foreign", "closed", "expired")
EVERY_CONTACT = frozenset(CONTACTS)
WRITERS = EVERY_CONTACT - {"preview"}
READERS = frozenset({"decision_maker", "technical", "observer", "preview"})
COMMENTERS = frozenset({"decision_maker", "technical"})
DECIDERS = frozenset({"decision_maker"})


@dataclass(frozen=True)
class Row:
    """A request in the name of everybody: those of `who` are answered, the others refused."""

    method: str
    route: str
    who: frozenset[str]
    ids: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    query: str = ""
    is_choice: bool = False
    """The foreign id is an answer in a form, where it is no choice: the form comes back (422)."""

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def get(route: str, who: frozenset[str], query: str = "", **ids: Any) -> Row:
    """Somebody looks."""
    return Row("GET", route, who, ids, None, query)


def post(route: str, who: frozenset[str], body: Mapping[str, Any] | None = None, **ids: Any) -> Row:
    """Somebody changes something; `{names}` in the body are ids, `FILE` is a picture."""
    return Row("POST", route, who, ids, body or {})


def choose(route: str, who: frozenset[str], body: Mapping[str, Any]) -> Row:
    """Somebody chooses a thing in a form, where a stranger's is not offered."""
    return Row("POST", route, who, {}, body, is_choice=True)


FILE = "<file>"
