"""Django's `flush`, which the triggers of the event log would otherwise stop half-way."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from parvis.events.triggers import drop_triggers


class Command(flush.Command):
    """Empty the whole database, the event log included. `post_migrate` restores the triggers."""

    def handle(self, **options: Any) -> None:
        """Lift the triggers, but only for `--no-input`: whoever is still to be asked has not agreed."""
        if not options["interactive"]:
            drop_triggers(connections[options["database"]])
        super().handle(**options)
