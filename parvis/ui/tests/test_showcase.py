"""The components page, in Chromium: accessible, within the policy, without sideways scroll (DESIGN 3, 7)."""

import pytest
from playwright.sync_api import expect

from parvis.ui.views import SCREENS
from tests.chromium import axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALL = [(surface, screen) for surface, screens in SCREENS.items() for screen in screens]


@pytest.mark.full  # every real page is looked at in the fast tier
@pytest.mark.parametrize(("surface", "screen"), ALL)
def test_no_accessibility_violation_in_both_schemes_and_on_a_phone(visit, surface, screen):
    page = visit(f"?surface={surface}&screen={screen}&theme=light")
    assert axe_findings(page) == []

    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert axe_findings(page) == []

    page.set_viewport_size({"width": 390, "height": 844})
    assert axe_findings(page) == []


@pytest.mark.parametrize(("surface", "screen"), ALL)
def test_no_sideways_scroll(visit, surface, screen):
    page = visit(f"?surface={surface}&screen={screen}", width=390, height=844)

    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("surface", ["portal", "agency"])
def test_a_version_fills_the_screen_and_no_more(visit, surface):
    page = visit(f"?surface={surface}&screen=review", width=1360, height=500)

    assert page.evaluate("document.documentElement.scrollHeight") <= 500


def test_no_accessibility_violation_with_a_dialog_open(visit):
    page = visit("?surface=portal")

    page.get_by_role("link", name="Ouvrir un dialogue").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe_findings(page) == []


@pytest.mark.parametrize(("surface", "least"), [("portal", 44), ("agency", 24)])
def test_targets_are_large_enough_for_a_finger_or_a_mouse(visit, surface, least):
    page = visit(f"?surface={surface}", width=390 if surface == "portal" else 1360)

    small = page.evaluate(
        """(least) =>
          [...document.querySelectorAll(".button, .portal-nav a, .portal-tabs a, .side-links a, .tabs a")]
            .filter((element) => element.checkVisibility())
            .map((element) => [element.textContent.trim(), element.getBoundingClientRect().height])
            .filter(([, height]) => height < least)""",
        least,
    )

    assert small == []


def test_tab_begins_with_the_skip_link_and_every_stop_shows_its_focus(visit):
    page = visit("?surface=portal&screen=home")
    seen = []

    for _ in range(16):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return [e.textContent.trim().slice(0, 30), s.outlineStyle, s.outlineWidth]; }"
            )
        )

    assert "Skip to the content" in seen[0][0] or "Aller au contenu" in seen[0][0]
    assert [stop for stop in seen if stop[1:] != ["solid", "2px"]] == []
