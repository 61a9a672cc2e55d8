"""`parvis audit verify`: prove that nobody changed what happened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from parvis.events.models import SealHead
from parvis.events.sealing import verify
from parvis.events.triggers import has_triggers
from parvis.workspaces.models import Workspace


class Command(BaseCommand):
    """Walks the hash chain of every workspace."""

    help = "Check the hash chain of every workspace and name the first break."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb so far, and optionally one workspace."""
        parser.add_argument("verb", choices=["verify"])
        parser.add_argument("--workspace", help="only this workspace (its address)")

    def handle(self, *, workspace: str | None, **options: Any) -> None:
        """Print a line per chain; fail with the first break."""
        rows = Workspace.objects.order_by("slug")
        if workspace:
            rows = rows.filter(slug=workspace)
            if not rows.exists():
                raise CommandError(f"There is no workspace {workspace}.")
        for row in rows:
            found = verify(row)
            if found:
                raise CommandError(f"The event log is broken. {found}.")
            head = SealHead.objects.filter(workspace=row).first()
            # Whoever keeps this line elsewhere can later prove that no tail was cut off.
            end = f"{head.sequence} {head.hash}" if head else "0"
            self.stdout.write(f"{row.slug}: whole, {end}")
        if not has_triggers(connection):
            raise CommandError("The triggers that protect the event log are missing. Run: parvis migrate")
