"""How a contact wants to be spoken to, what they hear of, and which devices know them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from parvis.clients.actions.grants import forget_device
from parvis.clients.models import Contact, ContactDevice
from parvis.core.clock import now
from parvis.http.sessions import portal_cookie
from parvis.notifications.preferences import preferences_of, set_preferences
from parvis.portal.context import my_clients
from parvis.portal.cookies import forget_cookie
from parvis.portal.forms import PreferencesForm
from parvis.portal.requests import PortalRequest


def preferences(request: PortalRequest) -> HttpResponse:
    """Language and time zone, notices, devices."""
    contact = request.contact
    initial = {"language": contact.language, "time_zone": contact.time_zone}
    form = PreferencesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if request.actor.is_preview:
            raise PermissionDenied
        Contact.objects.filter(pk=contact.pk).update(**form.cleaned_data)
        return redirect(reverse("portal:preferences") + "?saved=words")
    return _page(request, form, status=422 if form.errors else 200)


@require_POST
def notices(request: PortalRequest) -> HttpResponse:
    """Keep which notices the contact wants (G1-33)."""
    kinds = [choice.kind for choice in preferences_of(request.contact)]
    chosen = {kind: kind in request.POST.getlist("notice") for kind in kinds}
    set_preferences(request.contact, chosen, actor=request.actor, at=now())
    return redirect(reverse("portal:preferences") + "?saved=notices")


@require_POST
def forget(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Take a device of the contact's own out; forgetting this one is signing out."""
    device = get_object_or_404(ContactDevice, pk=pk, contact=request.contact, preview_by=None)
    forget_device(device, actor=request.actor, at=now())
    if device.pk != request.device.pk:
        return redirect(reverse("portal:preferences") + "#devices")
    response = redirect("sign_in")
    forget_cookie(response, portal_cookie(request.portal_slug, "device"))
    return response


def _page(request: PortalRequest, form: PreferencesForm, *, status: int = 200) -> HttpResponse:
    clients = my_clients(request)
    devices = ContactDevice.objects.filter(contact=request.contact, preview_by=None, revoked_at=None)
    context = {
        "form": form,
        "choices": preferences_of(request.contact, client=clients[0] if clients else None),
        "devices": devices.filter(expires_at__gt=now()).order_by("-last_seen_at"),
        "this_device": request.device,
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "portal/preferences.html", context, status=status)
