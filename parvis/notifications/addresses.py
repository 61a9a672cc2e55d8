"""Where a thing is found on the team's pages, for mails and the inbox."""

from django.db.models import Model

from parvis.clients.models import Client
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.projects.models import Discussion, Project, Task


def agency_path(row: Model) -> str:
    """The page of a client, a project, a deliverable, or of what belongs to one."""
    if isinstance(row, Deliverable):
        return f"/deliverables/{row.pk}/"
    if isinstance(row, Project):
        return f"/projects/{row.pk}/"
    if isinstance(row, Document | Task | Discussion):
        return f"/projects/{row.project_id}/"
    if isinstance(row, Client):
        return f"/clients/{row.pk}/"
    raise TypeError(f"{type(row).__name__} has no page of its own")
