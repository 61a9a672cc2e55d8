"""The REST interface: the domains' routers under one roof."""

from django.urls import path

from parvis.api.schema import new_api
from parvis.team.api import router as team

api = new_api()
for router in (team,):
    api.add_router("", router)

urlpatterns = [path("api/v1/", api.urls)]
