"""The agency's addresses."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from parvis.http.health import healthz, readyz
from parvis.signin.views import sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("parvis.dashboard.urls")),
    path("clients/", include("parvis.dashboard.urls_clients")),
    path("projects/", include("parvis.dashboard.urls_projects")),
    path("deliverables/", include("parvis.deliverables.urls")),
    path("documents/", include("parvis.documents.urls")),
    path("internal/", include("parvis.backstage.urls")),
    path("settings/", include("parvis.dashboard.urls_settings")),
    path("invitations/", include("parvis.signin.urls_team")),
    path("", include("parvis.notifications.urls")),
    path("account/", include("parvis.signin.urls_account")),
    path("sign-in/", sign_in, name="sign_in"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("ui/", include("parvis.ui.urls")))
