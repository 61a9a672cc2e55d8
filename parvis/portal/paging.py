"""Pages of a list by where the last one ended, not by number: the same cost on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import HttpRequest

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and where the following ones are."""

    rows: Sequence[T]
    next_url: str


def page_of(rows: "models.QuerySet[M]", request: HttpRequest, *, by: str, size: int) -> Page[M]:
    """The rows after `?after=<moment>_<id>`, newest first by the named column; bad values start anew."""
    if last := _parsed(request.GET.get("after", "")):
        moment, pk = last
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment}, pk__lt=pk))
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    end = found[size - 1]
    others = {key: value for key, value in request.GET.items() if key != "after"}
    return Page(
        found[:size], "?" + urlencode({**others, "after": f"{getattr(end, by).isoformat()}_{end.pk}"})
    )


def _parsed(text: str) -> tuple[datetime, UUID] | None:
    moment, _line, pk = text.partition("_")
    try:
        return datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return None
