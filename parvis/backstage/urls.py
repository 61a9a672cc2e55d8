"""Where the internal stream is written to."""

from django.urls import path

from parvis.backstage import views

app_name = "backstage"

urlpatterns = [path("comments/", views.comments, name="comments")]
