"""`parvis fsck`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.config.management.progress import counter
from parvis.config.safekeeping.comparing import differences
from parvis.core.clock import now


class Command(BaseCommand):
    help = "Compare the rows with the stored files: missing, altered and unknown bytes, wrong sums."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for count, difference in enumerate(differences(at=now(), progress=counter("Files")), 1):  # noqa: B007
            self.stdout.write(difference)
        if count:
            raise CommandError(f"Rows and files differ in {count} places.")
        self.stdout.write("Rows and files agree.")
