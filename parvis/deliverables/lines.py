"""Lines of the team's lists of deliverables (G1-11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from parvis.deliverables.querysets import DeliverableQuerySet
from parvis.deliverables.rules import AWAITING, DeliverableState
from parvis.ui.dates import short_day

COLUMNS = (
    "pk",
    "title",
    "state",
    "current_number",
    "comment_count",
    "open_remark_count",
    "due_at",
    "updated_at",
    "client__name",
    "project__title",
    "responsible__name",
    "lacks_an_answer",
)

FAMILIES = {
    DeliverableState.DRAFT: "mute",
    DeliverableState.PENDING: "wait",
    DeliverableState.IN_REVIEW: "review",
    DeliverableState.CHANGES_REQUESTED: "review",
    DeliverableState.APPROVED: "done",
    DeliverableState.REJECTED: "stop",
}


@dataclass(frozen=True, slots=True)
class DeliverableLine:
    """One line, in words; `place` and `due` are empty where there is nothing to say."""

    pk: UUID
    title: str
    number: int
    place: str
    comments: int
    open_remarks: int
    responsible: str
    due: str
    is_late: bool
    state: str
    family: str


def in_columns(rows: DeliverableQuerySet) -> Any:
    """The rows with what `deliverable_lines` reads of each."""
    return rows.telling_who_waits().values_list(*COLUMNS, named=True)


def deliverable_lines(
    rows: Iterable[Any], at: datetime, *, with_client: bool = False
) -> Iterator[DeliverableLine]:
    """The lines of rows `in_columns`, with their place where the list is of several clients."""
    for row in rows:
        has_deadline = row.due_at is not None and row.state in AWAITING and row.lacks_an_answer
        is_unseen = row.state == DeliverableState.PENDING and not row.comment_count
        yield DeliverableLine(
            pk=row.pk,
            title=row.title,
            number=row.current_number,
            place=f"{row.client__name} · {row.project__title}" if with_client else "",
            comments=row.comment_count,
            open_remarks=row.open_remark_count,
            responsible=row.responsible__name or "",
            due=short_day(row.due_at) if has_deadline else "",
            is_late=has_deadline and row.due_at < at,
            state=_("Waiting for review") if is_unseen else str(DeliverableState(row.state).label),
            family=FAMILIES[DeliverableState(row.state)],
        )
