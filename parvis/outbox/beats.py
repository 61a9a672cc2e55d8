"""Heartbeats of workers: who is alive, and who was."""

from datetime import datetime, timedelta

from parvis.outbox.models import WorkerBeat

ALIVE_FOR = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)


def beat(process: str, started_at: datetime, at: datetime, ticked_at: datetime | None) -> None:
    """Note that a worker is alive; forget those that have been silent for a day."""
    seen = WorkerBeat.objects.filter(process=process).update(seen_at=at, ticked_at=ticked_at)
    if not seen:
        WorkerBeat.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
        WorkerBeat.objects.create(process=process, started_at=started_at, seen_at=at, ticked_at=ticked_at)


def alive_workers(at: datetime) -> set[str]:
    """Names of the workers seen within the last minute."""
    recent = WorkerBeat.objects.filter(seen_at__gte=at - ALIVE_FOR)
    return set(recent.values_list("process", flat=True))
