"""`parvis token`."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.core.clock import now
from parvis.signin.api_tokens import Scope, issue_api_token
from parvis.team.models import Member


class Command(BaseCommand):
    help = "Make an API token for a member and print it. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the member's e-mail address")
        parser.add_argument("--workspace", help="its address, where the member belongs to several")
        parser.add_argument("--label", default="command line", help="what it is for")
        parser.add_argument("--scope", choices=list(Scope), action="append", help="default: read")
        parser.add_argument("--days", type=int, default=90, help="valid for so long (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        members = Member.objects.active().filter(user__email=options["email"].strip().lower())
        if options["workspace"]:
            members = members.filter(workspace__slug=options["workspace"])
        found = list(members[:2])
        if not found:
            raise CommandError(f"Nobody with the address {options['email']} is a member.")
        if len(found) > 1:
            raise CommandError("That member belongs to several workspaces; choose one with --workspace.")
        at = now()
        scopes = [Scope(scope) for scope in options["scope"] or [Scope.READ]]
        expires_at = at + timedelta(days=options["days"])
        _, raw = issue_api_token(
            found[0], label=options["label"], scopes=scopes, at=at, expires_at=expires_at
        )
        self.stdout.write(raw)
        self.stderr.write(f"Valid until {expires_at:%Y-%m-%d}, for: {', '.join(scopes)}. Not shown again.")
