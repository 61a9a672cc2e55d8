"""The team's addresses of deliverables."""

from django.urls import path

from parvis.deliverables import remark_views, version_views, views

app_name = "deliverables"

urlpatterns = [
    path("", views.deliverables, name="deliverables"),
    path("new/<uuid:project_pk>/", views.new_deliverable, name="new"),
    path("<uuid:pk>/", views.deliverable, name="deliverable"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/terms/", views.terms, name="terms"),
    path("<uuid:pk>/versions/new/", version_views.new_version, name="new_version"),
    path("<uuid:pk>/withdrawal/", version_views.withdraw, name="withdraw"),
    path("<uuid:pk>/reminders/", views.remind, name="remind"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
    path("<uuid:pk>/files/<uuid:file_pk>/", views.download, name="download"),
    path(
        "<uuid:pk>/files/<uuid:file_pk>/pages/<int:page_number>/<slug:size>/",
        views.page_picture,
        name="page",
    ),
    path("<uuid:pk>/remarks/", remark_views.remarks, name="remarks"),
    path("<uuid:pk>/remarks/<int:number>/replies/", remark_views.replies, name="replies"),
    path("<uuid:pk>/remarks/<int:number>/resolution/", remark_views.resolution, name="resolution"),
    path("<uuid:pk>/remarks/<int:number>/handling/", remark_views.handling, name="handling"),
]
