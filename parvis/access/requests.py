"""A request of which we know who asks, for faces that know nothing else of the asker."""

from django.http import HttpRequest

from parvis.access.actors import Actor


class ApiRequest(HttpRequest):
    """A request to the REST interface once its bearer token was read."""

    actor: Actor
