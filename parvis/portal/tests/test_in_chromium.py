"""The client's main job in a real browser: by finger, by keyboard and without scripts."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from parvis.clients.actions.grants import issue_token
from parvis.core.clock import now
from parvis.deliverables.models import Decision, Deliverable, DeliverableState, Purpose, Remark
from parvis.files.due import make_waiting_previews
from tests.chromium import PATIENCE, WATCH_POLICY, axe_findings, settle, until_served
from tests.factories import make_draft, publish
from tests.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [(1360, 850, "light"), (390, 844, "dark")]


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable, at=now(), note="Shorter headline.")
    publish(make_draft(agency.website, "Sitemap", purpose=Purpose.INFORMATION), at=now())
    make_waiting_previews(now())
    return deliverable


@pytest.fixture
def link(live_server, agency, homepage):
    """What Sarah finds in her mailbox."""
    with transaction.atomic():
        path = f"/deliverables/{homepage.pk}/"
        secret = issue_token(agency.sarah, agency.acme, purpose="notice", at=now(), next_path=path)
    return f"{live_server.url}/p/studio-nord/in/{secret}/"


@pytest.fixture
def visit(chromium):
    """Opens a browser of this size at an address; ends with the policy unbroken and nothing thrown."""
    contexts, problems = [], []

    def open_page(url, width, height, scheme, *, scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-GB",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")
        context.close()
    until_served()
    assert problems == []


def settled(page):
    """Scripts are loaded and nothing is on its way."""
    settle(page)
    assert page.evaluate("window.policyViolations") == []


@pytest.mark.parametrize(("width", "height", "scheme"), SIZES)
def test_from_the_mail_to_the_receipt(visit, link, homepage, width, height, scheme):
    """K-30, G1-42b, A-36, G1-34d: link, pin by keyboard, remark, approval in the dialog, receipt."""
    page = visit(link, width, height, scheme)
    page.get_by_role("button", name="Open my space").click()
    page.wait_for_url("**/deliverables/**")
    settled(page)
    looked_at = Deliverable.objects.filter(pk=homepage.pk, state=DeliverableState.IN_REVIEW)
    assert wait_for(looked_at.exists)

    page.get_by_role("button", name="Add a remark on the image").focus()
    for key in ("Enter", "ArrowLeft", "ArrowLeft", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#remark-body")).to_be_focused()
    page.keyboard.type("A little darker here.")
    page.locator("#composer").get_by_role("button", name="Send").click()
    expect(page.locator("#remark-1")).to_contain_text("A little darker here.")
    expect(page.locator(".pins a")).to_have_count(1)
    expect(page.locator("#remark-body")).to_have_value("")
    row = Remark.objects.get()
    assert (float(row.x), float(row.y)) == (48.0, 60.0)

    page.locator("#decision .filled").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("on behalf of Acme Corp.")
    dialog.get_by_label("A note").fill("Lovely.")
    settled(page)
    assert check(page) == []
    dialog.get_by_role("button", name="Approve").click()
    expect(page.locator("#receipt")).to_contain_text("You approved version 1")
    assert Decision.objects.get().note == "Lovely."
    settled(page)


def test_a_phone_gives_the_whole_screen_to_writing(visit, link, homepage):
    """DESIGN 4.2: a dialog of its own, left by Escape with the words kept, sent from where it stands."""
    page = visit(link, 390, 844, "dark")
    page.get_by_role("button", name="Open my space").click()
    page.wait_for_url("**/deliverables/**")
    settled(page)
    button = page.get_by_role("button", name="Write a remark")
    expect(page.locator("#composer")).to_be_hidden()
    button.click()
    sheet = page.get_by_role("dialog", name="Your remark")
    expect(sheet.get_by_label("Your remark", exact=True)).to_be_focused()
    page.keyboard.type("Half a thought")
    assert check(page) == []

    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(button).to_be_focused()
    button.click()
    expect(page.locator("#remark-body")).to_have_value("Half a thought")
    page.locator("#remark-body").fill("")
    sheet.get_by_role("button", name="Send").click()
    expect(sheet).to_contain_text("Write a few words, or add a file.")
    page.locator("#remark-body").fill("A whole one.")
    sheet.get_by_role("button", name="Send").click()
    expect(page.locator("#remark-1")).to_contain_text("A whole one.")
    expect(sheet).to_have_count(0)
    settled(page)


def test_an_answer_and_settling_without_leaving_the_page(visit, link, homepage):
    """G1-15, G1-18: the thread is swapped, the words typed elsewhere stay."""
    page = visit(link, 1360, 850, "light")
    page.get_by_role("button", name="Open my space").click()
    page.wait_for_url("**/deliverables/**")
    settled(page)
    page.locator("#remark-body").fill("First.")
    page.locator("#composer").get_by_role("button", name="Send").click()
    expect(page.locator("#remark-1")).to_be_visible()
    page.locator("#remark-body").fill("Half a thought")

    page.locator("#remark-1 summary", has_text="Reply").click()
    page.locator("#reply-1").fill("And an answer.")
    page.locator("#remark-1").get_by_role("button", name="Send").click()
    expect(page.locator("#remark-1")).to_contain_text("And an answer.")
    expect(page.locator("#remark-body")).to_have_value("Half a thought")
    page.get_by_role("button", name=re.compile("Mark as settled")).click()
    expect(page.locator(".segments")).to_contain_text("Settled 1")
    settled(page)


def test_the_whole_job_works_without_scripts(visit, link, homepage):
    """DESIGN 1.7."""
    page = visit(link, 390, 844, "light", scripts=False)
    page.get_by_role("button", name="Open my space").click()
    page.locator("#remark-body").fill("A little darker.")
    page.locator("#composer").get_by_role("button", name="Send").click()
    page.wait_for_url("**#remark-1")
    page.locator("#decision .button", has_text="Changes").click()
    page.get_by_label("What should change?").fill("Darker.")
    page.get_by_role("button", name="Ask for changes").click()
    expect(page.locator("#receipt")).to_contain_text("You asked for changes to version 1")


@pytest.mark.parametrize(("width", "height", "scheme"), [*SIZES, (320, 640, "light")])
def test_every_page_is_open_to_everybody(visit, link, homepage, width, height, scheme):
    """DESIGN 7: axe finds nothing, and nothing scrolls sideways, down to 320 px."""
    page = visit(link, width, height, scheme)
    inside = page.url.split("/in/")[0]
    found = [check(page)]
    page.get_by_role("button", name="Open my space").click()
    page.wait_for_url("**/deliverables/**")
    settled(page)
    paths = (
        "/",
        f"/deliverables/{homepage.pk}/",
        f"/deliverables/{homepage.pk}/decisions/new/?verdict=rejected",
        f"/projects/{homepage.project_id}/",
        "/projects/",
        "/documents/",
        "/documents/new/",
        "/messages/",
        "/messages/new/",
        "/activity/",
        "/preferences/",
    )
    for path in paths:
        page.goto(inside + path)
        settled(page)
        found.append(check(page))
    assert [problem for problems in found for problem in problems] == []


def check(page):
    """What axe and the measure find on this page."""
    problems = axe_findings(page)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        problems.append("scrolls sideways")
    return [f"{page.url}: {problem}" for problem in problems]
