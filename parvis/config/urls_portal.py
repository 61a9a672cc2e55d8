"""A portal's addresses, relative to its root."""

from django.urls import include, path

urlpatterns = [path("", include("parvis.portal.urls"))]
