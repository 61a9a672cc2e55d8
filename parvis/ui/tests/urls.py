"""The components page alone."""

from django.urls import include, path

urlpatterns = [path("ui/", include("parvis.ui.urls"))]
