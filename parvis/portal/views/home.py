"""The first page of the portal."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parvis.core.clock import now
from parvis.deliverables.models import Deliverable
from parvis.portal import sections
from parvis.portal.context import my_clients
from parvis.portal.models import PortalSnooze
from parvis.portal.pages.home import home as home_page
from parvis.portal.requests import PortalRequest

MORNING = time(6, 0)


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """What waits for the reader, and what happens next."""
    page = home_page(request.actor, my_clients(request), now(), shows_all="all" in request.GET)
    request.portal_waiting = page.waiting  # type: ignore[attr-defined]  # the navigation shows the same number
    context = {
        "page": page,
        "shows_documents": sections.shows_documents(request.actor),
        "shows_timeline": sections.shows_timeline(request.actor),
        "first_name": request.contact.first_name,
    }
    return render(request, "portal/home.html", context)


@require_POST
def remind_tomorrow(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Fold a card until tomorrow morning in the reader's zone; deadlines and reminders go on."""
    deliverable = get_object_or_404(Deliverable.objects.visible_to(request.actor), pk=pk)
    PortalSnooze.objects.update_or_create(
        workspace=request.workspace,
        contact=request.contact,
        deliverable=deliverable,
        defaults={"until": tomorrow_morning(now())},
    )
    return redirect("portal:home")


def tomorrow_morning(at: datetime) -> datetime:
    """Six o'clock tomorrow, where the reader lives."""
    local = timezone.localtime(at)
    return datetime.combine(local.date() + timedelta(days=1), MORNING, tzinfo=local.tzinfo)
