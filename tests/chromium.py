"""One real Chromium for all browser tests of a process; each test opens a profile of its own."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
UNDER_WAY = (
    "html:has(script[src*='/js/app.']):not([data-bound]), .htmx-request, .htmx-swapping, .htmx-settling"
)
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's browser. One for all: Playwright refuses to start twice in a process."""
    path = os.environ.get("PARVIS_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def settle(page: Page, *, has_scripts: bool = True) -> None:
    """The page is loaded, its scripts are bound, and nothing of htmx is on its way.

    Playwright's "networkidle" takes half a second more each time, and does not know our scripts.
    """
    page.wait_for_load_state("load")
    if has_scripts:
        expect(page.locator(UNDER_WAY)).to_have_count(0)
