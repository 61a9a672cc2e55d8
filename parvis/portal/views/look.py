"""Style sheet and logo of a portal: open to everybody, like the portal's first page."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parvis.clients.models import Client, PortalSettings
from parvis.files.models import FilePage, PageSize
from parvis.files.serving import send_page
from parvis.portal.branding import branding_of, css_of, fingerprint, look_of
from parvis.portal.requests import VisitorRequest

FOR_EVER = "public, max-age=31536000, immutable"  # the address changes with the content


@require_safe
@login_not_required
def theme(request: VisitorRequest, owner: str, hash: str) -> HttpResponse:  # noqa: A002 - named in the address
    """The agency's colours, or those of a client's own portal (A-37)."""
    look = look_of(request.workspace, _client(request, owner))
    response = HttpResponse(css_of(look), content_type="text/css; charset=utf-8")
    # An address from an old page shows today's colours, but is not kept.
    response["Cache-Control"] = FOR_EVER if hash == fingerprint(look) else "no-cache"
    return response


@require_safe
@login_not_required
def logo(request: VisitorRequest, pk: UUID) -> HttpResponseBase:
    """A logo as the picture we drew of it: never the uploaded file itself."""
    own = branding_of(request.workspace).logo_id == pk
    if not own and not PortalSettings.objects.filter(workspace=request.workspace, logo_id=pk).exists():
        raise Http404
    page = get_object_or_404(FilePage, file=pk, file__workspace=request.workspace, number=1)
    response = send_page(page, PageSize.SMALL, request)
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _client(request: VisitorRequest, owner: str) -> Client | None:
    """The client whose portal overrides the colours, None for the agency's own."""
    if owner == request.workspace.slug:
        return None
    try:
        rows = Client.objects.select_related("portal").filter(Q(pk=owner), workspace=request.workspace)
    except (ValidationError, ValueError) as error:
        raise Http404 from error
    return get_object_or_404(rows)
