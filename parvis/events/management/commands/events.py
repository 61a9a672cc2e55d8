"""`parvis events retry`: hand over once more what was given up."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from parvis.core.clock import now
from parvis.events.dispatching import retry_failed


class Command(BaseCommand):
    """For the time after the cause was mended: nobody's mail is lost because of it."""

    help = "Try again what followed from an event and was given up, once its cause is mended."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb so far."""
        parser.add_argument("verb", choices=["retry"])

    def handle(self, **options: Any) -> None:
        """Print a line for each subscriber."""
        tried = retry_failed(now())
        for subscriber, count in sorted(tried.items()):
            self.stdout.write(f"{subscriber}: {count}")
        if tried:
            self.stdout.write("The worker tries them again now.")
        else:
            self.stdout.write("Nothing was given up.")
