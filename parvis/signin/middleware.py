"""On the agency's pages: from the signed-in account to the member who asks."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from parvis.signin.requests import ArrivingRequest
from parvis.team.actors import member_actor
from parvis.team.models import Member

MEMBER_KEY = "member"


class MemberMiddleware:
    """Set `request.actor` and `request.member`; reader's language and zone for the request.

    An account with several workspaces works in the one its session names, else in its first.
    """

    def __init__(self, get_response: Callable[[ArrivingRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ArrivingRequest) -> HttpResponseBase:
        request.actor = None
        request.member = None
        request.memberships = []
        if request.portal_slug or not request.user.is_authenticated:
            return self.get_response(request)
        request.memberships = memberships_of(request)
        member = current_member(request)
        if member is None:
            return self.get_response(request)
        request.member = member
        request.actor = member_actor(member)
        request.LANGUAGE_CODE = member.user.language
        with translation.override(member.user.language), timezone.override(ZoneInfo(member.user.time_zone)):
            return self.get_response(request)


def memberships_of(request: ArrivingRequest) -> list[Member]:
    """Where the account is an active member, the oldest first."""
    members = Member.objects.active().select_related("user", "workspace__branding")
    return list(members.filter(user=request.user.pk, user__is_active=True).order_by("joined_at"))


def current_member(request: ArrivingRequest) -> Member | None:
    """The active member of the session's workspace, or of the account's oldest one."""
    chosen = request.session.get(MEMBER_KEY)
    named = (member for member in request.memberships if str(member.pk) == chosen)
    return next(named, next(iter(request.memberships), None))
