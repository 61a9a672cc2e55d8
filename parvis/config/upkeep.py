"""What a database wants now and then."""

import functools
from datetime import date, datetime

from django.db import connection


def due(at: datetime) -> dict[str, int]:
    """Once a day and process; nothing to count."""
    _refresh_statistics_of(at.date())
    return {}


def refresh_statistics() -> None:
    """Let SQLite look at its tables where they have changed much since it last did.

    Without it the planner passes over partial indexes: counting what awaits an answer took 64 ms instead
    of 1 with 100,000 threads. It looks at a few hundred rows of each index. PostgreSQL does this by itself.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 400")
        cursor.execute(
            "PRAGMA optimize = 0x10002"
        )  # all tables, whether or not this connection has used them


@functools.lru_cache(maxsize=1)
def _refresh_statistics_of(day: date) -> None:
    refresh_statistics()
