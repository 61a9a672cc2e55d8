"""The way in: a link shows, a button opens; devices, other devices, expiry, preview (K-30 to K-35, X-08)."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from parvis.clients.actions.grants import issue_token, revoke_access, start_preview
from parvis.clients.due import due as answer_link_requests
from parvis.clients.models import (
    AccessToken,
    ContactDevice,
    LinkRequest,
    Membership,
    MembershipState,
    PortalSettings,
    TokenPurpose,
)
from parvis.core.clock import now
from parvis.deliverables.models import DeliverableState
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.http.sessions import portal_cookie
from parvis.outbox.models import Message
from parvis.portal.views.entrance import masked, safe_path
from tests.clients import PortalBrowser
from tests.factories import (
    join,
    make_contact,
    make_draft,
    make_project,
    make_workspace,
    open_device,
    publish,
    staff_of,
)

DEVICE = portal_cookie("studio-nord", "device")
LINK = portal_cookie("studio-nord", "link")


@transaction.atomic
def link_for(contact, client, *, purpose=TokenPurpose.NOTICE, at=None, next_path=""):
    secret = issue_token(contact, client, purpose=purpose, at=at or now(), next_path=next_path)
    return f"/in/{secret}/"


def test_a_link_shows_one_button_and_the_button_opens(browser, agency):
    """K-30, K-32."""
    project_path = f"/projects/{agency.website.pk}/"
    shown = browser.get(link_for(agency.sarah, agency.acme, next_path=project_path), follow=True)
    assert shown.status_code == 200
    assert "s…@acme-corp.test" in shown.content.decode()
    assert shown.content.decode().count('<button class="button filled">') == 1

    opened = browser.post("/in/opening/")

    assert opened.headers["Location"] == f"/p/studio-nord{project_path}"
    cookie = opened.cookies[DEVICE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert browser.get(project_path).status_code == 200
    assert Event.objects.filter(kind=EventKind.LINK_OPENED).count() == 1


def test_the_secret_leaves_the_address_at_once(browser, agency):
    """C5 of RELIABILITY: nothing that follows can carry it in a Referer."""
    response = browser.get(link_for(agency.sarah, agency.acme))
    assert response.status_code == 302
    assert response.headers["Location"] == "/p/studio-nord/in/"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_secret_is_written_down_nowhere_on_the_server(browser, agency):
    """C2 of RELIABILITY: SHA-256 at rest; looking at a link makes no session, pressing its button ends it."""
    path = link_for(agency.sarah, agency.acme)
    kept = browser.get(path).cookies[LINK]
    browser.get("/in/")
    assert kept["httponly"] and kept["samesite"] == "Lax" and kept["max-age"] == ""
    assert not Session.objects.exists()

    assert browser.post("/in/opening/").cookies[LINK].value == ""
    assert browser.get("/in/").headers["Location"] == "/p/studio-nord/"


@pytest.mark.parametrize("secret", ["n;o", "n%22o", "n%C3%A9", "%E2%82%AC", "x" * 5000])
def test_a_mangled_link_is_one_we_do_not_know(browser, agency, secret):
    """C5 of RELIABILITY: whatever stands in the address fits into a header."""
    moved = browser.get(f"/in/{secret}/")
    assert moved.cookies[LINK].OutputString().isascii()
    assert "We do not know this link" in text_of(browser.get("/in/"))


def test_scanners_use_nothing_up(browser, agency):
    """C1 of RELIABILITY: HEAD and any number of GETs leave the link alive and nobody signed in."""
    path = link_for(agency.sarah, agency.acme)
    for _ in range(5):
        scanner = PortalBrowser(agency.workspace)
        scanner.head(path)
        scanner.get(path, follow=True)
    assert not ContactDevice.objects.exists()
    assert AccessToken.objects.get().used_at is None

    browser.get(path)
    assert browser.post("/in/opening/").status_code == 302
    assert browser.get("/").status_code == 200


def test_the_page_of_a_link_wears_the_clients_look_where_it_opens(browser, agency):
    """G1-06, A-37; another device learns nothing but a masked address (C4 of RELIABILITY)."""
    PortalSettings.objects.filter(client=agency.acme).update(colour="#b3261e")
    path = link_for(agency.sarah, agency.acme)
    shown = text_of(browser.get(path, follow=True))
    assert f"/theme/{agency.acme.pk}" in shown and "Acme Corp space" in shown
    browser.post("/in/opening/")
    elsewhere = text_of(PortalBrowser(agency.workspace).get(path, follow=True))
    assert "/theme/studio-nord" in elsewhere and "Acme Corp" not in elsewhere


def test_another_device_gets_only_send_me_the_access_link(browser, agency):
    """X-08, K-33: bound on the phone, the laptop is sent a link; the new link takes the phone out (A-12)."""
    path = link_for(agency.sarah, agency.acme)
    browser.get(path)
    browser.post("/in/opening/")
    laptop = PortalBrowser(agency.workspace)

    shown = laptop.get(path, follow=True).content.decode()
    assert "Send me the access link" in shown and "Open my space" not in shown
    assert laptop.post("/in/opening/").status_code == 403
    assert laptop.get("/").status_code == 302

    laptop.post("/in/link/")
    answer_link_requests(now())
    message = Message.objects.get(kind="contacts.access_link")
    assert message.contact_id == agency.sarah.pk

    laptop.get(link_for(agency.sarah, agency.acme, purpose=TokenPurpose.REQUESTED))
    laptop.post("/in/opening/")
    assert laptop.get("/").status_code == 200
    assert browser.get("/").status_code == 302


def test_an_expired_link_offers_a_new_one_without_blame(browser, agency):
    """K-35: thirty days."""
    path = link_for(agency.sarah, agency.acme, at=now() - timedelta(days=31))
    shown = browser.get(path, follow=True).content.decode()
    assert "It is older than 30 days" in shown and "invalid" not in shown
    assert browser.post("/in/opening/").status_code == 410
    assert browser.get("/").status_code == 302


def test_an_unknown_or_foreign_link_leads_to_the_form(browser, agency):
    assert "We do not know this link" in browser.get("/in/nothing/", follow=True).content.decode()
    assert browser.post("/in/opening/").status_code == 404


def ask(browser, email, **headers):
    return browser.post("/sign-in/", {"email": email}, **headers)


def with_link(workspace, path):
    visitor = PortalBrowser(workspace)
    visitor.get(path)
    return visitor


def work_of(perform):
    """What was answered, and what the database was asked for, without the values."""
    with CaptureQueriesContext(connection) as queries:
        response = perform()
    shapes = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
    return response.status_code, response.headers["Location"], shapes


def test_the_answer_to_an_address_never_tells_whether_it_is_known(browser, agency):
    """C8 of RELIABILITY: the same page for the same work; the worker alone tells them apart."""
    gone = make_contact(agency.acme, "Gone Gray", state=MembershipState.DISABLED)
    late = make_contact(agency.acme, "Late Lund")
    make_contact(agency.acme, "Nora Berg", state=MembershipState.NONE)
    issue_token(late, agency.acme, purpose=TokenPurpose.INVITATION, at=now() - timedelta(days=90))
    emails = (agency.sarah.email, gone.email, late.email, "nora-berg@acme-corp.test", "nobody@example.test")
    ask(browser, "first@example.test")  # the hour's first makes the counter
    works = [work_of(lambda email=email: ask(PortalBrowser(agency.workspace), email)) for email in emails]

    assert all(work == works[0] for work in works)
    assert not Message.objects.exists()
    assert answer_link_requests(now()) == {"links_sent": 2}
    sent = Message.objects.filter(kind="contacts.access_link")
    assert {message.contact_id for message in sent} == {agency.sarah.pk, late.pk}
    assert not LinkRequest.objects.exists()  # an address nobody knows is kept nowhere


def test_nor_does_the_answer_to_an_old_link(browser, agency):
    """C8 of RELIABILITY: known, expired or invented."""
    known = link_for(agency.sarah, agency.acme)
    expired = link_for(agency.mark, agency.acme, at=now() - timedelta(days=90))
    visitors = [with_link(agency.workspace, path) for path in (known, expired, "/in/invented/")]
    ask(browser, "first@example.test")
    works = [work_of(lambda visitor=visitor: visitor.post("/in/link/")) for visitor in visitors]
    assert all(work == works[0] for work in works)
    assert answer_link_requests(now()) == {"links_sent": 2}


def test_our_form_floods_nobodys_mailbox(browser, agency):
    """C10 of RELIABILITY: at most five links an hour, and the answer does not tell that it was enough."""
    answers = {ask(browser, agency.sarah.email).status_code for _ in range(8)}
    answer_link_requests(now())
    assert answers == {302}
    assert Message.objects.filter(kind="contacts.access_link").count() == 5


@pytest.mark.parametrize("email", ["sarah-lopez@acme-corp.test", "nobody@example.test"])
def test_twenty_links_an_hour_from_one_place_whatever_the_address(agency, email):
    """C9, C10 of RELIABILITY: a made-up X-Forwarded-For is no other place, an old link no other way."""
    visitor = with_link(agency.workspace, "/in/invented/")
    for number in range(20):
        forged = {"X-Forwarded-For": f"198.51.100.{number}"}
        answer = ask(visitor, f"{number}{email}", headers=forged) if number % 2 else visitor.post("/in/link/")
        assert answer.status_code == 302
    refused = ask(visitor, email, headers={"Accept-Language": "fr"})
    assert refused.status_code == 429
    assert "Réessayez dans une heure" in text_of(refused)
    assert visitor.post("/in/link/").status_code == 429
    assert LinkRequest.objects.count() == 20
    assert ask(visitor, email, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_behind_a_proxy_the_address_it_saw_counts(browser, agency, settings):
    """C9 of RELIABILITY: the last in the header is the proxy's word, those before it are anybody's."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"access_link": "1/h/ip"}
    for header, status in (
        ("192.0.2.1", 302),
        ("203.0.113.9, 192.0.2.1", 429),
        ("192.0.2.1, 192.0.2.2", 302),
    ):
        answer = ask(browser, "nobody@example.test", headers={"X-Forwarded-For": header})
        assert answer.status_code == status


