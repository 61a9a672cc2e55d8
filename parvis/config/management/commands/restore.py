"""`parvis restore FILE`."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from parvis.config.management.progress import counter
from parvis.config.safekeeping.archive import restore


class Command(BaseCommand):
    help = (
        "Fill an empty installation from an archive of `parvis backup`, make it ready to start, then compare"
        " rows and files."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the archive")

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = restore(options["file"], progress=counter("Files"))
        self.stdout.write(f"Restored the installation of {manifest.made_at[:16]}.")
        # Comparing comes last: it fails where the archive lacks a file, and the rest has to be ready then.
        call_command("prepare", verbosity=0)
        self.stdout.write("Database and static files are those of this version.")
        call_command("fsck", stdout=self.stdout)
