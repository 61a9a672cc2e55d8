"""Rows that are dealt with one after another, where one that cannot be stops no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db import OperationalError, transaction
from django.db.models import Model, QuerySet

RowT = TypeVar("RowT", bound=Model)

log = logging.getLogger(__name__)


def perform_each(rows: Iterable[RowT], perform: Callable[[RowT], int]) -> int:
    """Deal with each row in a transaction of its own; the sum of what `perform` counts.

    One that fails is logged and found again at the next look. A database that is away fails for all of them.
    """
    count = 0
    for row in rows:
        try:
            with transaction.atomic():
                count += perform(row)
        except OperationalError:
            raise
        except Exception:
            log.exception("%s %s could not be dealt with", row._meta.label, row.pk)
    return count


def in_batches(rows: QuerySet[RowT], size: int) -> Iterator[list[RowT]]:
    """The rows in the order of their ids, `size` at a time; each batch is read when it is asked for.

    For those that leave the queryset once they are dealt with: what cannot be dealt with is passed over.
    """
    batch = list(rows.order_by("pk")[:size])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk).order_by("pk")[:size]) if len(batch) == size else []
