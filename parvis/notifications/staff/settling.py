"""What ends the things that lie in inboxes: nobody is asked to do what was done meanwhile.

Named in `config/subscribers.py`. Answers settle their thread in `subscribers.py`, mails in `trouble.py`.
"""

from django.db.models import Q

from parvis.clients.models import Membership
from parvis.deliverables.models import DeliverableVersion
from parvis.events.models import Event
from parvis.notifications.inbox.actions import settle

ENDED = ~Q(outcome=DeliverableVersion.Outcome.WAITING) | ~Q(deliverable__deleted_at=None)


def approval_moved_on(event: Event) -> None:
    """Decided, replaced, withdrawn or deleted: a version that waits no more is not overdue (G1-24)."""
    versions = DeliverableVersion.objects.filter(ENDED, deliverable=event.subject_id)
    for pk in versions.values_list("pk", flat=True):
        settle(f"escalation:{pk}", workspace_id=event.workspace_id, at=event.at)


def invitation_moved_on(event: Event) -> None:
    """Sent again, opened, closed, or its contact deleted: it does not lie unused any more (G1-35e)."""
    contact = event.values.get("contact") or event.values.get("contact_id")
    memberships = Membership.objects.filter(contact=contact, client=event.client_id)
    for pk in memberships.values_list("pk", flat=True):
        settle(f"invitation:{pk}", workspace_id=event.workspace_id, at=event.at)
