"""What a client's record learns from events."""

from parvis.clients.models import Client
from parvis.events.models import Event


def note_activity(event: Event) -> None:
    """Something happened between the team and the client: the day of the list (G2-05f). Never goes back."""
    if event.client_id is not None:
        older = Client.objects.filter(pk=event.client_id, last_activity_at__lt=event.at)
        older.update(last_activity_at=event.at)
