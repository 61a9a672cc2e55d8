"""Everything that happened, day by day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.portal import sections
from parvis.portal.pages.activity import by_day, client_events, lines
from parvis.portal.paging import page_of
from parvis.portal.requests import PortalRequest

ROWS = 40


@require_safe
def activity(request: PortalRequest) -> HttpResponse:
    """The timeline, newest first."""
    sections.exists_only_if(sections.shows_timeline(request.actor))
    page = page_of(client_events(request.actor), request, by="at", size=ROWS)
    context = {"days": by_day(lines(page.rows, request.actor)), "next_url": page.next_url}
    return render(request, "portal/activity.html", context)
