"""What the clock brings: invitations that nobody used lie before whoever sent them (G1-35e)."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from parvis.clients.actions.contacts import expire_invitation
from parvis.clients.actions.grants import LIFETIME
from parvis.clients.models import AccessGrant, Membership, MembershipState
from parvis.core.slices import perform_each
from parvis.notifications.inbox.actions import put
from parvis.notifications.kinds import InboxKind
from parvis.notifications.members import answerable, may_see, member_by_id

BATCH = 100


def due(at: datetime) -> dict[str, int]:
    """Invitations whose link has run out; each is noted and told once, and again when it was renewed."""
    grants = AccessGrant.objects.filter(contact=OuterRef("contact"), client=OuterRef("client"))
    still_open = grants.filter(revoked_at=None, expires_at__gt=at)
    old = Membership.objects.usable().filter(state=MembershipState.INVITED, invited_at__lte=at - LIFETIME)
    rows = old.exclude(Exists(still_open)).select_related("client__owner__user").order_by("invited_at", "pk")
    return {"expired_invitations": perform_each(rows[:BATCH], lambda row: _expire(row, at))}


def _expire(membership: Membership, at: datetime) -> bool:
    if not expire_invitation(membership):
        return False
    inviter = member_by_id(membership.invited_by_id)
    put(
        [inviter] if inviter and may_see(inviter, membership.guard) else answerable(membership.client),
        kind=InboxKind.INVITATION_EXPIRED,
        key=f"invitation:{membership.pk}",
        subject_type=Membership._meta.label,
        subject_id=membership.pk,
        client_id=membership.client_id,
        at=at,
    )
    return True
