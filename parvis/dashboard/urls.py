"""Addresses of the pages over many domains."""

from django.urls import path

from parvis.dashboard.views import explain, home

app_name = "dashboard"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("messages/", home.unanswered, name="unanswered"),
    path("explain/", explain.page, name="explain"),
    path("attachments/<uuid:pk>/", home.attachment, name="attachment"),
]
