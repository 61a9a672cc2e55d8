"""Bearer tokens of members: made once, shown once, found by their digest."""

from datetime import datetime
from enum import StrEnum

from parvis.signin.models import ApiToken
from parvis.signin.tokens import digest, new_secret
from parvis.team.models import Member

PREFIX = "parvis_"  # so that people and scanners recognise one that was left lying about


class Scope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE = "write"


def issue_api_token(
    member: Member, *, label: str, scopes: list[Scope], at: datetime, expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """A new token of `member`, and the text to hand over; it cannot be read again later."""
    raw = PREFIX + new_secret()
    token = ApiToken.objects.create(
        workspace_id=member.workspace_id,
        member=member,
        label=label,
        digest=digest(raw),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    return token, raw


def find_api_token(raw: str, *, at: datetime) -> ApiToken | None:
    """The usable token behind this text: not revoked, not expired, its member active."""
    if not raw.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.select_related("member", "member__user")
        .filter(digest=digest(raw), revoked_at=None, member__disabled_at=None, member__user__is_active=True)
        .first()
    )
    if token is None or (token.expires_at is not None and token.expires_at <= at):
        return None
    return token
