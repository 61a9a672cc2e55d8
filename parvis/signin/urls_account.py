"""One's own account: of allauth's pages those we mean to have, one by one.

Its page of addresses is not among them: it would make an address nobody has proved the one to sign in with,
and an invitation to that address would be a stranger's to accept.
"""

from allauth.account import views
from django.urls import include, path, re_path

from parvis.signin.views import switch_workspace

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("workspace/", switch_workspace, name="switch_workspace"),
    path("2fa/", include("allauth.mfa.urls")),
]
