"""One real Chromium for all browser tests of a process, and what every page in it is looked at for."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.processes import wait_for

PATIENCE = 60_000  # milliseconds
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
UNDER_WAY = (
    "html:has(script[src*='/js/app.']):not([data-bound]), .htmx-request, .htmx-swapping, .htmx-settling"
)
AXE = Path(settings.PROJECT, "node_modules/axe-core/axe.min.js")

# Runs before any page's own scripts, so that nothing is missed.
WATCH_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  if (window.isChecked) return;
  const what = `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`;
  window.policyViolations.push(what);
  console.error(what);
});
"""
RUN_AXE = """async () => {
  // Preloading parses our style sheets again, for a rule that is off, and goes on after the result is there.
  const result = await axe.run({ resultTypes: ["violations"], preload: false });
  // What the policy says about axe arrives later, but in order: after a word about ours it has said all.
  const last = document.createElement("style");
  last.textContent = "last {}";
  await new Promise((done, fail) => {
    last.addEventListener("securitypolicyviolation", (event) => {
      event.stopPropagation();
      done();
    });
    setTimeout(fail, 20000, new Error("The policy of this page allows any style"));
    document.head.append(last);
  });
  last.remove();
  window.isChecked = false;
  const told = (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 300)}`);
  return result.violations.flatMap(told);
}"""
expect.set_options(timeout=PATIENCE)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's browser. One for all: Playwright refuses to start twice in a process."""
    path = os.environ.get("PARVIS_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()  # those that only the loop of Playwright knows; later nobody finds them


def until_served() -> None:
    """A request outlives the page that sent it; the tables are emptied after the last."""
    wait_for(lambda: not any("process_request_thread" in each.name for each in threading.enumerate()), 20)


def settle(page: Page, *, has_scripts: bool = True) -> None:
    """The page is loaded, its scripts are bound, and nothing of htmx is on its way.

    Playwright's "networkidle" takes half a second more each time, and does not know our scripts.
    """
    page.wait_for_load_state("load")
    if has_scripts:
        expect(page.locator(UNDER_WAY)).to_have_count(0)


def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong with the page, one line for each place."""
    page.evaluate("window.isChecked = true")  # axe tries styles of its own, which are not the page's
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    findings: list[str] = page.evaluate(RUN_AXE)
    return findings
