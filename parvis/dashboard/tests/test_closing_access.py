"""Closing a member's way in ends what could reopen it (A5 of RELIABILITY)."""

from django.contrib.sessions.models import Session
from django.urls import reverse

from parvis.access import Role
from parvis.core.clock import now
from parvis.signin.api_tokens import Scope, find_api_token, issue_api_token
from parvis.team.actions import disable_member, enable_member
from tests.factories import make_member

HOME = "/"


def test_old_sessions_and_tokens_stay_dead_when_somebody_is_let_in_again(agency, acting, sign_in):
    olga, alex = sign_in(agency.olga), sign_in(agency.alex)
    raws = [
        issue_api_token(member, label="t", scopes=[Scope.READ], at=now(), expires_at=None)[1]
        for member in (agency.alex, agency.olga)
    ]
    disable_member(agency.alex, actor=acting(agency.olga), at=now())
    enable_member(agency.alex, actor=acting(agency.olga), at=now())

    assert alex.get(HOME).status_code == 302
    assert find_api_token(raws[0], at=now()) is None
    assert olga.get(HOME).status_code == 200
    assert find_api_token(raws[1], at=now()) is not None
    assert sign_in(agency.alex).get(HOME).status_code == 200


def test_whoever_closes_their_own_way_in_is_signed_out(agency, sign_in):
    ada = make_member(agency.workspace, "Ada Min", role=Role.ADMIN)
    answer = sign_in(ada).post(reverse("settings:close_member_access", args=[ada.pk]))
    assert answer.headers["Location"] == reverse("sign_in")
    assert not Session.objects.exists()
