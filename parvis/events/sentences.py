"""What an event says, as one whole sentence in the reader's language (A-25).

`{actor}` and `{subject}` are always there; `{contact}`, `{member}` and `{name}` come from the event's names,
`{version}`, `{count}`, `{round}` and `{remark}` from its values. A kind lists its sentences from the fullest
to the barest: the first whose words are all known is said.
"""

from string import Formatter
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from parvis.access import ActorKind
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.wording import WORDING, Sentence

NUMBERS = ("version", "count", "round", "remark")
VOTES = {
    "approved": EventKind.DELIVERABLE_APPROVED,
    "changes_requested": EventKind.DELIVERABLE_CHANGES_REQUESTED,
    "rejected": EventKind.DELIVERABLE_REJECTED,
}
"""How one person's answer is told: as what was answered."""

SETTLING = tuple(VOTES.values())
"""What the answers led to. Every answer has a line of its own, so a list leaves these out."""


class Reader(Protocol):
    """Who reads: a member, a contact, or an actor; only the id matters."""

    @property
    def id(self) -> UUID | None: ...


def sentence(event: Event, reader: Reader | None = None) -> str:
    """The event in the active language; "You …" when the reader is the one who did it."""
    words = _words(event)
    own = reader is not None and event.actor_id is not None and reader.id == event.actor_id
    for candidate in WORDING[told_as(event)]:
        text = _chosen(candidate, own=own)
        if _placeholders(text) <= words.keys():
            return text.format_map(words)
    raise LookupError(f"{event.kind} has no sentence that needs only actor and subject.")


def told_as(event: Event) -> EventKind:
    """The kind whose sentence is said."""
    if event.kind == EventKind.DELIVERABLE_DECIDED:
        return VOTES.get(str(event.values.get("verdict")), EventKind.DELIVERABLE_DECIDED)
    return EventKind(event.kind)


def _chosen(candidate: Sentence, *, own: bool) -> str:
    """The sentence about oneself, or about somebody else."""
    text: str | Promise = candidate[1] if own else candidate[0]
    return str(text)


def _words(event: Event) -> dict[str, str]:
    """What can stand in a sentence; erased names are replaced by what is still known of them."""
    names = getattr(event, "names", None)
    words = {name: text for name, text in names.values.items() if text} if names else {}
    words.update({name: str(event.values[name]) for name in NUMBERS if event.values.get(name) is not None})
    words.setdefault("actor", _unnamed(ActorKind(event.actor_kind)))
    words.setdefault("subject", _("something whose name was erased"))
    return words


def _unnamed(kind: ActorKind) -> str:
    """An actor whose name is not known any more, or who never had one."""
    if kind is ActorKind.SYSTEM:
        return "Parvis"
    return _("A contact") if kind is ActorKind.CONTACT else _("A member of the team")


def _placeholders(text: str) -> set[str]:
    """The words a sentence asks for."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}
