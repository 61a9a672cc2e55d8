"""Ways into a team: the sign-in page, the link of an invitation, another workspace of one's own."""

from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from parvis.core.clock import now
from parvis.signin.middleware import MEMBER_KEY
from parvis.signin.requests import AgencyRequest, ArrivingRequest
from parvis.signin.tokens import digest
from parvis.team.actions import accept_invitation, join_workspace, open_invitation
from parvis.team.forms import AcceptanceForm
from parvis.team.models import MemberInvitation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
def sign_in(request: ArrivingRequest) -> HttpResponseBase:
    """The wall sends strangers here; an account that is in no team would go round in circles."""
    if request.user.is_authenticated and request.member is None:
        with override(request.user.language):
            return render(request, "signin/no_access.html", status=403)
    return RedirectView.as_view(pattern_name="account_login", query_string=True)(request)


@require_POST
def switch_workspace(request: AgencyRequest) -> HttpResponse:
    """Work in another workspace the account is a member of (ARCHITECTURE 4)."""
    wanted = request.POST.get("member", "")
    if wanted not in {str(member.pk) for member in request.memberships}:
        raise Http404
    request.session[MEMBER_KEY] = wanted
    return redirect("dashboard:home")


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
