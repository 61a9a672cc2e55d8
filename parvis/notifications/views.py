"""A member chooses which mails to get."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.core.clock import now
from parvis.http.pages import say
from parvis.notifications.kinds import MemberNotice
from parvis.notifications.preferences import preferences_of, set_preferences
from parvis.signin.requests import AgencyRequest


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: AgencyRequest) -> HttpResponse:
    """Every kind with its switch; the inbox shows all of it in any case."""
    if request.method == "POST":
        on = request.POST.getlist("on")
        choices = {kind.value: kind.value in on for kind in MemberNotice}
        set_preferences(request.member, choices, actor=request.actor, at=now())
        say(request, _("Your choice is saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"choices": preferences_of(request.member)})
