"""Looking at a version, and what the page asks for while it is open."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.access import Permission, require
from parvis.conversations.actions import mentionable
from parvis.conversations.models import Thread
from parvis.core.clock import now
from parvis.deliverables.actions import mark_shown
from parvis.deliverables.models import Deliverable, DeliverableVersion
from parvis.deliverables.votes import decided_on
from parvis.portal.forms import RemarkForm, ReplyForm
from parvis.portal.pages.compare import pairs_of
from parvis.portal.pages.review import Review, find_for_review, review, shown_versions, tag_of, version_url
from parvis.portal.requests import PortalRequest

CHANGED = "portal/_news.html"


@require_safe
def deliverable(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A version with its remarks and the decision; `?version=2` shows an older one, read-only."""
    page = load(request, pk, number=request.GET.get("version"))
    return render(request, "portal/review.html", review_context(request, page))


def load(request: PortalRequest, pk: UUID, *, number: str | None = None) -> Review:
    """The page's content; raises Http404 for a version that was never shown."""
    row = find_for_review(request.actor, pk)
    request.portal_client = row.client
    if len(request.actor.client_ids) == 1:  # spares the frame its own question
        request.portal_clients = [row.client]  # type: ignore[attr-defined]
    versions = shown_versions(row.pk)
    return review(row, versions, chosen(row, versions, number), request.actor)


def chosen(row: Deliverable, versions: list[DeliverableVersion], number: str | None) -> DeliverableVersion:
    """The version with this number, without one the last that may be seen."""
    for version in versions:
        if str(version.number) == number or (number is None and version.pk == row.shown_version_id):
            return version
    raise Http404


def review_context(
    request: PortalRequest,
    page: Review,
    *,
    remark_form: RemarkForm | None = None,
    reply_form: ReplyForm | None = None,
    replies_to: int | None = None,
    arrived: int | None = None,
) -> dict[str, object]:
    """What the templates of the review page need; forms come back with the reader's words in them."""
    shows_settled = request.GET.get("show") == "settled"
    url = version_url(page.deliverable.pk, page.version.number, is_current=page.is_current)
    joint = "&" if "?" in url else "?"
    decided = page.rights.decided
    return {
        "page": page,
        "deliverable": page.deliverable,
        "version": page.version,
        "remarks": page.settled_remarks if shows_settled else page.open_remarks,
        "shows_settled": shows_settled,
        "segments": segments(page, url, joint, shows_settled=shows_settled),
        "remark_form": remark_form,
        "reply_form": reply_form,
        "replies_to": replies_to,
        "arrived": arrived,
        "short_digest": decided.digest[:12] if decided else "",
        "back_url": reverse("portal:project", args=[page.deliverable.project_id]),
    }


def segments(page: Review, url: str, joint: str, *, shows_settled: bool) -> list[dict[str, object]]:
    """Open and Settled, each with its count."""
    return [
        {
            "label": _("Open"),
            "url": url,
            "current": not shows_settled,
            "count": len(page.open_remarks),
        },
        {
            "label": _("Settled"),
            "url": f"{url}{joint}show=settled",
            "current": shows_settled,
            "count": len(page.settled_remarks),
        },
    ]


@require_POST
def create_visit(request: PortalRequest, pk: UUID, version: UUID) -> HttpResponse:
    """The page says which version was before somebody's eyes (A-36)."""
    row = get_object_or_404(Deliverable.objects.visible_to(request.actor), pk=pk)
    mark_shown(row, version_id=version, actor=request.actor, at=now())
    return HttpResponse(status=204)


@require_safe
def news(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Asked every half minute by the open page: nothing (204), or one line that something arrived.

    It never replaces the thread by itself: somebody may be writing in it.
    """
    row = get_object_or_404(Deliverable.objects.visible_to(request.actor), pk=pk)
    tag = tag_of(row, len(decided_on(row.current_version_id)))
    if request.GET.get("seen") == tag:
        return HttpResponse(status=204, headers={"ETag": f'"{tag}"'})
    response = render(request, CHANGED, {"deliverable": row})
    response["ETag"] = f'"{tag}"'
    return response


@require_safe
def sheets(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The stage alone, asked for again while its pictures are being drawn."""
    page = load(request, pk, number=request.GET.get("version"))
    return render(request, "portal/_sheets.html", review_context(request, page))


@require_safe
def people(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who can be mentioned here, for the composer (G1-16); asked for when somebody begins to write."""
    rows = Deliverable.objects.visible_to(request.actor).select_related("project")
    row = get_object_or_404(rows, pk=pk)
    require(request.actor, Permission.COMMENT_ADD, row)
    thread = Thread(workspace_id=row.workspace_id, client_id=row.client_id, project_id=row.project_id)
    members, contacts = mentionable(thread, by=request.actor, involved=row.involved)
    return render(request, "ui/components/people_options.html", {"people": [*members, *contacts]})


@require_safe
def comparison(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Two versions over each other; `?with=2` names the older, `?version=3` the newer one."""
    row = find_for_review(request.actor, pk)
    request.portal_client = row.client
    versions = shown_versions(row.pk)
    after = chosen(row, versions, request.GET.get("version"))
    before = chosen(row, versions, request.GET.get("with") or str(after.number - 1))
    context = {
        "deliverable": row,
        "before": before,
        "after": after,
        "pairs": pairs_of(row, before, after),
        "back_url": version_url(row.pk, after.number, is_current=after.pk == row.shown_version_id),
    }
    return render(request, "portal/comparison.html", context)
