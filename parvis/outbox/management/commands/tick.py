"""`parvis tick`: let the clock strike."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from parvis.core.clock import now
from parvis.outbox.worker import tick


class Command(BaseCommand):
    """Performs everything due at a moment, once."""

    help = "Perform everything due at a moment once and print one JSON line of counts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Without `--at` the moment is now."""
        parser.add_argument("--at", help="a moment with its offset, for example 2027-03-08T09:00+01:00")

    def handle(self, *, at: str | None, **options: Any) -> None:
        """Print the counts."""
        moment = _moment(at) if at else now()
        counts = tick(moment)
        self.stdout.write(json.dumps({"at": moment.isoformat(), **dict(sorted(counts.items()))}))
        if counts["errors"]:
            raise CommandError("Something due could not be performed; the log says what.")


def _moment(text: str) -> datetime:
    """An aware moment, or a clear sentence."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or is_naive(moment):
        raise CommandError(f"{text} is not a moment with its offset, such as 2027-03-08T09:00+01:00.")
    return moment
