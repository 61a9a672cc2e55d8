"""`parvis worker`: events, mail, seals, what the clock brings, and longer jobs."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from parvis.core.clock import now
from parvis.outbox.worker import Worker, tick


class Command(BaseCommand):
    """Runs until TERM or INT, or once."""

    help = "Hand events over, deliver mail, perform what is due, run longer jobs."
    requires_system_checks = ()  # they would load every page's address; the tests look

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` does what is to be done now and ends."""
        parser.add_argument("--once", action="store_true", help="do what is waiting now, then end")

    def handle(self, *, once: bool, **options: Any) -> None:
        """The signals only set a flag: the step under way is finished first."""
        if once:
            tick(now())
            return
        worker = Worker(now)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        self.stdout.write(f"Worker {worker.name} is at work.")
        worker.run()
