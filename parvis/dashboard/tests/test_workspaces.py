"""An account in no team, in one, in several (ARCHITECTURE 4)."""

import pytest
from django.urls import reverse

from parvis.core.clock import now
from parvis.team.models import Member
from tests.factories import make_member, make_workspace


@pytest.fixture
def both(agency):
    """Olga of Studio Nord, who is in Studio Sud as well."""
    sud = make_member(make_workspace("Studio Sud"), "Olivia Petit")
    Member.objects.filter(pk=sud.pk).update(user=agency.olga.user, joined_at=now())
    return Member.objects.get(pk=sud.pk)


def test_an_account_without_a_team_is_told_so_and_can_sign_out(agency, sign_in):
    """It went from the sign-in page to the start and back for ever."""
    browser = sign_in(agency.alex)
    Member.objects.filter(pk=agency.alex.pk).update(disabled_at=now())
    page = browser.get("/", follow=True)
    assert page.status_code == 403
    assert "this account is in no team" in page.text
    assert f'action="{reverse("account_logout")}"' in page.text
    assert browser.get(reverse("account_login"), follow=True).status_code == 403
    assert browser.post(reverse("account_logout"), follow=True).status_code == 200


def test_a_stranger_still_comes_to_the_sign_in_page(client):
    page = client.get("/clients/", follow=True)
    assert page.redirect_chain[-1][0] == "/account/login/?next=%2Fclients%2F"


def test_an_account_in_two_workspaces_reaches_both(agency, both, sign_in):
    browser = sign_in(agency.olga)
    assert "Switch to Studio Sud" in browser.get("/").text
    page = browser.post(reverse("switch_workspace"), {"member": both.pk}, follow=True)
    assert page.wsgi_request.member == both
    assert "Switch to Studio Nord" in page.text
    Member.objects.filter(pk=both.pk).update(disabled_at=now())
    assert browser.get("/").wsgi_request.member == agency.olga


def test_nobody_switches_to_a_place_that_is_not_theirs(agency, both, sign_in):
    browser = sign_in(agency.alex)
    assert "Switch to" not in browser.get("/").text
    assert browser.post(reverse("switch_workspace"), {"member": both.pk}).status_code == 404
    assert browser.post(reverse("switch_workspace"), {"member": "x"}).status_code == 404
