"""Who is nobody any more while writing: the words are given back beside the way in."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from parvis.clients.models import ContactDevice
from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from tests.clients import PortalBrowser
from tests.factories import make_draft, publish


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    publish(deliverable, at=now())
    return deliverable


def test_a_contact_whose_device_was_taken_out_gets_the_remark_back(agency, homepage):
    browser = PortalBrowser(agency.workspace).enter(agency.sarah, agency.acme)
    ContactDevice.objects.update(revoked_at=now())
    words = {"body": "The headline <is> too long.", "version": str(homepage.current_version_id)}

    answer = browser.post(f"/deliverables/{homepage.pk}/remarks/", words)

    assert answer.status_code == 401
    assert "The headline &lt;is&gt; too long.</textarea>" in answer.text
    assert f'href="/p/{agency.workspace.slug}/sign-in/' in answer.text
    assert not ClientComment.objects.exists()


def test_a_member_comes_back_to_the_page_of_the_form(agency):
    url = reverse("projects:new_discussion", args=[agency.website.pk])
    words = {"title": "Photos", "body": "Which ones?"}
    answer = Browser().post(url, words, headers={"Referer": f"http://testserver{url}"})
    assert answer.status_code == 401
    assert "Photos\n\nWhich ones?</textarea>" in answer.text
    assert f"/sign-in/?next={url}" in answer.text


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/trap/"])
def test_without_words_the_way_leads_to_a_page_and_never_elsewhere(agency, referer):
    url = reverse("clients:delete", args=[agency.acme.pk])
    answer = Browser().post(url, headers={"Referer": referer})
    assert answer.status_code == 302
    assert answer["Location"].endswith("/sign-in/?next=/")


def test_a_password_is_never_given_back(agency):
    url = reverse("settings:workspace")
    assert "secret-words" not in Browser().post(url, {"body": "x", "password": "secret-words"}).text


def test_htmx_leaves_the_form_as_it_is_and_says_why(agency, homepage):
    answer = PortalBrowser(agency.workspace).post(
        f"/deliverables/{homepage.pk}/remarks/", {"body": "Hm."}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer["HX-Retarget"]) == (401, "#notices")
    assert "Your access ended" in answer.text
