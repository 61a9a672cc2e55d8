"""`parvis explain <contact> <permission> <kind:id>`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from parvis.access import Actor, Permission, explain
from parvis.clients.actors import actor_for
from parvis.clients.models import Client, Contact
from parvis.dashboard.views.explain import MODELS, find_subject, in_words
from parvis.http.pages import uuid_of


class Command(BaseCommand):
    help = "Say condition by condition why a contact may, or may not, do something."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contact", help="the contact's e-mail address")
        parser.add_argument("permission", help="such as deliverable.decide")
        parser.add_argument("object", help="such as deliverable:<id>, or client:<id>")
        parser.add_argument("--workspace", help="its address, where several know this contact")

    def handle(self, *args: Any, **options: Any) -> None:
        contact = self._contact(options)
        try:
            permission = Permission(options["permission"])
        except ValueError:
            names = ", ".join(permission.value for permission in Permission)
            raise CommandError(
                f"There is no permission {options['permission']!r}; there are: {names}."
            ) from None
        subject = self._subject(options["object"], contact)
        with override("en"):
            conditions = in_words(explain(actor_for(contact.pk, contact.workspace_id), permission, subject))
        for condition in conditions:
            mark = "yes" if condition["holds"] else "NO "
            detail = f" ({condition['detail']})" if condition["detail"] else ""
            self.stdout.write(f"  {mark}  {condition['text']}{detail}")
        allowed = all(condition["holds"] for condition in conditions)
        self.stdout.write(f"{contact.name} {'may' if allowed else 'may not'} {permission.value}: {subject}")

    def _contact(self, options: dict[str, Any]) -> Contact:
        rows = Contact.objects.existing().filter(email__iexact=options["contact"])
        if options["workspace"]:
            rows = rows.filter(workspace__slug=options["workspace"])
        found = list(rows[:2])
        if not found:
            raise CommandError(f"Nobody has the address {options['contact']!r}.")
        if len(found) > 1:
            raise CommandError("Several workspaces know this address; name one with --workspace.")
        return found[0]

    def _subject(self, text: str, contact: Contact) -> Any:
        kind, _, pk = text.partition(":")
        if kind not in {"client", *MODELS} or not pk:
            raise CommandError(f"Write client, {', '.join(MODELS)}, a colon and an id.")
        try:
            if kind == "client":
                return get_object_or_404(Client, workspace=contact.workspace_id, pk=uuid_of(pk))
            return find_subject(Actor.system(contact.workspace_id), kind, pk)
        except Http404:
            raise CommandError(f"{contact.workspace} has no {kind} with the id {pk!r}.") from None
