"""Taking over a list of clients: paste or upload, look, then add (DESIGN 8)."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.access import Guard, Permission, require
from parvis.clients.actions.clients import Place
from parvis.clients.actions.imports import ImportPlan, Outcome, import_clients, plan_import
from parvis.clients.forms import ImportForm
from parvis.core.clock import now
from parvis.http.pages import say
from parvis.signin.requests import AgencyRequest

FAMILIES = {
    Outcome.NEW_CLIENT: "done",
    Outcome.NEW_CONTACT: "work",
    Outcome.KNOWN: "mute",
    Outcome.REFUSED: "stop",
}


def import_list(request: AgencyRequest) -> HttpResponse:
    """The form; then every row with what would become of it; added once that was agreed to."""
    require(request.actor, Permission.CLIENT_ADD, Place(Guard(workspace_id=request.actor.workspace_id)))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, form, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    with transaction.atomic():
        plan = plan_import(data["rows"], actor=request.actor)
        # Whoever changed the list, or was overtaken by a colleague, looks again first.
        if data["agreed"] != plan.fingerprint:
            return page(request, ImportForm(initial={"text": data["text"]}), plan)
        added = import_clients(plan, actor=request.actor, at=now())
    clients = ngettext("%(count)s client was added.", "%(count)s clients were added.", len(added))
    say(request, clients % {"count": len(added)})
    people = ngettext(
        "%(count)s contact was added and not invited yet.",
        "%(count)s contacts were added and not invited yet.",
        plan.new_contacts,
    )
    say(request, people % {"count": plan.new_contacts})
    return redirect("clients:clients")


def page(
    request: AgencyRequest, form: ImportForm, plan: ImportPlan | None = None, *, status: int = 200
) -> HttpResponse:
    """The form, below what was found in it."""
    context = {
        "form": form,
        "plan": plan,
        "lines": [(line, FAMILIES[line.outcome]) for line in plan.lines] if plan else [],
        "counts": [(each.label, FAMILIES[each], n) for each in Outcome if (n := plan.counts[each])]
        if plan
        else [],
        "can_add": plan is not None and (plan.counts[Outcome.NEW_CLIENT] or plan.counts[Outcome.NEW_CONTACT]),
        "title": _("Import clients"),
    }
    return render(request, "dashboard/client_import.html", context, status=status)
