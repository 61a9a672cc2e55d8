"""Addresses of the bare project."""

from django.urls import path

from bench.bare import views

urlpatterns = [
    path("page/<slug:slug>/<int:queries>/", views.page, name="page"),
    path("raw/<slug:slug>/<int:queries>/", views.raw, name="raw"),
    path("post/<slug:slug>/<int:reads>/<int:writes>/", views.post, name="post"),
]
