"""Joining a team: the page behind the link of an invitation."""

from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from parvis.core.clock import now
from parvis.signin.middleware import MEMBER_KEY
from parvis.signin.requests import ArrivingRequest
from parvis.signin.tokens import digest
from parvis.team.actions import accept_invitation, join_workspace, open_invitation
from parvis.team.forms import AcceptanceForm
from parvis.team.models import MemberInvitation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
def accept(request: ArrivingRequest, secret: str) -> HttpResponse:
    """A form; only sending it uses the invitation up, because scanners open links (RELIABILITY C1).

    Whoever has an account already proves that it is theirs: they sign in as always, then join (A5).
    """
    invitation = open_invitation(digest(secret), now())
    with override(invitation.workspace.language):
        if get_user_model().objects.filter(email=invitation.email).exists():
            return _accept_signed_in(request, invitation)
        first_name, _, last_name = invitation.name.partition(" ")
        form = AcceptanceForm(
            request.POST if request.method == "POST" else None,
            initial={"first_name": first_name, "last_name": last_name},
        )
        if form.is_valid():
            member = accept_invitation(invitation, **form.cleaned_data, at=now())
            login(request, member.user, backend=BACKEND)
            return redirect("dashboard:home")
        context = {"invitation": invitation, "form": form}
        return render(request, "signin/accept.html", context, status=422 if form.is_bound else 200)


def _accept_signed_in(request: ArrivingRequest, invitation: MemberInvitation) -> HttpResponse:
    """Of somebody with an account: a button for them alone; others are shown the way to sign in."""
    is_theirs = request.user.is_authenticated and request.user.email == invitation.email
    if request.method == "POST":
        if not is_theirs:
            return redirect_to_login(request.path, resolve_url("account_login"))
        member = join_workspace(invitation, user=request.user, at=now())
        request.session[MEMBER_KEY] = str(member.pk)
        return redirect("dashboard:home")
    context = {"invitation": invitation, "is_theirs": is_theirs}
    return render(request, "signin/accept_signed_in.html", context)
