"""The `/ui/` page: every component in every state, and the screens the design was drawn with."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from parvis.core import clock
from parvis.ui import samples

SCREENS = {
    "portal": ("parts", "home", "review", "empty", "entrance"),
    "agency": ("parts", "board", "table", "report", "review"),
}


@require_GET
@login_not_required
def showcase(request: HttpRequest) -> HttpResponse:
    """`?surface=portal|agency`, `?screen=…`, `?theme=light|dark`, `?language=fr|en|es|pt`.

    Holds invented data only; its address exists on installations for development and demonstration.
    """
    surface = request.GET.get("surface", "portal")
    screen = request.GET.get("screen", "parts")
    theme = request.GET.get("theme", "")
    if screen not in SCREENS.get(surface, ()) or theme not in ("", "light", "dark"):
        raise Http404
    context = {
        **samples.frame(surface),
        **samples.parts(clock.now()),
        "surface": surface,
        "theme_mode": theme,
        "base": f"ui/{surface}_base.html",
    }
    with translation.override(request.GET.get("language", translation.get_language())):
        return render(request, f"ui/showcase/{screen}_{surface}.html", context)
