"""Which stored bytes the rows speak of."""

from collections.abc import Iterator
from typing import Any

from parvis.files.models import FilePage, FileState, StoredFile

# The names come from the models; the same words serve a plain sqlite3 cursor on a snapshot.
FILES = f"SELECT storage_key FROM {StoredFile._meta.db_table} WHERE state = '{FileState.READY}' ORDER BY 1"  # nosec B608
PAGES = f"SELECT key_small, key_large FROM {FilePage._meta.db_table} ORDER BY 1"  # nosec B608


def referenced_keys(cursor: Any) -> Iterator[str]:
    """The storage keys of every ready file and of its page pictures, read through any database cursor."""
    for query in (FILES, PAGES):
        cursor.execute(query)
        for row in cursor.fetchall():
            yield from row
