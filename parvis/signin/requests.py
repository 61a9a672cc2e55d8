"""What a request on the agency's pages carries once the middleware has been there."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from parvis.access import Actor
from parvis.http.requests import SurfaceRequest
from parvis.team.models import Member


class ArrivingRequest(SurfaceRequest):
    """A request before anybody has said who asks."""

    actor: Actor | None
    member: Member | None
    memberships: list[Member]


class AgencyRequest(HttpRequest):
    """A request of somebody of the team; the wall lets nobody else in."""

    actor: Actor
    member: Member
    memberships: list[Member]
    htmx: HtmxDetails
