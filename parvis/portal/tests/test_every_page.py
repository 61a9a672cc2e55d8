"""Every page answers, says what it is, and keeps the policy."""

import re

import pytest

from parvis.core.clock import now
from parvis.documents.actions import add_document, folders_of
from parvis.projects.actions import open_discussion
from tests.factories import make_draft, make_file, publish, staff_of


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable, at=now(), note="Shorter headline.")
    return deliverable


@pytest.fixture
def brief(agency):
    staff = staff_of(agency.workspace)
    return add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title="Brief",
        file=make_file(agency.workspace, "brief.png"),
        actor=staff,
        at=now(),
    )


@pytest.fixture
def launch(agency):
    return open_discussion(
        agency.website, title="Launch", body="When?", actor=staff_of(agency.workspace), at=now()
    )


def pages(homepage, brief, launch):
    return [
        "/",
        f"/deliverables/{homepage.pk}/",
        f"/deliverables/{homepage.pk}/?show=settled",
        f"/deliverables/{homepage.pk}/decisions/new/?verdict=approved",
        f"/deliverables/{homepage.pk}/decisions/new/?verdict=rejected",
        f"/projects/{homepage.project_id}/",
        "/projects/",
        "/documents/",
        "/documents/?q=brief&folder=briefs",
        "/documents/new/",
        f"/documents/{brief.pk}/",
        "/messages/",
        "/messages/new/",
        f"/messages/{launch.pk}/",
        "/activity/",
        "/preferences/",
    ]


def test_every_page_answers_with_a_title_and_without_inline_anything(sarahs, homepage, brief, launch):
    for path in pages(homepage, brief, launch):
        response = sarahs.get(path)
        text = response.content.decode()
        assert response.status_code == 200, path
        assert re.search(r"<title>[^<]+, Studio Nord</title>", text), path
        assert " style=" not in text and "<style" not in text and " onclick" not in text, path
        assert "hx-on" not in text and "js:" not in text, path
        assert text.count("<h1") == 1, path


def test_visitors_without_a_device_are_sent_to_the_way_in(browser, homepage, brief, launch):
    for path in pages(homepage, brief, launch):
        response = browser.get(path)
        assert response.status_code == 302, path
        assert response.headers["Location"].startswith("/p/studio-nord/sign-in/"), path


def test_an_unknown_portal_is_not_there(client, db):
    assert client.get("/p/nobody/").status_code == 404


def test_other_peoples_things_are_not_there(bos, homepage, brief, launch):
    for path in pages(homepage, brief, launch):
        if str(homepage.pk) in path or str(brief.pk) in path or str(launch.pk) in path:
            assert bos.get(path).status_code == 404, path
