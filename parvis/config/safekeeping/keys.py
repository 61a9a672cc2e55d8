"""Which stored bytes the rows speak of."""

from collections.abc import Iterator
from typing import Any

from parvis.files.models import FilePage, FileState, StoredFile

FILES = f"SELECT storage_key FROM {StoredFile._meta.db_table} WHERE state = '{FileState.READY}' ORDER BY 1"
PAGES = f"SELECT key_small, key_large FROM {FilePage._meta.db_table} ORDER BY 1"


def referenced_keys(cursor: Any) -> Iterator[str]:
    """The storage keys of every ready file and of its page pictures, read through any database cursor."""
    for query in (FILES, PAGES):
        cursor.execute(query)
        for row in cursor.fetchall():
            yield from row
