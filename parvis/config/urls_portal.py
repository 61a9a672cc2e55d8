"""A portal's addresses, relative to its root."""

from django.urls import include, path

from parvis.http.health import healthz, readyz
from parvis.portal.views.entrance import sign_in

handler403 = "parvis.portal.views.refusals.forbidden"

urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("", include("parvis.portal.urls")),
    path("", include("parvis.notifications.contacts.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
