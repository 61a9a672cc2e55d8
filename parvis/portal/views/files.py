"""Files of deliverables and comments: the right is asked again on every request."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parvis.access import Permission, require
from parvis.conversations.actions import record_download as record_attachment
from parvis.conversations.models import CommentAttachment
from parvis.core.clock import now
from parvis.deliverables.actions import record_download
from parvis.deliverables.models import Deliverable, DeliverableVersion, Remark, VersionFile
from parvis.files.models import FilePage, PageSize
from parvis.files.serving import begins, send, send_page
from parvis.portal import sections
from parvis.portal.requests import PortalRequest
from parvis.projects.models import Discussion, Task

WITHDRAWN = DeliverableVersion.Outcome.WITHDRAWN


@require_safe
def download(request: PortalRequest, pk: UUID, file: UUID) -> HttpResponseBase:
    """A file of a version that was shown; the download is written down (A-39)."""
    row = find_file(request, pk, file)
    require(request.actor, Permission.DOCUMENT_DOWNLOAD, row.version.deliverable)
    if begins(request, row.file):
        record_download(row.version, row.file, actor=request.actor, at=now())
    return send(row.file, request)


@require_safe
def page(request: PortalRequest, pk: UUID, file: UUID, number: int, size: str) -> HttpResponseBase:
    """One page picture of a file of a version."""
    row = find_file(request, pk, file)
    picture = get_object_or_404(FilePage, file=row.file_id, number=number)
    return send_page(picture, PageSize(size), request)


def find_file(request: PortalRequest, pk: UUID, file: UUID) -> VersionFile:
    """A file of a version within reach that was not taken back; raises Http404."""
    rows = VersionFile.objects.select_related("file", "version__deliverable__project")
    rows = rows.filter(version__deliverable__in=Deliverable.objects.visible_to(request.actor).filter(pk=pk))
    row = rows.filter(file=file).exclude(version__outcome=WITHDRAWN).order_by("-version__number").first()
    if row is None:
        raise Http404
    return row


@require_safe
def attachment(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """A file that hangs on a comment: whoever may read the thread may have it; it is written down (A-39)."""
    rows = CommentAttachment.objects.select_related("file", "comment__thread")
    rows = rows.filter(workspace=request.workspace)
    row = get_object_or_404(rows, pk=pk)
    if not _may_read(request, row.comment.thread_id):
        raise Http404
    if begins(request, row.file):
        record_attachment(row, actor=request.actor, at=now())
    return send(row.file, request)


def _may_read(request: PortalRequest, thread_id: UUID) -> bool:
    """Whether the owner of the thread is within reach: a remark's deliverable, a discussion or a task."""
    actor = request.actor
    deliverables = Deliverable.objects.visible_to(actor)
    discussions = Discussion.objects.visible_to(actor).filter(
        project__client__in=sections.clients_with_messages(actor)
    )
    return (
        Remark.objects.filter(thread=thread_id, deliverable__in=deliverables).exists()
        or discussions.filter(thread=thread_id).exists()
        or Task.objects.visible_to(actor).filter(client_thread=thread_id).exists()
    )
