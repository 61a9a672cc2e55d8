"""What ends with a member's way in, and does not come back when it is opened again (RELIABILITY A5)."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from parvis.signin.models import ApiToken
from parvis.team.models import Member


def end_sessions(member: Member, at: datetime) -> None:
    """Sign the account out everywhere; whoever works in another workspace too signs in there once more."""
    store, mine = SessionStore(), str(member.user_id)
    rows = Session.objects.filter(expire_date__gt=at).values_list("pk", "session_data")
    # A session names its account only inside, where no query looks. Closing is rare, reading them is quick.
    ended = [pk for pk, data in rows.iterator() if store.decode(data).get(SESSION_KEY) == mine]
    Session.objects.filter(pk__in=ended).delete()


def revoke_tokens(member: Member, at: datetime) -> None:
    """End the member's API tokens for good."""
    ApiToken.objects.filter(member=member, revoked_at=None).update(revoked_at=at)
