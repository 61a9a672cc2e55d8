"""Members to choose from, where a list is narrowed to one person's work."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.http.lists import Choice, choice
from parvis.team.models import Member


def person_choice(actor: Actor, params: QueryDict) -> Choice:
    """Everybody who works in the workspace now, oneself first."""
    rows = Member.objects.active().filter(workspace=actor.workspace_id).order_by("name")
    named = [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
    named.sort(key=lambda pair: pair[0] != str(actor.member_id))
    return choice(params, "person", _("Person"), [("", _("Everybody")), *named])
