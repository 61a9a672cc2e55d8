"""How many requests a token may make in a minute, counted over all processes."""

import math
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.core.cache import cache
from ninja.errors import Throttled

WINDOW_SECONDS = 60
COUNTED_TOGETHER = 20
"""A process tells the others of so many requests at once: telling of each would cost more than an answer."""


class Meter:
    """Counts requests of the present minute; may let through a few more than allowed, never many."""

    def __init__(self) -> None:
        self._window = 0
        self._here: dict[UUID, int] = {}
        self._everywhere: dict[UUID, int] = {}
        self._lock = Lock()

    def count(self, token_id: UUID, *, allowed: int, at: datetime) -> None:
        """One more request of a token. Raises Throttled once the minute's share is used up."""
        moment = at.timestamp()
        window = int(moment // WINDOW_SECONDS)
        with self._lock:
            if window != self._window:
                self._window, self._here, self._everywhere = window, {}, {}
            untold = self._here[token_id] = self._here.get(token_id, 0) + 1
            if untold == COUNTED_TOGETHER:
                self._here[token_id] = untold = 0
                self._everywhere[token_id] = _tell(f"api-rate:{token_id}:{window}")
            used = self._everywhere.get(token_id, 0) + untold
        if used > allowed:
            raise Throttled(wait=math.ceil((window + 1) * WINDOW_SECONDS - moment))


def _tell(key: str) -> int:
    """Add to what all processes counted; that figure."""
    cache.add(key, 0, 2 * WINDOW_SECONDS)
    return cache.incr(key, COUNTED_TOGETHER)
