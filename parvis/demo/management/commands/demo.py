"""`parvis demo`."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.core.calendar import local_moment
from parvis.core.clock import now
from parvis.demo.loading import SLUG, is_loaded, load
from parvis.demo.stage import PARIS
from parvis.http.links import is_local


class Command(BaseCommand):
    help = "Load the demonstration agency. Safe to repeat: where it is there already nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at",
            help="the day the story is told, e.g. 2024-12-18 for the example's own dates and its end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_local():
            raise CommandError(
                "The demonstration has owners whose password everybody knows, and PARVIS_BASE_URL names an"
                f" address others can reach ({settings.BASE_URL}). Load it where that is localhost."
            )
        if is_loaded():
            if options["verbosity"] > 0:
                self.stdout.write(_there(another_day=bool(options["at"])))
            return
        self.stdout.write("Drawing and loading the demonstration agency, about twenty seconds …")
        load(_moment(options["at"]), with_decisions=bool(options["at"]))


def _there(*, another_day: bool) -> str:
    there = f"The demonstration agency ({SLUG}) is there already and stays as it is."
    if not another_day:
        return there
    return f"{there} To tell its story on that day, load it into another, empty PARVIS_DATA_DIR or database."


def _moment(text: str | None) -> datetime:
    """The evening of the day asked for, in Paris; this moment where none was."""
    if not text:
        return now()
    try:
        return local_moment(datetime.fromisoformat(text).date(), time(18), PARIS)
    except ValueError:
        raise CommandError(f"--at wants a day such as 2024-12-18, not {text!r}.") from None