def test_a_workspace_sends_only_so_many_links_an_hour(agency, settings):
    """C10 of RELIABILITY: from however many places; another workspace is not held up by it."""
    settings.ACCOUNT_RATE_LIMITS = {"access_link": "20/h/ip,3/h/key"}
    for number, status in enumerate((302, 302, 302, 429)):
        answer = ask(PortalBrowser(agency.workspace), agency.sarah.email, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == status
    assert ask(PortalBrowser(make_workspace("Other House")), agency.sarah.email).status_code == 302


def test_a_bad_address_gives_the_words_back(browser, agency):
    response = browser.post("/sign-in/", {"email": "sarah at acme"})
    assert response.status_code == 422
    assert 'value="sarah at acme"' in response.content.decode()


def test_signing_out_forgets_the_device_here_and_on_the_server(sarahs, agency):
    secret = sarahs.cookies[DEVICE].value
    response = sarahs.post("/sign-out/")
    assert response.cookies[DEVICE].value == ""
    again = PortalBrowser(agency.workspace)
    again.cookies[DEVICE] = secret
    assert again.get("/").status_code == 302


def test_revoked_access_ends_at_the_next_request(sarahs, agency):
    """C4 of RELIABILITY."""
    assert sarahs.get("/").status_code == 200
    membership = Membership.objects.get(contact=agency.sarah, client=agency.acme)
    revoke_access(membership, actor=staff_of(agency.workspace), at=now())
    assert sarahs.get("/").status_code == 302


def test_a_device_opens_only_its_own_workspace(agency, db):
    other = make_workspace("Other House")
    stranger = PortalBrowser(other)
    _device, secret = open_device(agency.sarah, agency.acme, at=now())
    stranger.cookies[portal_cookie("other-house", "device")] = secret
    assert stranger.get("/").status_code == 302


def test_last_seen_is_written_at_most_once_an_hour(sarahs):
    device = sarahs.device
    ContactDevice.objects.filter(pk=device.pk).update(last_seen_at=now() - timedelta(hours=2))
    sarahs.get("/")
    device.refresh_from_db()
    first = device.last_seen_at
    assert now() - first < timedelta(minutes=1)
    sarahs.get("/")
    device.refresh_from_db()
    assert device.last_seen_at == first


@pytest.fixture
def previewing(agency):
    """Olga sees the portal as Sarah."""
    code = start_preview(agency.sarah, agency.acme, actor=staff_of(agency.workspace), at=now())
    viewer = PortalBrowser(agency.workspace)
    assert viewer.get(f"/preview/{code}/").status_code == 200
    viewer.post(f"/preview/{code}/")
    return viewer


def test_a_preview_shows_sarahs_portal_and_says_so(previewing):
    text = previewing.get("/").content.decode()
    assert "Hello Sarah" in text
    assert "preview-banner" in text


def test_a_preview_changes_nothing(previewing, agency):
    """A-36 too: looking in a preview is not the contact's look."""
    response = previewing.post("/preferences/", {"language": "fr"})
    assert response.status_code == 403
    assert "nothing can be changed" in response.content.decode()
    agency.sarah.refresh_from_db()
    assert agency.sarah.language == "en"


def test_leaving_the_preview_ends_it_on_the_server(previewing):
    previewing.get("/preview/end/")
    assert previewing.get("/").status_code == 302


def test_a_preview_code_works_once(agency):
    code = start_preview(agency.sarah, agency.acme, actor=staff_of(agency.workspace), at=now())
    first, second = PortalBrowser(agency.workspace), PortalBrowser(agency.workspace)
    first.post(f"/preview/{code}/")
    assert second.post(f"/preview/{code}/").status_code == 410


@pytest.mark.parametrize(
    "path", ["//evil.test/", "/\\evil.test", "https://evil.test/", "evil", "", "/\t/evil.test", "/%0d%0aX: y"]
)
def test_a_link_never_leads_out_of_the_portal(rf, path):
    """C6 of RELIABILITY, below a prefix and on a host of its own."""
    request = rf.get("/")
    request.META["SCRIPT_NAME"] = "/p/studio-nord"
    assert safe_path(request, path).startswith("/p/studio-nord/")
    request.META["SCRIPT_NAME"] = ""
    assert safe_path(request, path) in ("/", path) and not safe_path(request, path)[1:2].isspace()
    assert safe_path(request, path)[:2] not in ("//", "/\\")


def test_addresses_are_masked():
    assert masked("camille@verdier.fr") == "c…@verdier.fr"


def test_visitors_are_spoken_to_in_their_browsers_language(browser, agency):
    """A-25: what the browser asks for, else the workspace's language."""
    assert '<html lang="es"' in text_of(browser.get("/sign-in/", headers={"Accept-Language": "es"}))
    assert '<html lang="en"' in text_of(browser.get("/sign-in/"))


def test_contacts_are_spoken_to_in_their_language_whatever_the_browser(sarahs, agency):
    """A-25: the contact's, else the client's, else the workspace's."""
    for contact, client, expected in (("pt", "fr", "pt"), ("", "fr", "fr"), ("", "", "en")):
        agency.sarah.language, agency.acme.language = contact, client
        agency.sarah.save()
        agency.acme.save()
        text = text_of(sarahs.get("/", headers={"Accept-Language": "es"}))
        assert f'<html lang="{expected}"' in text


def test_a_portal_on_a_host_of_its_own(client, agency):
    """ARCHITECTURE 4: `<workspace>.<portal domain>`."""
    response = client.get("/sign-in/", headers={"Host": "studio-nord.localhost"})
    assert response.status_code == 200
    assert 'href="/theme/' in text_of(response)


def text_of(response):
    return response.content.decode()


def test_inside_its_scope_a_link_reads_comments_uploads_and_decides(browser, agency):
    """A-06, K-31: without a password, a PIN or anything typed; the scope is one client's portal."""
    join(agency.sarah, agency.borealis)
    brochure = make_project(agency.borealis, "Brochure")
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    version = publish(homepage, at=now())
    shown = text_of(browser.get(link_for(agency.sarah, agency.acme), follow=True))
    assert re.findall(r'<input[^>]* name="(\w+)"', shown) == ["csrfmiddlewaretoken"]
    browser.post("/in/opening/")

    assert browser.get(f"/projects/{agency.website.pk}/").status_code == 200
    about = {"version": str(version.pk)}
    page = f"/deliverables/{homepage.pk}"
    assert browser.post(f"{page}/remarks/", {**about, "body": "Warmer."}).status_code == 302
    file = SimpleUploadedFile("brief.txt", b"warm colours")
    upload = {"project": agency.website.pk, "file": file}
    assert browser.post("/documents/new/", upload).status_code == 302
    assert browser.post(f"{page}/decisions/", {**about, "verdict": "approved"}).status_code == 302
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.APPROVED
    assert browser.get(f"/projects/{brochure.pk}/").status_code == 404


def test_one_device_opens_the_rooms_of_two_clients(browser, agency):
    """BT-15, P-14: the same person at two clients; each link adds its client to the device."""
    join(agency.sarah, agency.borealis)
    make_project(agency.borealis, "Brochure")
    for client in (agency.acme, agency.borealis):
        browser.get(link_for(agency.sarah, client))
        browser.post("/in/opening/")
    text = text_of(browser.get("/projects/"))
    assert "Acme Corp — Website" in text and "Borealis — Brochure" in text
