"""`parvis doctor`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.config.doctor import examine


class Command(BaseCommand):
    help = "Check configuration, database, static files, mail, storage, worker and workspaces."
    requires_system_checks = ()  # it has to speak when something is wrong

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for finding in examine():
            self.stdout.write(f"{finding.level:<8} {finding.part}: {finding.sentence}")
            failed += finding.level == "failed"
        if failed:
            raise CommandError(f"{failed} things need attention.")
