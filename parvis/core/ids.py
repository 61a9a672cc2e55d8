"""Identifiers: UUIDv7, ordered in time, not guessable, safe to merge."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new identifier; later ones sort after earlier ones within a process."""
    return _uuid7()
