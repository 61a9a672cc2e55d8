"""What the team does all day, by keyboard and on a phone: jump, call on a colleague, take over a list."""

import pytest
from playwright.sync_api import expect

from parvis.clients.models import Client
from parvis.conversations.models import Mention
from parvis.core.clock import now
from parvis.projects.actions import open_discussion
from tests.journeys import scenes
from tests.journeys.visitors import DESKTOP, NARROWEST, PHONE
from tests.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_palette_leads_to_anything_by_keyboard(agency, speaking, visit, live_server):
    """DESIGN 5: Ctrl+K from anywhere, arrows and Enter, Escape gives the focus back."""
    speaking("es")
    olga = visit("es", DESKTOP)
    scenes.sign_in(olga, agency.olga, live_server.url)
    olga.go(f"{live_server.url}/clients/")
    field = olga.page.locator(".view-bar input[name=q]")
    field.focus()
    olga.page.keyboard.press("Control+k")
    palette = olga.page.get_by_role("dialog")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    expect(palette.get_by_role("link", name="Acme Corp")).to_be_visible()
    olga.look()
    olga.page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    expect(field).to_be_focused()

    olga.page.keyboard.press("Control+k")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    olga.page.keyboard.type("boreal")
    expect(palette.locator('[data-found="boreal"]')).to_be_attached()  # not the answer to fewer letters
    expect(palette.get_by_role("link")).to_have_count(2)  # the client, and Bo by his address
    olga.page.keyboard.press("ArrowDown")
    expect(palette.get_by_role("link", name="Borealis", exact=True)).to_be_focused()
    olga.page.keyboard.press("ArrowUp")
    olga.page.keyboard.press("Enter")
    olga.page.wait_for_url(f"**/clients/{agency.borealis.pk}/")


def test_a_colleague_is_called_on_by_name(agency, speaking, visit, live_server):
    """G1-16: names are offered while one types @, and taken by keyboard."""
    speaking("pt")
    olga = visit("pt", DESKTOP)
    scenes.sign_in(olga, agency.olga, live_server.url)
    olga.go(f"{live_server.url}/projects/{agency.website.pk}/discussions/new/")
    olga.page.locator("input[name=title]").fill("Fotos")
    olga.page.locator("textarea[name=body]").fill("Bom dia")
    olga.page.locator("main form button.filled").click()
    olga.settle()
    expect(olga.page.locator("#client-message")).to_be_visible()
    with olga.page.expect_response("**/people/?with=client"):
        olga.page.locator("#client-message").focus()
    olga.settle()
    olga.page.keyboard.type("Olá @mar")
    expect(olga.page.get_by_role("option", name="Mark Weber")).to_be_visible()
    olga.look()
    olga.page.keyboard.press("Enter")
    olga.page.locator("#client form button.filled").click()
    olga.settle()
    assert wait_for(Mention.objects.exists)
    assert Mention.objects.get().contact == agency.mark


def test_a_list_is_taken_over_on_a_phone(agency, speaking, visit, live_server):
    """DESIGN 8; the parts of a record are a menu there."""
    speaking("fr")
    olga = visit("fr", PHONE)
    scenes.sign_in(olga, agency.olga, live_server.url)
    olga.go(f"{live_server.url}/clients/")
    olga.press("Import", role="link")
    olga.page.locator("textarea[name=text]").fill(
        "Nova Labs; Nora Berg; nora@nova.test; Décisionnaire; fr\nSolo"
    )
    olga.press("Check the list")
    olga.look()
    olga.press("Add them")
    expect(olga.page.get_by_role("link", name="Nova Labs")).to_be_visible()
    nova = Client.objects.get(name="Nova Labs")
    olga.go(f"{live_server.url}/clients/{nova.pk}/")
    olga.page.locator(".tabs summary").click()
    olga.look()
    olga.page.locator(".tabs").get_by_role("link", name=olga.word("Portal")).click()
    olga.page.wait_for_url("**/portal/")


def test_a_figure_leads_to_the_messages_and_they_to_the_answer(agency, acting, speaking, visit, live_server):
    """G2-04e, on the smallest screen."""
    speaking("es")
    sarah = acting(agency.sarah)
    open_discussion(agency.website, title="Colours", body="Warmer, please.", actor=sarah, at=now())
    olga = visit("es", NARROWEST)
    scenes.sign_in(olga, agency.olga, live_server.url)
    olga.page.locator('a.figure[href="/messages/"]').click()
    olga.look()
    olga.page.get_by_role("link", name="Colours").click()
    expect(olga.page.get_by_text("Warmer, please.")).to_be_visible()


def test_a_menu_opens_within_the_smallest_screen(agency, speaking, visit, live_server):
    """DESIGN 1.7: the menu of a bar with a button beside it is not cut off."""
    speaking("pt")
    olga = visit("pt", NARROWEST)
    scenes.sign_in(olga, agency.olga, live_server.url)
    for path in (f"projects/{agency.website.pk}/", f"clients/{agency.acme.pk}/"):
        olga.page.goto(f"{live_server.url}/{path}")
        olga.settle()
        for menu in olga.page.locator(".page-bar-actions .menu").all():
            menu.locator("summary").click()
            expect(menu.locator(".menu-list")).to_be_visible()
            box = menu.locator(".menu-list").bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= NARROWEST[0], path
            olga.page.keyboard.press("Escape")
            expect(menu.locator(".menu-list")).to_be_hidden()
