"""Addresses of the settings."""

from django.urls import path

from parvis.dashboard.views import settings

app_name = "settings"

urlpatterns = [
    path("", settings.settings, name="settings"),
    path("workspace/", settings.workspace, name="workspace"),
    path("look/", settings.look, name="look"),
    path("look/preview/", settings.preview, name="look_preview"),
    path("look/logo/<uuid:pk>/", settings.logo, name="logo"),
    path("calendar/", settings.calendar, name="calendar"),
    path("people/", settings.people, name="people"),
    path("people/invitations/new/", settings.new_invitation, name="new_invitation"),
    path("people/invitations/<uuid:pk>/", settings.invitation, name="invitation"),
    path("people/<uuid:pk>/role/", settings.member_role, name="member_role"),
    path("people/<uuid:pk>/close/", settings.close_member_access, name="close_member_access"),
    path("people/<uuid:pk>/reopen/", settings.open_member_access, name="open_member_access"),
    path("mail/", settings.mail, name="mail"),
    path("mail/<uuid:pk>/resending/", settings.resend, name="resend"),
    path("profile/", settings.profile, name="profile"),
    path("security/", settings.security, name="security"),
    path("tokens/", settings.tokens, name="tokens"),
    path("tokens/<uuid:pk>/revoke/", settings.revoke_token, name="revoke_token"),
]
