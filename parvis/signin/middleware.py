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
        if request.portal_slug or not request.user.is_authenticated:
            return self.get_response(request)
        member = current_member(request)
        if member is None:
            return self.get_response(request)
        request.member = member
        request.actor = member_actor(member)
        request.LANGUAGE_CODE = member.user.language
        with translation.override(member.user.language), timezone.override(ZoneInfo(member.user.time_zone)):
            return self.get_response(request)


def current_member(request: ArrivingRequest) -> Member | None:
    """The active member of the session's workspace, or of the account's oldest one."""
    members = Member.objects.active().select_related("user", "workspace__branding")
    mine = members.filter(user=request.user.pk, user__is_active=True).order_by("joined_at")
    chosen = request.session.get(MEMBER_KEY)
    return (mine.filter(pk=chosen).first() if chosen else None) or mine.first()
