"""Addresses of projects: the pages stand here, the changes in `projects`."""

from django.urls import path

from parvis.dashboard.views import projects as pages
from parvis.projects import views

app_name = "projects"

urlpatterns = [
    path("", pages.projects, name="projects"),
    path("new/", views.new_project, name="new"),
    path("<uuid:pk>/", pages.project, name="project"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/people/", pages.people, name="people"),
    path("<uuid:pk>/status/", views.status, name="status"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
    path("<uuid:pk>/client-status/", views.client_status, name="client_status"),
    path("<uuid:pk>/deliverables/", pages.project_deliverables, name="deliverables"),
    path("<uuid:pk>/documents/", pages.project_documents, name="documents"),
    path("<uuid:pk>/discussions/", pages.project_discussions, name="discussions"),
    path("<uuid:pk>/discussions/new/", views.new_discussion, name="new_discussion"),
    path("<uuid:pk>/discussions/<uuid:discussion_pk>/", pages.discussion, name="discussion"),
    path(
        "<uuid:pk>/discussions/<uuid:discussion_pk>/comments/",
        views.discussion_comment,
        name="discussion_comment",
    ),
    path("<uuid:pk>/team/", pages.project_team, name="team"),
    path("<uuid:pk>/members/", views.members, name="members"),
    path("<uuid:pk>/timeline/", pages.project_timeline, name="timeline"),
    path("<uuid:pk>/milestones/new/", views.new_milestone, name="new_milestone"),
    path("<uuid:pk>/milestones/<uuid:milestone_pk>/edit/", views.edit_one_milestone, name="edit_milestone"),
    path(
        "<uuid:pk>/milestones/<uuid:milestone_pk>/delete/",
        views.delete_one_milestone,
        name="delete_milestone",
    ),
    path(
        "<uuid:pk>/milestones/<uuid:milestone_pk>/restore/",
        views.restore_one_milestone,
        name="restore_milestone",
    ),
    path("<uuid:pk>/milestones/<uuid:milestone_pk>/reached/", views.reach, name="reach_milestone"),
    path("<uuid:pk>/tasks/new/", views.new_task, name="new_task"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/", pages.task, name="task"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/edit/", views.edit_one_task, name="edit_task"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/state/", views.task_state, name="task_state"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/comments/", views.task_comment, name="task_comment"),
]
