"""What the clock brings: answers kept for repeated requests are forgotten after a day."""

from datetime import datetime

from parvis.http.idempotency import forget_old_answers


def due(at: datetime) -> dict[str, int]:
    """How many kept answers were forgotten."""
    return {"answers_forgotten": forget_old_answers(at)}
