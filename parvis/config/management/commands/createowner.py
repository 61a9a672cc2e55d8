"""`parvis createowner`."""

import getpass
import os
import re
import sys
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from parvis.access import Role
from parvis.core.clock import now
from parvis.core.text import clean_line
from parvis.http.surfaces import SLUG
from parvis.team.models import Member
from parvis.workspaces.models import LANGUAGES, Branding, WorkingCalendar, Workspace

LONGEST_NAME = 80  # a first name has no more room
PASSWORD_VARIABLE = "PARVIS_OWNER_PASSWORD"


class Command(BaseCommand):
    help = (
        "Create a workspace and the member who owns it. The password is asked for, or read from"
        f" {PASSWORD_VARIABLE}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the owner's e-mail address")
        parser.add_argument("--name", required=True, help="the owner's name")
        parser.add_argument("--workspace", required=True, help="the name of the agency or firm")
        parser.add_argument("--address", help="its short name in addresses (default: from its name)")
        parser.add_argument("--language", choices=[code for code, _ in LANGUAGES], default="en")
        parser.add_argument("--time-zone", default="Europe/Paris")

    def handle(self, *args: Any, **options: Any) -> None:
        options |= {name: clean_line(options[name]) for name in ("name", "workspace")}
        slug = options["address"] or slugify(options["workspace"]).replace("_", "-")[:40].strip("-")
        _refuse_nonsense(options, slug)
        if Workspace.objects.filter(slug=slug).exists():
            raise CommandError(f"The address {slug!r} is taken; choose another with --address.")
        is_known = get_user_model().objects.filter(email=options["email"].strip().lower()).exists()
        workspace = _open_workspace(options, slug=slug, at=now())
        how = "signs in with the account and the password they have" if is_known else "can sign in"
        self.stdout.write(f"{options['email']} owns {workspace.name} ({slug}) and {how}.")


def _refuse_nonsense(options: dict[str, Any], slug: str) -> None:
    """Raises CommandError for what the pages could not show or reach later."""
    for name in ("name", "workspace"):
        if not 1 <= len(options[name]) <= LONGEST_NAME:
            raise CommandError(f"--{name} wants between 1 and {LONGEST_NAME} characters.")
    if not re.fullmatch(SLUG, slug) or slug.startswith("-") or slug.endswith("-"):
        raise CommandError(
            f"{slug!r} cannot stand in an address; choose one with --address: up to 40 small letters without"
            " accents, digits and hyphens, for example atelier-nord."
        )
    if options["time_zone"] not in available_timezones():
        raise CommandError(f"--time-zone wants a name such as Europe/Paris, not {options['time_zone']!r}.")
    try:
        validate_email(options["email"])
    except ValidationError as problem:
        raise CommandError(problem.messages[0]) from None


@transaction.atomic
def _open_workspace(options: dict[str, Any], *, slug: str, at: datetime) -> Workspace:
    language, zone = options["language"], options["time_zone"]
    workspace = Workspace.objects.create(
        slug=slug, name=options["workspace"], language=language, created_at=at
    )
    Branding.objects.create(workspace=workspace)
    WorkingCalendar.objects.create(workspace=workspace, time_zone=zone)
    first, _, last = options["name"].partition(" ")
    users = get_user_model().objects
    user = users.filter(email=options["email"].strip().lower()).first()
    if user is None:
        names = {"first_name": first, "last_name": last}
        user = users.create_user(options["email"], None, **names, language=language, time_zone=zone)
        user.set_password(_password(user))
        user.save()
    Member.objects.create(
        workspace=workspace,
        user=user,
        role=Role.OWNER,
        name=options["name"],
        handle=slugify(options["name"])[:40] or "owner",
        joined_at=at,
    )
    return workspace


def _password(user: Any) -> str:
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password and sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise CommandError("The two passwords differ; nothing was created.")
    if not password:
        raise CommandError(f"No terminal to ask for a password; put it into {PASSWORD_VARIABLE}.")
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
    return password
