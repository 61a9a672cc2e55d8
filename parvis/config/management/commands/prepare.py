"""`parvis migrate`: bring the database and the static files to this version of Parvis."""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = (
        "Bring the database and the static files to this version. Run it after every update; safe to repeat."
    )
    requires_system_checks = ()  # they would load every page's address; the tests look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="load the demonstration agency where it is missing"
        )
        parser.add_argument("--greeting", type=Path, help="write what to tell the operator into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = min(options["verbosity"], 1)
        call_command("migrate", verbosity=0 if options["greeting"] else verbosity, interactive=False)
        if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
            call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if options["demo"]:
            call_command("demo", verbosity=verbosity)
        if options["greeting"]:
            options["greeting"].write_text(_greeting(demo=options["demo"]))


def _greeting(*, demo: bool) -> str:
    if demo:
        # By name, because an installation without the demonstration never loads it.
        return str(import_module("parvis.demo").banner())
    return f"Parvis is running at {settings.BASE_URL} (Ctrl-C stops it)."
