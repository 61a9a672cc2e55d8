"""The ways in that are not the first one: another device, an old link, an observer, a member who looks."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from parvis.access import ContactRole
from parvis.clients.actions.grants import issue_token
from parvis.clients.models import ContactDevice
from parvis.core.clock import now
from parvis.deliverables.models import DeliverableState
from tests.factories import make_contact, make_draft, publish
from tests.journeys import scenes
from tests.journeys.visitors import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def homepage(agency, post):
    """A version with Sarah and Mark, its mails delivered."""
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable, at=now())
    post.work()
    return deliverable


def link_for(contact, client, address, *, at, path="/"):
    """A link as a mail sent at that moment would carry it."""
    with transaction.atomic():
        secret = issue_token(contact, client, purpose="notice", at=at, next_path=path)
    return f"{address}/p/{client.workspace.slug}/in/{secret}/"


def test_the_same_link_on_another_device(speaking, homepage, post, visit):
    """X-08, K-33, C4: the second device gets a link of its own, by mail to the original address."""
    agency = speaking("fr")
    link = post.newest_to(agency.sarah).links[0]
    scenes.enter(visit("fr", PHONE), link)
    desk = visit("fr", DESKTOP)
    desk.go(link)
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk.word("Is this a new device?"))
    assert desk.page.get_by_role("button", name=desk.word("Open my space")).count() == 0
    desk.press("Send me the access link")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk.word("Check your mailbox"))
    desk.look()
    post.work()
    assert len(post.all_to(agency.mark)) == 1

    desk.go(next(link for link in post.newest_to(agency.sarah).links if "/in/" in link))
    desk.press("Open my space")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Homepage")
    assert ContactDevice.objects.filter(contact=agency.sarah).count() == 2


def test_a_link_of_last_month(speaking, post, visit, live_server):
    """K-35: it says so, and helps itself."""
    agency = speaking("es")
    sarah = visit("es", PHONE, scheme="dark")
    sarah.go(link_for(agency.sarah, agency.acme, live_server.url, at=now() - timedelta(days=31)))
    expect(sarah.page.get_by_role("heading", level=1)).to_have_text(sarah.word("This link is no longer open"))
    assert sarah.page.get_by_role("button", name=sarah.word("Open my space")).count() == 0
    sarah.press("Send me the access link")
    post.work()
    sarah.go(next(link for link in post.newest_to(agency.sarah).links if "/in/" in link))
    sarah.press("Open my space")
    expect(sarah.page.get_by_role("heading", level=1)).to_contain_text("Sarah")


def test_an_observer_reads_and_is_asked_nothing(speaking, homepage, visit, live_server):
    """A-31: no decision, no composer, nothing waiting."""
    agency = speaking("en")
    nora = make_contact(agency.acme, "Nora Blum", role=ContactRole.OBSERVER)
    path = f"/deliverables/{homepage.pk}/"
    guest = visit("en", PHONE)
    scenes.enter(guest, link_for(nora, agency.acme, live_server.url, at=now(), path=path))
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Homepage")
    assert guest.page.locator("#decision .decision-actions").count() == 0
    assert guest.page.locator("#composer, [data-pin-add]").count() == 0
    guest.go(f"{live_server.url}/p/studio-nord/")
    assert guest.page.locator(".todo-card").count() == 0


def test_a_member_sees_the_portal_as_sarah_does(speaking, homepage, visit, live_server):
    """A-11: marked, read-only, and over with one press."""
    agency = speaking("pt")
    olga = visit("pt", DESKTOP)
    scenes.sign_in(olga, agency.olga, live_server.url)
    olga.go(f"{live_server.url}/clients/{agency.acme.pk}/contacts/")
    row = olga.page.locator("li", has_text="sarah-lopez@")
    row.locator("details.menu > summary").click()
    olga.press("View as %(name)s", within=row, name="Sarah Lopez")
    olga.press("Start the preview")
    banner = olga.page.locator(".preview-banner")
    expect(banner).to_contain_text("Sarah Lopez")
    olga.look()
    olga.page.locator(".todo-card").get_by_role("link", name="Homepage").click()
    expect(banner).to_be_visible()
    olga.look()
    olga.page.wait_for_timeout(1500)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.PENDING
    olga.press("End the preview", role="link")
    expect(banner).to_have_count(0)
    olga.go(f"{live_server.url}/p/studio-nord/")
    assert "/sign-in/" in olga.page.url
