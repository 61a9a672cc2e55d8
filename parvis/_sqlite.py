"""Which SQLite we run on. Imports nothing of ours and nothing of Django's: it must come first."""

import importlib
import sys

FIRST_SAFE = (3, 51, 3)
# Older lines that received the same repair, with the first patch that carries it.
REPAIRED = {(3, 44): 6, (3, 50): 7}
NEVER = 999


def use_bundled_library() -> None:
    """Put the SQLite that comes with our wheel in the place of Python's own, where there is such a wheel."""
    try:
        bundled = importlib.import_module("pysqlite3")
    except ImportError:  # no wheel for this platform
        return
    sys.modules["sqlite3"], sys.modules["sqlite3.dbapi2"] = bundled, bundled.dbapi2


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite may use write-ahead logging; older ones can lose a commit (RELIABILITY G8)."""
    return version >= FIRST_SAFE or version[2] >= REPAIRED.get(version[:2], NEVER)


def journal_mode(version: tuple[int, int, int]) -> str:
    """`WAL` where it is safe, else `TRUNCATE`: slower, and readers wait for a writer, but nothing is lost."""
    return "WAL" if wal_is_safe(version) else "TRUNCATE"
