"""Addresses in the foot of mails, within a portal; included by `config/urls_portal.py`."""

from django.urls import path

from parvis.notifications.contacts.views import unsubscribe

app_name = "contact_notices"
urlpatterns = [path("unsubscribe/<str:signed>/", unsubscribe, name="unsubscribe")]
