"""Where the link of an invitation into the team leads."""

from django.urls import path

from parvis.signin import views

app_name = "team"

urlpatterns = [path("<str:secret>/", views.accept, name="accept")]
