"""Clients to choose from, where a list is narrowed to one of them."""

from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.core.searching import matches
from parvis.core.text import folded
from parvis.http.lists import Choice, choice

OFFERED = 100


def client_choice(actor: Actor, params: QueryDict) -> Choice:
    """Those something happened at last, by name, and the one chosen; a search by name finds the rest."""
    rows = Client.objects.visible_to(actor).order_by("-last_activity_at", "-pk").values_list("pk", "name")
    named = {str(pk): name for pk, name in rows[:OFFERED]}
    chosen = params.get("client", "")
    if chosen and chosen not in named and (pk := _uuid(chosen)):
        named |= {str(pk): name for pk, name in rows.filter(pk=pk)}
    by_name = sorted(named.items(), key=lambda pair: folded(pair[1]))
    return choice(params, "client", _("Client"), [("", _("All clients")), *by_name])


def named_like(actor: Actor, text: str) -> list[UUID]:
    """Clients within reach whose name holds every word: a search in a list finds what is theirs, too."""
    rows = Client.objects.visible_to(actor).filter(matches(text)).order_by("-last_activity_at", "-pk")
    return list(rows.values_list("pk", flat=True)[:OFFERED])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
