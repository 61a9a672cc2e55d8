"""Choosing messages from the foot of a mail: a page that shows, a button that does."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from parvis.access import Actor
from parvis.core.clock import now
from parvis.notifications.contacts.unsubscribing import Choosing, read_unsubscribe
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.preferences import preferences_of, set_preferences
from parvis.workspaces.models import Workspace

TEMPLATE = "notifications/contacts/unsubscribe.html"


@csrf_exempt  # mail programs post without a cookie; the signed address is the whole authority (RFC 8058)
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Show every kind of message with its switch; a POST keeps the choice, or stops the mail's own kind."""
    workspace = Workspace.objects.filter(slug=request.portal_slug).first()  # type: ignore[attr-defined]
    choosing = read_unsubscribe(signed, workspace_id=workspace.pk) if workspace else None
    if workspace is None or choosing is None:
        return render(request, TEMPLATE, {"workspace": workspace, "choosing": None}, status=404)
    if request.method == "POST":
        choices = _chosen(request, choosing)
        set_preferences(choosing.contact, choices, actor=Actor.system(workspace.pk), at=now())
        if "List-Unsubscribe" in request.POST:
            return HttpResponse(status=204)
        return redirect(f"{request.path}?saved=1")
    with translation.override(_language(choosing)):
        context = {
            "workspace": workspace,
            "choosing": choosing,
            "choices": preferences_of(choosing.contact, client=choosing.client),
            "is_saved": "saved" in request.GET,
        }
        return render(request, TEMPLATE, context)


def _chosen(request: HttpRequest, choosing: Choosing) -> dict[str, bool]:
    """From the form every kind; from a mail program only the kind of the mail, off."""
    if "List-Unsubscribe" in request.POST:
        return {choosing.notice.value: False}
    on = request.POST.getlist("on")
    return {kind.value: kind.value in on for kind in ContactNotice}


def _language(choosing: Choosing) -> str:
    """The person's, as in the mail they came from (A-25)."""
    return choosing.contact.language or choosing.client.language or choosing.client.workspace.language
