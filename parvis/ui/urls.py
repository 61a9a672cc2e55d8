"""Addresses of the components page; config includes them where DEBUG or DEMO is on."""

from django.urls import path

from parvis.ui import views

app_name = "ui"

urlpatterns = [path("", views.showcase, name="showcase")]
