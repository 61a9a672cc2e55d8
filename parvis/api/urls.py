"""The REST interface: the domains' routers under one roof."""

from django.urls import path, re_path

from parvis.api.across import router as across
from parvis.api.invitations import router as invitations
from parvis.api.schema import new_api
from parvis.backstage.api import router as backstage
from parvis.clients.api import router as clients
from parvis.deliverables.api import router as deliverables
from parvis.documents.api import router as documents
from parvis.http.problems import nothing_here
from parvis.notifications.api import router as notifications
from parvis.outbox.api import router as outbox
from parvis.projects.api import router as projects
from parvis.team.api import router as team

api = new_api()
for router in (
    team,
    clients,
    invitations,
    projects,
    documents,
    deliverables,
    backstage,
    notifications,
    outbox,
    across,
):
    api.add_router("", router)

urlpatterns = [path("api/v1/", api.urls), re_path("^api/", nothing_here)]
