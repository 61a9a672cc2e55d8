"""What `/readyz` asks beside database and migrations: a complaint, or nothing when all is well."""

from datetime import timedelta

from parvis.core.clock import now
from parvis.outbox.models import WorkerBeat

PATIENCE = timedelta(seconds=60)


def worker() -> str:
    """Whether a worker was seen lately; without one no mail leaves and no reminder falls due."""
    newest = WorkerBeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    if newest is None:
        return "never seen"
    return "" if now() - newest < PATIENCE else f"last seen {newest:%Y-%m-%d %H:%M:%S} UTC"
