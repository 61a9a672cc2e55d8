"""The components page, with addresses that keep what its forms and scripts send."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

received: list[dict[str, Any]] = []

PAGE = """<!doctype html><html lang="fr"><title>Reçu</title><link rel="icon" href="data:,">
<p class="error">Ce fichier est vide.</p></html>"""


@login_not_required
def receive(request: HttpRequest, status: int) -> HttpResponse:
    files = [file.name for name in request.FILES for file in request.FILES.getlist(name)]
    if request.method == "POST":
        received.append({"files": files, "fields": request.POST.dict()})
    return HttpResponse(PAGE, status=status)


urlpatterns = [
    path("ui/", include("parvis.ui.urls")),
    path("received/<int:status>/", receive),
]
