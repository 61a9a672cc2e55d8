"""What the clock brings to events: that a subscriber has handled one need not be known for ever."""

from datetime import datetime, timedelta

from parvis.events.models import DeliveryState, EventDelivery

KEPT_FOR = timedelta(days=30)
BATCH = 1000


def due(at: datetime) -> dict[str, int]:
    """How many deliveries were forgotten that were handled a month ago.

    The events stay, sealed; so do deliveries that wait or were given up, because a person has to look.
    """
    handled = EventDelivery.objects.filter(state=DeliveryState.HANDLED, handled_at__lt=at - KEPT_FOR)
    oldest = handled.order_by("handled_at").values("pk")[:BATCH]
    forgotten, _of_each = EventDelivery.objects.filter(pk__in=oldest).delete()
    return {"deliveries_forgotten": forgotten}
