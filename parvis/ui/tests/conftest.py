"""A real Chromium over the components page; any violation of the content policy fails the test."""

import pytest

from tests.chromium import PATIENCE, WATCH_POLICY, settle, until_served


def is_problem(said, may_refuse) -> bool:
    """Errors on the console; the policy's own are counted by the watcher, which can be switched off."""
    if may_refuse and "Failed to load resource" in said.text:
        return False
    return said.type == "error" and "Content Security Policy" not in said.text


@pytest.fixture
def showcase(settings):
    """Serves `/ui/` with plain static files."""
    settings.ROOT_URLCONF = "parvis.ui.tests.urls"
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def visit(chromium, showcase, live_server):
    """Opens a page of the showcase: `visit("?screen=home", width=390)`; ends with the policy unbroken."""
    context = chromium.new_context(locale="fr-FR", reduced_motion="reduce")
    context.add_init_script(WATCH_POLICY)
    context.set_default_timeout(PATIENCE)
    pages, problems = [], []

    def open_page(query="", *, width=1360, height=900, scripts=True, may_refuse=False):
        page = context.new_page() if scripts else scriptless.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if is_problem(said, may_refuse) else None)
        page.goto(f"{live_server.url}/ui/{query}{'&' if query else '?'}language=fr")
        settle(page, has_scripts=scripts)
        pages.append(page)
        return page

    scriptless = chromium.new_context(locale="fr-FR", java_script_enabled=False)
    yield open_page
    for page in pages:
        if page.context is context:
            problems += page.evaluate("window.policyViolations")
        page.goto("about:blank")
    context.close()
    scriptless.close()
    until_served()
    assert problems == []
