"""Doing several things at the same moment, each on its own database connection."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection

from parvis.core.errors import DomainError


def together(actions: Sequence[Callable[[], object]]) -> list[object]:
    """Start all actions behind one barrier; what each gave back, or the refusal it met."""
    barrier = threading.Barrier(len(actions))
    answers: list[object] = [None] * len(actions)

    def run(place: int, action: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=120)
            answers[place] = action()
        except DomainError as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    return answers
