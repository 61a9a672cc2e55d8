"""The event log as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    """Puts the triggers back after every migrate."""

    name = "parvis.events"
    label = "events"

    def ready(self) -> None:
        """The one signal of the house: SQLite drops triggers silently when a migration rebuilds a table,
        and only `post_migrate` runs after every migration there will ever be (ARCHITECTURE 2).
        """
        from parvis.events.triggers import restore_triggers

        post_migrate.connect(restore_triggers, sender=self, dispatch_uid="events.triggers")
