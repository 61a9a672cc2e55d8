"""Where a thing is found on the team's pages, for mails and the inbox."""

from django.db.models import Model

from parvis.clients.models import Client
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.http.links import agency_path as path_of
from parvis.projects.models import Discussion, Project, Task


def agency_path(row: Model) -> str:
    """The page of a client, a project, a deliverable, or of what belongs to one."""
    if isinstance(row, Deliverable):
        return path_of("deliverables:deliverable", pk=row.pk)
    if isinstance(row, Project):
        return path_of("projects:project", pk=row.pk)
    if isinstance(row, Task):
        return path_of("projects:task", pk=row.project_id, task_pk=row.pk)
    if isinstance(row, Discussion):
        return path_of("projects:discussion", pk=row.project_id, discussion_pk=row.pk)
    if isinstance(row, Document):
        return path_of("projects:documents", pk=row.project_id)
    if isinstance(row, Client):
        return path_of("clients:client", pk=row.pk)
    raise TypeError(f"{type(row).__name__} has no page of its own")


def contacts_path(client: Client) -> str:
    """Where the people of a client are invited and corrected."""
    return path_of("clients:contacts", pk=client.pk)


def people_path() -> str:
    """Where the team is invited."""
    return path_of("settings:people")
