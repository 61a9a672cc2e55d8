"""Pages that refuse, in whole sentences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why the thing cannot be done here; in a preview, that it is one (A-03)."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.is_preview:
        reason = _("You see the portal as %(name)s; nothing can be changed.") % {"name": actor.name}
    else:
        reason = _("This is not open to you here. If you need it, ask your contact at the agency.")
    htmx = getattr(request, "htmx", False)
    name = "portal/_refused.html" if htmx else "portal/refused.html"
    return render(request, name, {"reason": reason}, status=403)
