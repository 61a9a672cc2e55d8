"""Pages of a long list, found by the last row seen instead of by counting rows (G7 of RELIABILITY)."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet

PAGE_SIZE = 50
COUNTED_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """Some rows, and the cursors that lead on; empty where there is nothing more."""

    rows: Sequence[Any]
    next_cursor: str
    previous_cursor: str


def keyset_page(
    rows: QuerySet[Any], *, field: str, descending: bool, cursor: str = "", size: int = PAGE_SIZE
) -> KeysetPage:
    """The page after (or before) a cursor, ordered by `field` and then by id.

    A cursor that cannot be read begins at the start: somebody shortened an address.
    """
    backwards, position = _read(cursor, rows.model._meta.get_field(field))
    upwards = descending == backwards  # the way through the index
    if position is not None:
        value, pk = position
        beyond = "gt" if upwards else "lt"
        rows = rows.filter(Q(**{f"{field}__{beyond}": value}) | Q(**{field: value, f"pk__{beyond}": pk}))
    sign = "" if upwards else "-"
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return KeysetPage(
        rows=found,
        next_cursor=_write("a", found[-1], field) if found and (more or backwards) else "",
        previous_cursor=(
            _write("b", found[0], field) if found and position is not None and (more or not backwards) else ""
        ),
    )


def capped_count(rows: QuerySet[Any], limit: int = COUNTED_UP_TO) -> str:
    """How many rows, in words for a label: an exact figure up to the limit, `1000+` beyond it."""
    count = rows.order_by()[: limit + 1].count()
    return f"{limit}+" if count > limit else str(count)


def number_of(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """How many rows of one workspace, as a query that can be prepared: one number, or none for none."""
    numbers: QuerySet[Any, int] = rows.order_by().values("workspace").annotate(number=Count("pk"))
    return numbers.values_list("number", flat=True)


def _write(way: str, row: Any, field: str) -> str:
    value: Any = getattr(row, field)
    if isinstance(value, datetime):
        value = value.isoformat()
    raw = json.dumps([way, value, str(row.pk)], separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read(cursor: str, field: Any) -> tuple[bool, tuple[Any, UUID] | None]:
    """Whether it leads backwards, and from where; None from the start."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        way, value, pk = json.loads(raw)
        if way not in ("a", "b") or not isinstance(value, str | int):
            return False, None
        if "\x00" in str(value):
            return False, None
        found = field.to_python(value)
        if isinstance(found, datetime):
            found = found.astimezone(UTC)  # as the database writes it, if there is such a moment
        return way == "b", (found, UUID(pk))
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error, ValidationError):
        return False, None
