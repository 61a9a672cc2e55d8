"""The agency's addresses."""

from django.urls import include, path

from parvis.http.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
