"""Who asks over the REST interface: the member behind a bearer token, never a cookie."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from parvis.access import Actor
from parvis.api.flood import Meter
from parvis.core.clock import now
from parvis.core.errors import DomainError
from parvis.signin.api_tokens import Scope, find_api_token
from parvis.signin.models import ApiToken
from parvis.team.actors import member_actor

SAFE = ("GET", "HEAD", "OPTIONS")
USE_NOTED_EVERY = timedelta(minutes=1)


class ScopeMissing(DomainError):
    """The token was not made for this."""

    code: ClassVar[str] = "scope_missing"
    status: ClassVar[int] = 403
    message = _("This token was not made for this: it lacks the scope.")

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.conditions = [{"name": "scope", "detail": scope.value}]


class BearerToken(HttpBearer):
    """`Authorization: Bearer parvis_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The asking member as an actor with the token's scopes; asked once per request."""
        asked: ApiToken | None = getattr(request, "api_token", None) or find_api_token(token, at=now())
        if asked is None:
            return None
        if not hasattr(request, "api_token"):
            _note_use(asked)
            request.api_token = asked  # type: ignore[attr-defined]
            request.actor = member_actor(asked.member, scopes=frozenset(asked.scopes))  # type: ignore[attr-defined]
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor


BEARER = BearerToken()
METER = Meter()


def authenticated(request: HttpRequest) -> Actor:
    """The actor behind the request. Raises AuthenticationError."""
    actor = BEARER(request)
    if actor is None:
        raise AuthenticationError
    assert isinstance(actor, Actor)
    return actor


def refuse_flood(request: HttpRequest) -> None:
    """Count the request against its token's share of the minute. Raises Throttled."""
    token: ApiToken = request.api_token  # type: ignore[attr-defined]
    METER.count(token.pk, allowed=settings.API_REQUESTS_PER_MINUTE, at=now())


def require_scope(request: HttpRequest, actor: Actor) -> None:
    """Looking needs `read`, all else `write`, whatever the operation asks beside it. Raises ScopeMissing."""
    scope = Scope.READ if request.method in SAFE else Scope.WRITE
    if actor.scopes is not None and scope not in actor.scopes:
        raise ScopeMissing(scope)


def _note_use(token: ApiToken) -> None:
    at = now()
    if token.last_used_at is None or token.last_used_at <= at - USE_NOTED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=at - USE_NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
