"""What several pages of the team need."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from parvis.clients.models import Client
from parvis.projects.models import Project
from parvis.signin.requests import AgencyRequest


def find_client(request: AgencyRequest, pk: UUID) -> Client:
    """The client with its portal, owner and workspace's branding, or 404 when it is out of reach."""
    rows = Client.objects.visible_to(request.actor).select_related("portal", "owner")
    return get_object_or_404(rows, pk=pk)


def find_project(request: AgencyRequest, pk: UUID) -> Project:
    """The project with its client and client status, or 404."""
    rows = Project.objects.visible_to(request.actor).select_related("client", "client_status", "assignee")
    return get_object_or_404(rows, pk=pk)
