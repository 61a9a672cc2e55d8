"""Joining the team: the page behind the link of an invitation."""

from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from parvis.core.clock import now
from parvis.signin.tokens import digest
from parvis.team.actions import accept_invitation, open_invitation
from parvis.team.forms import AcceptanceForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """A form; only sending it uses the invitation up, because scanners open links (RELIABILITY C1).

    Whoever has an account already is not signed in by a link: they sign in as always.
    """
    invitation = open_invitation(digest(secret), now())
    is_known = get_user_model().objects.filter(email=invitation.email).exists()
    first_name, _, last_name = invitation.name.partition(" ")
    form = AcceptanceForm(
        request.POST if request.method == "POST" and not is_known else None,
        initial={"first_name": first_name, "last_name": last_name},
    )
    with override(invitation.workspace.language):
        if request.method == "POST" and (is_known or form.is_valid()):
            names = form.cleaned_data if not is_known else {"first_name": "", "last_name": "", "password": ""}
            member = accept_invitation(invitation, **names, at=now())
            if is_known:
                return redirect("account_login")
            login(request, member.user, backend=BACKEND)
            return redirect("dashboard:home")
        context = {"invitation": invitation, "form": form, "is_known": is_known}
        return render(request, "signin/accept.html", context, status=422 if form.is_bound else 200)
