"""What the scripts send, in Chromium: files with progress, the word that a page was seen; keys; toasts."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from parvis.ui.tests.urls import received

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOGO = {"name": "logo.png", "mimeType": "image/png", "buffer": b"\x89PNG" * 400}
BRIEF = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"bonjour"}


@pytest.fixture(autouse=True)
def nothing_received():
    received.clear()


@pytest.fixture
def sign_in_on(agency, client, live_server):
    """Somebody known uses the open page from now on; files of strangers are dropped as they come (E8)."""

    def sign_in(page):
        client.force_login(agency.olga.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in


def aim(page, selector, status, **attributes):
    """Point a form of the sample page at an address that answers with `status`."""
    page.evaluate(
        """([selector, action, attributes]) => {
          const form = document.querySelector(selector);
          form.action = action;
          form.method = "post";
          for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
          const field = document.createElement("input");
          field.type = "hidden";
          field.name = "csrfmiddlewaretoken";
          field.value = document.querySelector("meta[name=csrf-token]").content;
          form.append(field);
        }""",
        [selector, f"/received/{status}/", attributes],
    )


def test_files_chosen_go_at_once_each_by_itself_and_the_page_follows(visit, sign_in_on):
    page = visit()
    sign_in_on(page)
    aim(page, "form[data-upload]", 200, **{"data-upload": "at-once"})

    with page.expect_navigation():
        page.set_input_files("form[data-upload] input[type=file]", [LOGO, BRIEF])

    assert [each["files"] for each in received] == [["logo.png"], ["brief.txt"]]
    page.wait_for_url("**/received/200/")


def test_a_refused_file_says_why_and_the_page_stays(visit):
    page = visit(may_refuse=True)
    aim(page, "form[data-upload]", 422, **{"data-upload": "at-once"})

    page.set_input_files("form[data-upload] input[type=file]", [BRIEF])

    expect(page.locator(".upload-list .failed")).to_contain_text("Ce fichier est vide.")
    assert "/ui/" in page.url


def test_a_whole_form_is_sent_with_its_files_when_it_is_sent(visit, sign_in_on):
    page = visit()
    sign_in_on(page)
    aim(page, "form[data-upload]", 200)
    page.evaluate(
        "document.querySelector('form[data-upload]').insertAdjacentHTML('beforeend', '<button>Ok</button>')"
    )

    page.set_input_files("form[data-upload] input[type=file]", [LOGO, BRIEF])
    assert received == []
    with page.expect_navigation():
        page.locator("form[data-upload] button", has_text="Ok").click()

    assert [each["files"] for each in received] == [["logo.png", "brief.txt"]]


def hold_the_clock(page):
    """Time stands still but where the test moves it, or a slow machine adds its own seconds."""
    page.clock.install(time="2030-01-01T09:00:00")
    page.clock.pause_at("2030-01-01T10:00:00")


def test_a_page_that_was_seen_for_a_second_tells_so_once(visit):
    page = visit()
    hold_the_clock(page)

    page.evaluate(
        """() => {
          const mark = document.createElement("span");
          mark.dataset.shownUrl = "/received/200/";
          document.querySelector("main").append(mark);
          document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: mark } }));
        }"""
    )
    tenths = 0
    while not received and tenths < 200:
        page.clock.run_for(100)
        page.wait_for_timeout(50)
        tenths += 1
    assert tenths >= 10
    page.clock.run_for(5000)
    page.wait_for_timeout(300)
    assert len(received) == 1


def test_a_slash_goes_to_the_search_unless_shortcuts_are_off(visit):
    page = visit("?surface=agency&screen=table")

    field = page.locator("input[name=q]:focus")
    page.keyboard.press("/")
    expect(field).to_have_count(1)

    page.evaluate("document.activeElement.blur(); document.body.dataset.shortcuts = 'off'")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    expect(field).to_have_count(0)


def test_a_question_mark_lists_the_keys_and_g_with_a_number_goes_there(visit):
    page = visit("?surface=agency&screen=table")

    hold_the_clock(page)  # the second key is waited for no longer than a moment
    keys = page.get_by_role("dialog")

    page.keyboard.press("?")
    expect(keys).to_contain_text("g 2")
    expect(keys).to_contain_text("Aujourd’hui")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("2")

    page.wait_for_url("**#jour")


def test_a_toast_leaves_by_itself(visit):
    page = visit()
    hold_the_clock(page)

    page.evaluate(
        """() => {
          const toast = document.createElement("div");
          toast.className = "toast";
          toast.dataset.toast = "";
          toast.textContent = "Déplacé";
          document.querySelector("#toasts").append(toast);
          document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: toast } }));
        }"""
    )
    expect(page.locator(".toast[data-timed]")).to_be_visible()
    page.clock.run_for(5500)
    assert page.locator(".toast").count() == 1
    page.clock.run_for(1000)

    expect(page.locator(".toast")).to_have_count(0)
