"""`parvis backup FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.config.management.progress import counter
from parvis.config.safekeeping.archive import back_up
from parvis.core.clock import now


class Command(BaseCommand):
    help = "Write database and files into one archive, from one consistent moment. Others may go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to write; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        manifest = back_up(path, at=now(), progress=counter("Files"))
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}: database and {len(manifest.files)} files, {size:.1f} MB")
        if manifest.missing:
            raise CommandError(f"{len(manifest.missing)} files were not in the storage; see parvis fsck.")
