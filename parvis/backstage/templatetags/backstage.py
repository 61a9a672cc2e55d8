"""The internal stream on the team's pages. A template lint keeps this tag out of every room of a client."""

from typing import Any

from django import template
from django.template.context import RequestContext

from parvis.access import Permission, may
from parvis.backstage.models import StaffComment

register = template.Library()


@register.inclusion_tag("backstage/_stream.html", takes_context=True)
def staff_stream(context: RequestContext, subject: Any) -> dict[str, Any]:
    """What the team writes about `subject`, and a place to write; two queries (G1-30).

    Shows nothing to somebody who is not of the team, whatever page it stands on.
    """
    request = context["request"]
    actor = request.actor
    if not actor.is_staff:
        return {"is_hidden": True}
    rows = StaffComment.objects.visible_to(actor).filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    )
    comments = list(rows.select_related("author").order_by("at", "id"))
    return {
        "roots": [
            {"comment": root, "replies": [reply for reply in comments if reply.parent_id == root.pk]}
            for root in comments
            if root.parent_id is None
        ],
        "subject": subject,
        "subject_type": subject._meta.label_lower,
        "project_id": subject.guard.project_id,
        "can_write": may(actor, Permission.STAFF_DISCUSS, subject),
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
