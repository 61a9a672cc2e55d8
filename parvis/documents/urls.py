"""The team's addresses of documents."""

from django.urls import path

from parvis.documents import views

app_name = "documents"

urlpatterns = [
    path("new/<uuid:project_pk>/", views.new_document, name="new"),
    path("<uuid:pk>/", views.document, name="document"),
    path("<uuid:pk>/versions/new/", views.new_version, name="new_version"),
    path("<uuid:pk>/versions/<int:number>/file/", views.download, name="download"),
    path(
        "<uuid:pk>/versions/<int:number>/pages/<int:page_number>/<slug:size>/",
        views.page,
        name="page",
    ),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/move/", views.move, name="move"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
]
