"""The outbox as a Django application."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages to deliver and the worker that delivers them."""

    name = "parvis.outbox"
    label = "outbox"
