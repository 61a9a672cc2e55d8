"""Whoever has an account joins another team with it, and nobody in their place (A5 of RELIABILITY)."""

import pytest
from django.urls import NoReverseMatch, reverse

from parvis.access import Role
from parvis.signin.tokens import digest
from parvis.team.actions import accept_invitation, invite_member, join_workspace
from parvis.team.errors import AccountExists
from parvis.team.models import Member
from tests.factories import SUNDAY, make_member, make_workspace

PAGE = "/invitations/secret/"


@pytest.fixture
def eve(agency, acting):
    """Eve owns Studio Sud; Olga has invited her to Studio Nord."""
    eve = make_member(make_workspace("Studio Sud"), "Eve Stone")
    eve.invitation = invite_member(
        workspace_id=agency.workspace.pk,
        email=eve.user.email,
        name="Eve",
        role=Role.MEMBER,
        actor=acting(agency.olga),
        at=SUNDAY,
    )
    eve.invitation.digest = digest("secret")
    eve.invitation.expires_at = eve.invitation.expires_at.replace(year=2099)
    eve.invitation.save()
    return eve


def places_of(member):
    return Member.objects.filter(user=member.user).count()


def test_a_link_alone_joins_no_account_that_exists(eve, client):
    """Neither signed in by it, nor joined to anything: first they prove that the account is theirs."""
    assert f'href="{reverse("account_login")}?next={PAGE}"' in client.get(PAGE).text
    answer = client.post(PAGE)
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={PAGE}"
    assert places_of(eve) == 1


def test_another_account_cannot_join_with_the_link(agency, eve, sign_in):
    browser = sign_in(agency.alex)
    page = browser.get(PAGE).text
    assert "Join the team" not in page
    assert f"You are signed in as {agency.alex.user.email}." in page
    browser.post(PAGE)
    assert places_of(eve) == 1
    with pytest.raises(AccountExists):
        join_workspace(eve.invitation, user=agency.alex.user, at=SUNDAY)
    with pytest.raises(AccountExists):
        accept_invitation(eve.invitation, first_name="E", last_name="", password="long enough", at=SUNDAY)


def test_signed_in_they_join_and_find_themselves_there(agency, eve, sign_in):
    browser = sign_in(eve)
    assert "Join the team" in browser.get(PAGE).text
    page = browser.post(PAGE, follow=True)
    assert places_of(eve) == 2
    assert page.wsgi_request.member.workspace == agency.workspace
    assert browser.get(PAGE).status_code == 410


@pytest.mark.parametrize(
    "path", ["email/", "signup/", "confirm-email/", "password/set/", "login/code/confirm/"]
)
def test_no_page_makes_an_unproved_address_one_to_sign_in_with(agency, sign_in, path):
    """An address somebody merely typed would be theirs when another workspace invites it."""
    browser = sign_in(agency.alex)
    answer = browser.post(f"/account/{path}", {"email": "victim@sud.test", "action_add": ""})
    assert answer.status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_email")
