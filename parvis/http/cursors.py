"""Pages of a list for programs: a signed, opaque cursor instead of page numbers (RELIABILITY G7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import BaseModel, Field

from parvis.core.errors import DomainError

SALT = "parvis.cursor"
Item = TypeVar("Item")
AnyRow = TypeVar("AnyRow", bound=Model)


class CursorUnusable(DomainError):
    """Not one of ours, or made for another list, filter or order."""

    code: ClassVar[str] = "cursor_unusable"
    status: ClassVar[int] = 422
    message = _("This cursor does not belong to this list. Begin again without one.")


class Paging(BaseModel):
    """How much of a list, and from where."""

    limit: int = Field(50, ge=1, le=100)
    cursor: str = Field("", max_length=600, description="`next` of the page before; empty for the first.")


class Page(Schema, Generic[Item]):
    """Some of a list; `next` is the cursor of the following page, null on the last one."""

    items: list[Item]
    next: str | None


def cursor_page(rows: QuerySet[AnyRow], paging: Paging, *, order: str) -> Mapping[str, Any]:
    """One page of `rows` in the order of an indexed column (`-at`: newest first), then of ids.

    Raises CursorUnusable.
    """
    descending, field = order.startswith("-"), order.removeprefix("-")
    purpose = _purpose(paging, order)
    if paging.cursor:
        value, pk = _read(paging.cursor, purpose)
        beyond = "lt" if descending else "gt"
        rows = rows.filter(Q(**{f"{field}__{beyond}": value}) | Q(**{field: value, f"pk__{beyond}": pk}))
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: paging.limit + 1])
    items = found[: paging.limit]
    has_more = len(found) > paging.limit
    return {"items": items, "next": _write(items[-1], field, purpose) if has_more else None}


def _purpose(paging: Paging, order: str) -> str:
    """A cursor leads on in the very list it was made for: same kind, same filters, same order."""
    filters = paging.model_dump(mode="json", exclude={"limit", "cursor"})
    return f"{type(paging).__qualname__}:{order}:{sorted(filters.items())}"


def _write(row: Model, field: str, purpose: str) -> str:
    value = getattr(row, field)
    if isinstance(value, datetime):
        value = value.isoformat()
    return signing.dumps([str(value), str(row.pk)], salt=f"{SALT}:{purpose}")


def _read(cursor: str, purpose: str) -> tuple[str, UUID]:
    try:
        value, pk = signing.loads(cursor, salt=f"{SALT}:{purpose}")
        return value, UUID(pk)
    except (signing.BadSignature, ValueError) as error:
        raise CursorUnusable from error
