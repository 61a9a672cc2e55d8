"""What the outbox has to know of a kind of message; `config/messages.py` lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from parvis.outbox.models import Message


@dataclass(frozen=True, slots=True)
class MessageKind:
    """Functions of the owner, by dotted path, because the owner stands above the outbox.

    `due(message, at) -> str | None` answers just before sending: a reason (a code) cancels the message.
    `render(message, at)` makes what the carrier takes; it may write rows (an access token's hash), which
    commit together with the state `sending`.
    `result(message, outcome, at)` hears how it ended: `sent`, `failed`, `unknown` or `cancelled`.
    `load(message)`, where there is one, reads what it is about; `due` and `render` get that instead.
    `is_patient` says that nobody waits for it: the others that are due leave first.
    """

    due: str
    render: str
    result: str = ""
    load: str = ""
    is_patient: bool = False

    def loaded(self, message: "Message") -> Any:
        """What the next two are asked about: the message, or what its owner has read for it."""
        return import_string(self.load)(message) if self.load else message

    def reason_to_cancel(self, loaded: Any, at: datetime) -> str | None:
        """Ask the owner whether the message is still wanted."""
        ask: Callable[[Any, datetime], str | None] = import_string(self.due)
        return ask(loaded, at)

    def rendered(self, loaded: Any, at: datetime) -> Any:
        """What the carrier takes: for mail an `OutgoingMail`."""
        return import_string(self.render)(loaded, at)

    def tell(self, message: "Message", outcome: str, at: datetime) -> None:
        """Tell the owner how it ended."""
        if self.result:
            import_string(self.result)(message, outcome, at)


def kind_of(message: "Message") -> MessageKind:
    """The kind's entry; raises KeyError for a kind that `config/messages.py` does not name."""
    return _kinds()[message.kind]


def patient_kinds() -> list[str]:
    """Those that give way to the others."""
    return [name for name, kind in _kinds().items() if kind.is_patient]


def _kinds() -> Mapping[str, MessageKind]:
    kinds: Mapping[str, MessageKind] = import_string(settings.MESSAGES)
    return kinds
