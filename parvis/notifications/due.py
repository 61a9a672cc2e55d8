"""What the clock brings: invitations that nobody used lie before whoever sent them (G1-35e)."""

from datetime import datetime

from parvis.clients.actions.grants import LIFETIME
from parvis.clients.models import AccessGrant, Membership, MembershipState
from parvis.notifications.inbox.actions import put
from parvis.notifications.kinds import InboxKind
from parvis.notifications.members import answerable, may_see, member_by_id
from parvis.notifications.models import InboxItem

BATCH = 100


def due(at: datetime) -> dict[str, int]:
    """Invitations whose link has run out and that lie in no inbox yet."""
    old = Membership.objects.usable().filter(
        state__in=(MembershipState.INVITED, MembershipState.EXPIRED), invited_at__lte=at - LIFETIME
    )
    seen = InboxItem.objects.filter(kind=InboxKind.INVITATION_EXPIRED).values("subject_id")
    found = 0
    for membership in old.exclude(pk__in=seen).select_related("client__owner__user")[:BATCH]:
        grants = AccessGrant.objects.filter(contact=membership.contact_id, client=membership.client_id)
        if not grants.filter(revoked_at=None, expires_at__gt=at).exists():
            found += _lay_before_the_inviter(membership, at)
    return {"expired_invitations": found}


def _lay_before_the_inviter(membership: Membership, at: datetime) -> bool:
    inviter = member_by_id(membership.invited_by_id)
    people = [inviter] if inviter and may_see(inviter, membership.guard) else answerable(membership.client)
    put(
        people,
        kind=InboxKind.INVITATION_EXPIRED,
        key=f"invitation:{membership.pk}",
        subject_type=Membership._meta.label,
        subject_id=membership.pk,
        client_id=membership.client_id,
        at=at,
        once=True,
    )
    return bool(people)
