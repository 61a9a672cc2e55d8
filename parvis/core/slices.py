"""Rows that are dealt with one after another, where one that cannot be stops no other."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import OperationalError, transaction
from django.db.models import Model

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
