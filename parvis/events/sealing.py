"""The chain of seals: one per workspace, written by the worker, verified by `parvis audit verify` (G10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from parvis.events.digests import GENESIS, digest_names, hash_link
from parvis.events.models import Event, EventSeal, SealHead, WaitingSeal
from parvis.workspaces.models import Workspace

BATCH = 100


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a chain no longer proves what happened."""

    workspace: str
    reason: str
    sequence: int | None = None
    event_id: UUID | None = None

    def __str__(self) -> str:
        place = f" at seal {self.sequence}" if self.sequence is not None else ""
        event = f", event {self.event_id}" if self.event_id else ""
        return f"{self.workspace}: {self.reason}{place}{event}"


def seal(limit: int = BATCH) -> int:
    """Seal up to `limit` waiting events of each workspace; returns how many were sealed."""
    waiting = WaitingSeal.objects.order_by().values_list("event__workspace_id", flat=True).distinct()
    return sum(_extend(workspace_id, limit) for workspace_id in list(waiting))


def verify(workspace: Workspace) -> Break | None:
    """Walk the whole chain and the log beside it; the first break, or None when all is proven."""
    return next(_breaks(workspace), None)


@transaction.atomic
def _extend(workspace_id: UUID, limit: int) -> int:
    """Append to one chain. Nothing happens if another worker moved its head meanwhile."""
    head, _ = SealHead.objects.get_or_create(workspace_id=workspace_id, defaults={"hash": GENESIS})
    waiting = WaitingSeal.objects.filter(event__workspace_id=workspace_id)
    batch = list(waiting.select_related("event").order_by("event_id")[:limit])
    if not batch:
        return 0
    links: list[EventSeal] = []
    previous = head.hash
    for sequence, row in enumerate(batch, start=head.sequence + 1):
        link = hash_link(previous, sequence, row.event)
        links.append(
            EventSeal(
                workspace_id=workspace_id, sequence=sequence, event=row.event, previous=previous, hash=link
            )
        )
        previous = link
    moved = SealHead.objects.filter(pk=head.pk, sequence=head.sequence, hash=head.hash)
    if not moved.update(sequence=links[-1].sequence, hash=previous):
        return 0
    EventSeal.objects.bulk_create(links)
    WaitingSeal.objects.filter(pk__in=[row.pk for row in batch]).delete()
    return len(links)


def _breaks(workspace: Workspace) -> Iterator[Break]:
    """Every break, the earliest place of the chain first."""
    name = workspace.slug
    sequence, previous = 0, GENESIS
    seals = EventSeal.objects.filter(workspace=workspace).select_related("event__names")
    for link in seals.order_by("sequence").iterator(chunk_size=500):
        sequence += 1
        if link.sequence != sequence:
            yield Break(name, "a seal is missing", sequence)
            return
        if link.previous != previous:
            yield Break(name, "the seal does not follow the one before it", sequence, link.event_id)
            return
        if link.event.workspace_id != workspace.pk or link.hash != hash_link(previous, sequence, link.event):
            yield Break(name, "the event is not what was sealed", sequence, link.event_id)
            return
        if not _names_hold(link.event):
            yield Break(name, "the names are not those that were recorded", sequence, link.event_id)
            return
        previous = link.hash
    head = SealHead.objects.filter(workspace=workspace).first()
    if (head.sequence, head.hash) != (sequence, previous) if head else sequence:
        yield Break(name, "the end of the chain is cut off", sequence + 1)
    unsealed = Event.objects.filter(workspace=workspace, seal=None, waiting_seal=None).first()
    if unsealed:
        yield Break(name, "the event was never recorded by Parvis", None, unsealed.pk)


def _names_hold(event: Event) -> bool:
    """Whether the names are the recorded ones; erased names prove nothing and break nothing."""
    names = getattr(event, "names", None)
    return names is None or digest_names(names.salt, names.values) == event.names_digest
