"""Why can Sarah (not) see this? Every condition of the effective right, in words (A-03)."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from parvis.access import Actor, Audience, Condition, ContactRole, Permission, Switch, explain
from parvis.access.permissions import CONTACT_ROLES
from parvis.clients.actors import actor_for
from parvis.clients.models import Contact, Membership
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.http.pages import uuid_of
from parvis.projects.models import Milestone, Project, ProjectStatus, Task
from parvis.signin.requests import AgencyRequest

WORDS = {
    "workspace": _("belongs to the same workspace"),
    "membership": _("is a contact of this client"),
    "portal": _("the portal of the client is on"),
    "audience": _("it is neither a draft nor kept inside the team"),
    "role": _("the role allows it"),
    "switch": _("the switch of the portal is on"),
    "project_reach": _("the project is among those the person reaches"),
    "not_preview": _("is not looking at a preview"),
    "project_state": _("the project is open"),
}
PERMISSIONS = {
    Permission.PROJECT_SEE: _("See the project"),
    Permission.PROGRESS_SEE: _("See the progress"),
    Permission.TASKS_SEE: _("See tasks"),
    Permission.MILESTONES_SEE: _("See milestones"),
    Permission.TIMELINE_SEE: _("Read the timeline"),
    Permission.DELIVERABLE_SEE: _("See deliverables"),
    Permission.DELIVERABLE_DECIDE: _("Approve or ask for changes"),
    Permission.COMMENT_ADD: _("Leave comments"),
    Permission.THREAD_RESOLVE: _("Settle remarks"),
    Permission.MESSAGE_SEND: _("Write messages"),
    Permission.DOCUMENT_SEE: _("See documents"),
    Permission.DOCUMENT_DOWNLOAD: _("Download documents"),
    Permission.DOCUMENT_UPLOAD: _("Send files"),
    Permission.INVOICE_SEE: _("See invoices"),
}
MODELS: dict[str, type[Model]] = {
    "project": Project,
    "task": Task,
    "milestone": Milestone,
    "deliverable": Deliverable,
    "document": Document,
}


@require_safe
def page(request: AgencyRequest) -> HttpResponse:
    """For one contact and one thing (the client where none is named): every right with its conditions."""
    rows = Contact.objects.visible_to(request.actor)
    contact = get_object_or_404(rows, pk=uuid_of(request.GET.get("contact", "")))
    membership = _membership(request, contact)
    subject = find_subject(request.actor, request.GET.get("kind", ""), request.GET.get("id", ""))
    about = subject or membership.client
    actor = actor_for(contact.pk, contact.workspace_id)
    rights = [
        {"label": label, "allowed": all(c.holds for c in conditions), "conditions": in_words(conditions)}
        for permission, label in PERMISSIONS.items()
        if permission in CONTACT_ROLES
        for conditions in [explain(actor, permission, about)]
    ]
    projects = Project.objects.visible_to(request.actor).filter(client=membership.client)
    context = {
        "contact": contact,
        "membership": membership,
        "about": about,
        "rights": rights,
        "projects": projects.order_by("title")[:50],
        "deliverables": _deliverables(request, about),
    }
    return render(request, "dashboard/explain.html", context)


def in_words(conditions: list[Condition]) -> list[dict[str, Any]]:
    """Each condition as a sentence with its answer."""
    return [
        {
            "text": WORDS.get(condition.name, condition.name),
            "holds": condition.holds,
            "detail": _detail(condition),
        }
        for condition in conditions
    ]


def _detail(condition: Condition) -> str:
    """What the condition looked at, in words; the code itself where nobody gave it any."""
    words: dict[str, dict[Any, Any]] = {
        "role": dict(ContactRole.choices),
        "switch": dict(Switch.choices),
        "audience": {Audience.STAFF: _("Team only"), Audience.CLIENT: _("Client sees it")},
        "project_state": dict(ProjectStatus.choices),
    }
    return str(words.get(condition.name, {}).get(condition.detail, condition.detail))


def find_subject(actor: Actor, kind: str, pk: str) -> Any:
    """The thing asked about, if the member sees it; None where none was named."""
    model = MODELS.get(kind)
    if model is None or not pk:
        return None
    rows: Any = model._default_manager
    rows = rows.visible_to(actor)
    if model is not Project:
        rows = rows.select_related("project")
    return get_object_or_404(rows, pk=uuid_of(pk))


def _deliverables(request: AgencyRequest, about: Any) -> QuerySet[Deliverable]:
    """Those of the project asked about, or of the one that the thing asked about belongs to."""
    project = about if isinstance(about, Project) else getattr(about, "project", None)
    rows = Deliverable.objects.visible_to(request.actor).existing().filter(project=project)
    return rows.order_by("-updated_at")[:50]


def _membership(request: AgencyRequest, contact: Contact) -> Membership:
    rows = Membership.objects.visible_to(request.actor).filter(contact=contact).select_related("client")
    if request.GET.get("client"):
        rows = rows.filter(client=uuid_of(request.GET["client"]))
    membership = rows.order_by("created_at").first()
    if membership is None:
        raise Http404
    return membership
