"""The scripts, in Chromium: pins, drafts, menus, dialogs, the compare slider, and the pages without them."""

import re

import pytest
from playwright.sync_api import expect

from tests.chromium import settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REVIEW = "?surface=portal&screen=review"


def anchor(page):
    return page.evaluate(
        "['anchor_page', 'anchor_x', 'anchor_y'].map((name) => document.forms.composer.elements[name].value)"
    )


def test_a_touch_on_the_image_marks_the_place_and_opens_the_composer(visit):
    page = visit(REVIEW)

    box = page.locator(".pin-frame > img").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5)

    expect(page.locator("#remark")).to_be_focused()
    number, x, y = anchor(page)
    assert number == "1"
    assert abs(float(x) - 25) < 0.5
    assert abs(float(y) - 50) < 0.5
    expect(page.locator("[data-anchor-note]")).to_be_visible()


def test_a_pin_is_placed_by_keyboard_and_its_position_is_told(visit):
    page = visit(REVIEW)

    page.locator("[data-pin-add]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-pin-status]")).to_contain_text(re.compile("51.*60"))
    page.keyboard.press("Enter")

    expect(page.locator("#remark")).to_be_focused()
    assert anchor(page) == ["1", "51.00", "60.00"]


def test_escape_takes_the_mark_away(visit):
    page = visit(REVIEW)

    page.locator("[data-pin-add]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pin-draft")).to_have_count(1)
    page.keyboard.press("Escape")

    expect(page.locator(".pin-draft")).to_have_count(0)
    assert anchor(page) == ["", "", ""]


def test_a_pin_leads_to_its_card_and_the_card_lights_its_pin(visit):
    page = visit(REVIEW)

    page.locator(".pins a").nth(1).click()
    expect(page.locator("#remark-2")).to_be_focused()

    page.locator("#remark-1").hover()
    expect(page.locator(".pins a").nth(0)).to_contain_class("current")


def test_what_was_typed_is_there_after_the_page_was_left(visit):
    page = visit(REVIEW)
    page.locator("#remark").fill("Une phrase plus courte")

    page.reload()

    expect(page.locator("#remark")).to_have_value("Une phrase plus courte")


def test_a_draft_goes_once_its_form_succeeded(visit):
    page = visit(REVIEW)
    page.locator("#remark").fill("Envoyée")
    page.get_by_role("button", name="Envoyer").click()
    settle(page)

    page.goto(page.url.split("?")[0] + REVIEW)
    settle(page)

    expect(page.locator("#remark")).to_have_value("")


def test_typing_an_at_sign_offers_names(visit):
    page = visit(REVIEW)

    page.locator("#remark").press_sequentially("Merci @lé")
    offered = page.get_by_role("listbox", name="Personnes").get_by_role("option")
    offered.wait_for()
    field = page.locator("#remark")
    expect(field).to_have_attribute("aria-controls", "mention-list")
    expect(field).to_have_attribute("aria-activedescendant", offered.get_attribute("id"))
    page.keyboard.press("Enter")

    expect(field).to_have_value("Merci @lea-martin ")
    expect(field).not_to_have_attribute("aria-controls", "mention-list")


def test_a_menu_closes_on_escape_and_gives_focus_back(visit):
    page = visit()

    opener = page.locator("summary", has_text="Actions")
    opener.click()
    expect(page.locator(".menu-list", has_text="Relancer")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator(".menu-list", has_text="Relancer")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_dialog_opens_and_its_close_button_closes_it(visit):
    page = visit()

    page.get_by_role("link", name="Ouvrir un dialogue").click()
    page.locator("#sample-dialog").get_by_role("button", name="Annuler").click()

    expect(page.locator("#sample-dialog")).to_be_hidden()


def test_the_compare_slider_works_with_keys(visit):
    page = visit()

    page.locator("[data-compare] input").focus()
    page.keyboard.press("ArrowRight")

    expect(page.locator("[data-compare-part]")).to_have_attribute("width", "51%")


def test_without_scripts_nothing_is_offered_that_needs_one(visit):
    page = visit(REVIEW, scripts=False)

    expect(page.locator("#remark")).to_be_visible()
    expect(page.locator("[data-pin-add]")).to_be_hidden()


def test_without_scripts_both_versions_stand_one_after_the_other(visit):
    page = visit(scripts=False)

    expect(page.locator(".compare-plain").nth(0)).to_be_visible()
    expect(page.locator(".compare-plain").nth(1)).to_be_visible()
    assert page.locator(".drop input[type=file]").first.bounding_box()["height"] >= 44


def test_without_scripts_the_phone_menu_opens(visit):
    page = visit("?surface=agency&screen=board", width=390, scripts=False)

    page.locator(".phone-menu > summary").click()

    expect(page.locator(".phone-menu .side-links a").first).to_be_visible()
