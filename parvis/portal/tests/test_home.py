"""The first page: what waits, why, since when (G1-07, G1-36 to G1-38)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.access import ContactRole
from parvis.clients.models import MembershipState
from parvis.core.clock import now
from parvis.deliverables.actions import add_remark, mark_shown
from parvis.deliverables.models import Purpose
from parvis.documents.actions import add_document, folders_of
from parvis.files.due import make_waiting_previews
from parvis.portal.models import PortalSnooze
from parvis.projects.actions import set_client_status
from tests.factories import make_contact, make_draft, make_file, make_project, publish, staff_of


def text_of(response):
    return response.content.decode()


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    publish(deliverable, at=now() - timedelta(hours=3), note="Shorter headline.")
    return deliverable


def test_the_page_greets_by_first_name_and_counts(sarahs, homepage):
    """G1-36a, G1-36c."""
    text = text_of(sarahs.get("/"))
    assert "Hello Sarah" in text
    assert "One thing is waiting for you." in text


def test_each_card_names_client_and_project(sarahs, homepage, agency):
    """G1-36b, K-41: under the name the client knows."""
    agency.website.external_name = "Your site"
    agency.website.save()
    assert "Acme Corp — Your site" in text_of(sarahs.get("/"))


@pytest.mark.parametrize(
    ("purpose", "reason", "action"),
    [
        (Purpose.APPROVAL, "To approve by", "Review and approve"),
        (Purpose.FEEDBACK, "We would like your opinion by", "Review and comment"),
        (Purpose.INFORMATION, "New for you: ", "Have a look"),
    ],
)
def test_each_card_carries_its_reason(sarahs, agency, purpose, reason, action):
    """G1-37a-c."""
    approvers = [agency.sarah] if purpose == Purpose.APPROVAL else []
    publish(make_draft(agency.website, approvers=approvers, purpose=purpose), at=now())
    text = text_of(sarahs.get("/"))
    assert reason in text and action in text


def test_a_missed_deadline_is_said_in_words(sarahs, agency):
    """G1-42c."""
    publish(make_draft(agency.website, approvers=[agency.sarah]), at=now() - timedelta(days=30))
    assert "Your approval was due on" in text_of(sarahs.get("/"))


def test_the_most_urgent_card_comes_first(sarahs, agency):
    publish(make_draft(agency.website, "Later", approvers=[agency.sarah]), at=now())
    publish(make_draft(agency.website, "Sooner", approvers=[agency.sarah]), at=now() - timedelta(days=20))
    text = text_of(sarahs.get("/"))
    assert text.index("Sooner, version 1") < text.index("Later, version 1")


def test_what_was_answered_or_seen_waits_no_more(sarahs, agency, acting):
    """G1-37: an opinion was given, an information was looked at."""
    opinion = make_draft(agency.website, "Opinion", purpose=Purpose.FEEDBACK)
    notice = make_draft(agency.website, "Notice", purpose=Purpose.INFORMATION)
    for deliverable in (opinion, notice):
        publish(deliverable, at=now())
    sarah = acting(agency.sarah)
    add_remark(opinion, version_id=opinion.current_version_id, body="Fine.", actor=sarah, at=now())
    mark_shown(notice, version_id=notice.current_version_id, actor=sarah, at=now())
    assert "Nothing is waiting for you." in text_of(sarahs.get("/"))


def test_an_opinion_waits_only_for_who_may_give_it(browser, sarahs, agency):
    """A-03, G1-37b: not for an observer, nor for anybody while commenting is off."""
    publish(make_draft(agency.website, "Opinion", purpose=Purpose.FEEDBACK), at=now())
    oscar = make_contact(agency.acme, "Oscar Roy", role=ContactRole.OBSERVER)
    assert "One thing is waiting for you." in text_of(sarahs.get("/"))
    assert "Nothing is waiting for you." in text_of(browser.enter(oscar, agency.acme).get("/"))
    agency.acme.portal.comments = False
    agency.acme.portal.save()
    assert "Nothing is waiting for you." in text_of(sarahs.get("/"))


def test_nothing_is_to_be_answered_in_a_completed_project(sarahs, agency, homepage):
    """A-13: what asks for an answer waits no more; what is only to be looked at does."""
    for title, purpose in (("Opinion", Purpose.FEEDBACK), ("Notice", Purpose.INFORMATION)):
        publish(make_draft(agency.website, title, purpose=purpose), at=now())
    assert "3 things are waiting for you." in text_of(sarahs.get("/"))
    agency.website.status = "completed"
    agency.website.save()
    text = text_of(sarahs.get("/"))
    assert "One thing is waiting for you." in text and "Notice, version 1" in text


def test_everything_that_waits_can_be_reached(sarahs, agency):
    """G1-36c: N is the number of rows, also beyond the first twenty."""
    for number in range(22):
        publish(make_draft(agency.website, f"Page {number}", approvers=[agency.sarah]), at=now())
    first = text_of(sarahs.get("/"))
    assert "22 things are waiting for you." in first and first.count("todo-card") == 20
    assert 'href="?all"' in first and "Show 2 more" in first
    everything = text_of(sarahs.get("/?all"))
    assert everything.count("todo-card") == 22 and 'href="?all"' not in everything


def test_only_what_asks_for_an_answer_waits_for_one(sarahs, marks, agency):
    """A-46, G1-37b, c: information never does, an opinion until everybody asked gave it or has none."""
    at, url = now(), f"/projects/{agency.website.pk}/"
    opinion = make_draft(agency.website, "Opinion", purpose=Purpose.FEEDBACK)
    for draft in (opinion, make_draft(agency.website, "Notice", purpose=Purpose.INFORMATION)):
        publish(draft, at=at)
    make_contact(agency.acme, "Oscar Roy", role=ContactRole.OBSERVER)  # may not give one
    make_contact(agency.acme, "Nora Berg", state=MembershipState.NONE)  # was not asked

    def waiting():
        page = sarahs.get(url).context["page"]
        assert "Notice" in [row.title for row in page.unasked]
        return [row.title for row in page.waiting]

    assert waiting() == ["Opinion"]
    words = {"body": "Fine.", "version": str(opinion.current_version_id)}
    sarahs.post(f"/deliverables/{opinion.pk}/remarks/", words)
    assert waiting() == ["Opinion"]  # Mark was asked as well
    marks.post(f"/deliverables/{opinion.pk}/remarks/", words)
    assert waiting() == []
    assert "No answer needed" in text_of(sarahs.get(url))


def test_a_card_shows_the_first_page_and_the_note(sarahs, homepage):
    make_waiting_previews(now())
    text = text_of(sarahs.get("/"))
    assert "/pages/1/small.webp" in text
    assert "Olga: Shorter headline." in text


def test_remind_me_tomorrow_folds_the_card_for_one_person(sarahs, marks, agency):
    both = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(both, at=now())
    assert sarahs.post(f"/deliverables/{both.pk}/snoozes/").status_code == 302
    text = text_of(sarahs.get("/"))
    assert "One thing kept aside until tomorrow" in text
    assert "Remind me tomorrow" not in text
    assert "kept aside" not in text_of(marks.get("/"))
    PortalSnooze.objects.update(until=now() - timedelta(minutes=1))
    assert "kept aside" not in text_of(sarahs.get("/"))


def test_nobody_sets_aside_what_they_cannot_see(bos, homepage):
    assert bos.post(f"/deliverables/{homepage.pk}/snoozes/").status_code == 404


def test_the_welcome_message_of_the_portal_is_shown(sarahs, agency):
    """G1-07."""
    agency.acme.portal.welcome_messages = {"en": "Welcome to **your** space.", "fr": "Bienvenue."}
    agency.acme.portal.save()
    assert "<strong>your</strong> space" in text_of(sarahs.get("/"))


def test_whoever_has_two_clients_reads_both_welcomes(both, agency):
    """G1-07, BT-15."""
    for client in (agency.acme, agency.borealis):
        client.portal.welcome_messages = {"en": f"Welcome, {client.name}."}
        client.portal.save()
    text = text_of(both.get("/"))
    assert "Welcome, Acme Corp." in text and "Welcome, Borealis." in text


def test_a_client_status_is_read_only_where_it_is_visible(sarahs, agency):
    """T-06, A-18: the internal status never shows."""
    staff = staff_of(agency.workspace)
    words = {"label": "Under way", "description": "We draw the shop.", "family": "work", "step": 2}
    set_client_status(agency.website, **words, is_visible=False, actor=staff, at=now())
    assert "We draw the shop." not in text_of(sarahs.get("/"))
    set_client_status(agency.website, **words, is_visible=True, actor=staff, at=now())
    text = text_of(sarahs.get("/"))
    assert "We draw the shop." in text and "Under way" in text and "Step 2 of 4" in text


def test_recent_documents_carry_their_version(sarahs, agency):
    """G1-38a."""
    add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title="Brief",
        file=make_file(agency.workspace, "brief.png"),
        actor=staff_of(agency.workspace),
        at=now(),
    )
    text = text_of(sarahs.get("/"))
    assert "Brief" in text and "Version 1 ·" in text


def test_recent_activity_is_said_in_sentences(sarahs, homepage):
    """G1-38b."""
    assert "Olga Petit published Homepage, version 1" in text_of(sarahs.get("/"))


def test_the_contact_person_and_how_soon_they_answer(sarahs, agency):
    agency.olga.reply_time = "Usually answers within the day"
    agency.olga.save()
    assert "Usually answers within the day" in text_of(sarahs.get("/"))


def test_the_number_of_queries_does_not_grow_with_the_rows(sarahs, agency):
    counts = []
    for total in (5, 45):
        for number in range(total):
            project = make_project(agency.acme, f"Project {number}")
            publish(make_draft(project, f"Page {number}", approvers=[agency.sarah]), at=now())
        sarahs.get("/")  # notes the visit
        with CaptureQueriesContext(connection) as queries:
            assert sarahs.get("/").status_code == 200
        counts.append(len(queries))
    assert max(counts) <= 10
    assert counts[1] - counts[0] <= 1  # more cards than fit are counted, once
