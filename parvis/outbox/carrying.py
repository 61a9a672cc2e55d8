"""What carries a message out, and the three ways in which that can go wrong."""

from datetime import datetime
from typing import Any, Protocol

from parvis.outbox.models import Message


class CarryingError(Exception):
    """Base of the three; `code` is short and fit for logs and rows, it never quotes an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TransientFailure(CarryingError):
    """Surely not delivered; worth another try (no connection, SMTP 4xx)."""


class PermanentFailure(CarryingError):
    """Surely not delivered, and trying again changes nothing (SMTP 5xx, an address that is none)."""


class Uncertain(CarryingError):
    """Handed over, but the answer never came: it may have been delivered."""


class Carrier(Protocol):
    """One way out, open for the length of a batch."""

    def open(self) -> None:
        """Get ready to carry; raises TransientFailure when there is no way out now. Anything else raised here
        counts as the same.
        """

    def pack(self, rendered: Any, message: Message, at: datetime) -> Any:
        """Turn what the owner rendered into a parcel; raises PermanentFailure if that is impossible."""

    def carry(self, parcel: Any) -> None:
        """Deliver. Returning means that the other side confirmed; otherwise one of the three is raised.
        Anything else counts as Uncertain.
        """

    def close(self) -> None:
        """Let go of the way out; never raises."""
