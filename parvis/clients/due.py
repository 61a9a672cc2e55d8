"""What the clock brings to clients: links that were asked for."""

from datetime import datetime

from parvis.clients.actions.link_requests import answer_link_request
from parvis.clients.models import LinkRequest
from parvis.core.slices import perform_each

BATCH = 100


def due(at: datetime) -> dict[str, int]:
    """Answer whoever asked for a link, the oldest first; how many links were sent."""
    waiting = LinkRequest.objects.order_by("requested_at")[:BATCH]
    return {"links_sent": perform_each(waiting, lambda asked: answer_link_request(asked, at=at))}
