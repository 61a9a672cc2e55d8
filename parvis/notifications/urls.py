"""The team's addresses of inbox and notification preferences."""

from django.urls import path

from parvis.notifications.inbox import views as inbox
from parvis.notifications.views import preferences

app_name = "notifications"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<uuid:pk>/", inbox.inbox, name="item"),
    path("inbox/<uuid:pk>/completion/", inbox.create_completion, name="completion"),
    path("inbox/<uuid:pk>/snooze/", inbox.create_snooze, name="snooze"),
    path("inbox/<uuid:pk>/reopening/", inbox.create_reopening, name="reopening"),
    path("inbox/<uuid:pk>/resending/", inbox.create_resending, name="resending"),
    path("preferences/", preferences, name="preferences"),
]
