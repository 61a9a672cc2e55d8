"""`parvis fsck`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.config.management.progress import counter
from parvis.core.clock import now
from parvis.files.checking import report


class Command(BaseCommand):
    help = "Compare the rows with the stored files: missing, altered and unknown bytes, wrong sums."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tidy",
            action="store_true",
            help="delete what a crash left over a day ago, and put right what can be put right",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = report(delete_orphans=options["tidy"], at=now(), progress=counter("Files"))
        sentences = list(found.sentences())
        for sentence in sentences:
            self.stdout.write(sentence)
        if options["tidy"] and found.cleared:
            self.stdout.write(f"Put right: {found.cleared}.")
        left = len(found.missing) + len(found.altered) if options["tidy"] else len(sentences)
        if left:
            raise CommandError(f"Rows and files differ in {left} places.")
        self.stdout.write("Rows and files agree.")
