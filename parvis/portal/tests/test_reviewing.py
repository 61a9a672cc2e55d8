"""Looking at a version and talking about it (G1-12 to G1-18, G1-34, G1-42, A-36, A-39)."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.access import Role
from parvis.clients.models import MembershipState
from parvis.conversations.models import ClientComment, Mention
from parvis.core.clock import now
from parvis.deliverables.actions import (
    Approver,
    Terms,
    mark_handled,
    publish_version,
    reply_to_remark,
    set_terms,
    withdraw_version,
)
from parvis.deliverables.models import Deliverable, DeliverableState, Purpose, Remark, VersionVisit
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.files.actions import store_upload
from parvis.files.due import make_waiting_previews
from parvis.files.models import StoredFile
from parvis.files.tests.factories import pdf
from parvis.team.actors import member_actor
from tests.factories import make_contact, make_draft, make_file, make_member, make_upload, publish, staff_of

HTMX = {"HX-Request": "true"}


def text_of(response):
    return response.content.decode()


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable, at=now() - timedelta(hours=3), note="Shorter headline.")
    make_waiting_previews(now())
    return deliverable


def remark(browser, deliverable, body="Too dark.", **values):
    data = {"body": body, "version": str(deliverable.current_version_id), **values}
    return browser.post(f"/deliverables/{deliverable.pk}/remarks/", data)


def test_the_page_is_headed_by_title_and_version(sarahs, homepage):
    """G1-14."""
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert "<h1>Homepage</h1>" in text and "Version 1" in text
    assert "<title>Homepage, version 1, Studio Nord</title>" in text


def test_a_project_has_its_three_areas_and_a_line_for_each_deliverable(sarahs, homepage, agency):
    """G1-10, G1-11: title, version and number of comments; documents and talks a step away."""
    remark(sarahs, homepage)
    remark(sarahs, homepage, "And too small.")
    text = text_of(sarahs.get(f"/projects/{agency.website.pk}/"))
    assert "Homepage, version 1" in text and "2 comments" in text
    assert f"/documents/?project={agency.website.pk}" in text
    assert f"/messages/new/?project={agency.website.pk}" in text


def test_the_talk_stays_together_over_the_versions(sarahs, homepage):
    """G1-34a: what was said of the first is read beside the second, under its own version."""
    remark(sarahs, homepage)
    publish(homepage, at=now())
    remark(sarahs, Deliverable.objects.get(pk=homepage.pk), "Better.")
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert "Too dark." in text and "Better." in text
    assert {row.version.number for row in Remark.objects.filter(deliverable=homepage)} == {1, 2}


def test_what_both_sides_do_is_recorded(sarahs, homepage):
    """G1-41d, G1-34e: published, said, fetched, decided; by whom and in this order."""
    file = homepage.current_version.files.get().file
    remark(sarahs, homepage)
    sarahs.get(f"/deliverables/{homepage.pk}/files/{file.pk}/")
    answer = {"version": str(homepage.current_version_id), "verdict": "changes_requested", "note": "Warmer"}
    sarahs.post(f"/deliverables/{homepage.pk}/decisions/", answer)
    recorded = Event.objects.filter(subject_id=homepage.pk).order_by("pk").values_list("kind", "actor_kind")
    assert [step for step in recorded if step[0] != EventKind.DELIVERABLE_CREATED] == [
        (EventKind.DELIVERABLE_SUBMITTED, "member"),
        (EventKind.DELIVERABLE_REVIEWED, "contact"),
        (EventKind.DELIVERABLE_COMMENTED, "contact"),
        (EventKind.DELIVERABLE_DOWNLOADED, "contact"),
        (EventKind.DELIVERABLE_DECIDED, "contact"),
        (EventKind.DELIVERABLE_CHANGES_REQUESTED, "contact"),
    ]


def test_a_line_waits_until_an_approver_has_opened_it(sarahs, homepage, agency):
    """A-43, G1-12, G1-25b."""
    project = f"/projects/{agency.website.pk}/"
    assert "Waiting for review" in text_of(sarahs.get(project))
    sarahs.post(f"/deliverables/{homepage.pk}/visits/{homepage.current_version_id}/")
    text = text_of(sarahs.get(project))
    assert "In review" in text and "Waiting for review" not in text


def test_old_comments_do_not_make_a_version_look_opened(sarahs, homepage, agency):
    """A-43: version 2 waits, whatever was said of version 1; an opinion has nobody to open it (G1-12)."""
    remark(sarahs, homepage)
    publish(homepage, at=now())
    project = f"/projects/{agency.website.pk}/"
    text = text_of(sarahs.get(project))
    assert "1 comment" in text
    assert "Waiting for review" in text and "In review" not in text

    Deliverable.objects.filter(pk=homepage.pk).update(deleted_at=now())
    mockup = make_draft(agency.website, "Mockup", purpose=Purpose.FEEDBACK)
    publish(mockup, at=now())
    assert "Waiting for review" in text_of(sarahs.get(project))
    remark(sarahs, mockup)
    assert "In review" in text_of(sarahs.get(project))


def test_without_comment_or_decision_it_says_waiting_for_review(sarahs, homepage):
    """G1-12."""
    assert "Waiting for review" in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    remark(sarahs, homepage)
    assert "Waiting for review" not in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))


def test_a_remark_points_to_a_spot_in_percent(sarahs, homepage):
    """G1-42b."""
    response = remark(sarahs, homepage, anchor_page="1", anchor_x="47.25", anchor_y="32")
    assert response.headers["Location"].endswith(f"/deliverables/{homepage.pk}/#remark-1")
    row = Remark.objects.get()
    assert (row.page, float(row.x), float(row.y)) == (1, 47.25, 32.0)
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert 'cx="47.25%"' in text
    assert "Remark 1 by Sarah Lopez, open" in text


def test_coordinates_are_written_with_a_point_in_every_language(sarahs, agency, homepage):
    remark(sarahs, homepage, anchor_page="1", anchor_x="47.25", anchor_y="32")
    agency.sarah.language = "fr"
    agency.sarah.save()
    assert 'cx="47.25%"' in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))


def test_a_spot_outside_the_page_is_refused_and_the_words_stay(sarahs, homepage):
    response = remark(sarahs, homepage, body="Here.", anchor_page="1", anchor_x="147", anchor_y="32")
    assert response.status_code == 422
    assert "Here.</textarea>" in text_of(response)
    assert not Remark.objects.exists()


def test_pages_of_all_files_are_counted_through(sarahs, agency):
    """G1-42b on the second file's second page."""
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    paper = make_file(agency.workspace, "one.png")
    document = store_upload(SimpleUploadedFile("two.pdf", pdf(2)), workspace_id=agency.workspace.pk, at=now())
    publish(deliverable, at=now(), files=[paper, document])
    make_waiting_previews(now())
    assert "Page 3 of 3" in text_of(sarahs.get(f"/deliverables/{deliverable.pk}/"))
    remark(sarahs, deliverable, anchor_page="3", anchor_x="10", anchor_y="10")
    row = Remark.objects.get()
    assert (row.file_id, row.page) == (document.pk, 2)


def test_an_empty_remark_is_refused_beside_the_field(sarahs, homepage):
    """Bad input."""
    response = remark(sarahs, homepage, body="  ")
    assert response.status_code == 422
    assert "Write a few words, or add a file." in text_of(response)


def test_answers_nest_three_levels_with_handles(sarahs, homepage, agency):
    """G1-15, G1-16."""
    remark(sarahs, homepage)
    row = Remark.objects.get()
    reply_to_remark(row, body="In the next version.", actor=staff_of(agency.workspace), at=now())
    reply = ClientComment.objects.order_by("-at").first()
    url = f"/deliverables/{homepage.pk}/remarks/1/replies/"
    sarahs.post(url, {"body": "Perfect, thank you.", "parent": str(reply.pk)})
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert "level-2" in text and "level-3" in text
    assert "@client-sarah" in text and "@olga-petit" in text


def test_a_mention_reaches_who_may_see_the_thread(sarahs, homepage, agency):
    """G1-16."""
    remark(sarahs, homepage, body="@client-mark and @client-bo, what do you think?")
    assert [row.contact_id for row in Mention.objects.all()] == [agency.mark.pk]


def test_the_composer_offers_the_people_of_the_thread(sarahs, homepage, agency):
    """G1-16: who has to do with it, and nobody else of the agency; the same when a mention is sent."""
    idle = make_member(agency.workspace, "Ida Idle", role=Role.ADMIN)
    helper = make_member(agency.workspace, "Hal Help", role=Role.MANAGER)
    lead = make_member(agency.workspace, "Lea Lead", role=Role.MANAGER)
    Deliverable.objects.filter(pk=homepage.pk).update(responsible=lead)
    make_contact(agency.acme, "Nora Klein", state=MembershipState.NONE)
    remark(sarahs, homepage)
    reply_to_remark(Remark.objects.get(), body="Soon.", actor=member_actor(helper), at=now())

    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/people/"))
    for handle in ("client-mark", "olga-petit", "alex-durand", "hal-help", "lea-lead"):
        assert handle in text
    for handle in ("client-bo", "client-nora", "ida-idle"):
        assert handle not in text

    remark(sarahs, homepage, body="@ida-idle @client-nora @lea-lead @hal-help?")
    assert {row.member for row in Mention.objects.all()} == {lead, helper}
    everybody = "@ida-idle @client-nora"
    reply_to_remark(Remark.objects.last(), body=everybody, actor=member_actor(helper), at=now())
    assert Mention.objects.filter(member=idle).count() == 1  # the team knows itself


def test_whoever_may_not_write_is_offered_nobody(agency, browser, homepage):
    """G2-25c, X-10: names of people are no reading matter."""
    olivia = make_contact(agency.acme, "Olivia Bell", role="observer")
    browser.enter(olivia, agency.acme)
    assert browser.get(f"/deliverables/{homepage.pk}/people/").status_code == 403


def test_a_remark_is_settled_apart_from_any_approval(sarahs, homepage):
    """G1-18, A-16: prose is no decision, and settling is none."""
    remark(sarahs, homepage, body="Parfait! Approuvé ✓")
    sarahs.post(f"/deliverables/{homepage.pk}/remarks/1/resolution/")
    homepage.refresh_from_db()
    assert Remark.objects.get().thread.is_resolved
    assert homepage.state == DeliverableState.IN_REVIEW
    settled = text_of(sarahs.get(f"/deliverables/{homepage.pk}/?show=settled"))
    assert "Settled by Sarah Lopez" in settled

    sarahs.post(f"/deliverables/{homepage.pk}/remarks/1/resolution/removal/")
    assert not Remark.objects.get().thread.is_resolved


def test_settling_twice_is_told(sarahs, homepage):
    remark(sarahs, homepage)
    url = f"/deliverables/{homepage.pk}/remarks/1/resolution/"
    sarahs.post(url)
    response = sarahs.post(url)
    assert response.status_code == 409
    assert "This remark is already settled." in text_of(response)


def test_htmx_gets_the_thread_the_pins_and_the_bar(sarahs, homepage):
    data = {"body": "Too dark.", "version": str(homepage.current_version_id)}
    response = sarahs.post(f"/deliverables/{homepage.pk}/remarks/", data, headers=HTMX)
    text = text_of(response)
    assert response.status_code == 200 and "<html" not in text
    assert 'id="remark-1"' in text
    assert len(re.findall(r'hx-swap-oob="true"', text)) == 2


def test_a_remark_says_in_which_version_it_was_handled(sarahs, homepage, agency):
    """G1-17."""
    remark(sarahs, homepage)
    second = publish(homepage, at=now())
    mark_handled(Remark.objects.get(), version=second, actor=staff_of(agency.workspace), at=now())
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert "Handled in version 2" in text and "On version 1" in text


def test_older_versions_stay_and_are_read_only(sarahs, homepage):
    """G1-34b."""
    publish(homepage, at=now())
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/?version=1"))
    assert "You are looking at version 1, which was replaced." in text
    assert 'id="composer"' not in text and 'id="decision"' not in text
    assert sarahs.get(f"/deliverables/{homepage.pk}/?version=9").status_code == 404


def test_two_versions_can_be_compared(sarahs, homepage):
    publish(homepage, at=now())
    make_waiting_previews(now())
    response = sarahs.get(f"/deliverables/{homepage.pk}/comparison/?with=1")
    assert response.status_code == 200
    assert text_of(response).count("/pages/1/large.webp") >= 2


def test_an_attachment_belongs_to_the_version_it_was_added_on(sarahs, marks, bos, homepage):
    """G1-34c; whoever may read the thread may have it, nobody else."""
    remark(sarahs, homepage, attachments=[make_upload("logo.png")])
    comment = ClientComment.objects.get()
    assert comment.version_number == 1
    attachment = comment.attachments.get()
    response = marks.get(f"/attachments/{attachment.pk}/")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert bos.get(f"/attachments/{attachment.pk}/").status_code == 404
    fetched = Event.objects.get(kind=EventKind.ATTACHMENT_DOWNLOADED)
    assert fetched.values["file_id"] == str(attachment.file_id)
    assert "downloaded" not in text_of(sarahs.get("/activity/"))


def test_a_refused_remark_leaves_no_file_behind(sarahs, homepage):
    """Bad input: a disguised file."""
    before = StoredFile.objects.count()
    disguised = SimpleUploadedFile("photo.png", b"<html><script>1</script></html>")
    response = remark(sarahs, homepage, body="See here.", attachments=[disguised])
    assert response.status_code == 422
    assert "See here.</textarea>" in text_of(response)
    assert StoredFile.objects.count() == before


def test_opening_the_page_alone_is_no_review(sarahs, homepage):
    """A-36: a scanner that fetches the page changes nothing; the page's own word does (G1-25b)."""
    sarahs.get(f"/deliverables/{homepage.pk}/")
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.PENDING
    visit = f"/deliverables/{homepage.pk}/visits/{homepage.current_version_id}/"
    assert sarahs.post(visit).status_code == 204
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.IN_REVIEW
    assert VersionVisit.objects.count() == 1


def test_a_version_that_came_after_the_page_was_not_looked_at(sarahs, homepage):
    """A-36, G1-25b: the open page still shows version 1; neither it nor a remark on it opens version 2."""
    first = homepage.current_version_id
    publish(homepage, at=now())
    assert sarahs.post(f"/deliverables/{homepage.pk}/visits/{first}/").status_code == 204
    remark(sarahs, homepage, version=first)
    assert sarahs.post(f"/deliverables/{homepage.pk}/visits/nonsense/").status_code == 404
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.PENDING
    assert not VersionVisit.objects.exists()


def test_every_download_is_an_event(sarahs, homepage):
    """A-39."""
    file = homepage.current_version.files.get().file
    response = sarahs.get(f"/deliverables/{homepage.pk}/files/{file.pk}/")
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert Event.objects.filter(kind=EventKind.DELIVERABLE_DOWNLOADED).count() == 1


def test_page_pictures_are_only_for_who_may_see_the_deliverable(sarahs, bos, browser, homepage):
    file = homepage.current_version.files.get().file
    url = f"/deliverables/{homepage.pk}/files/{file.pk}/pages/1/small.webp"
    assert sarahs.get(url).headers["Content-Type"] == "image/webp"
    assert bos.get(url).status_code == 404
    assert browser.get(url).status_code == 302


def test_while_the_preview_is_made_the_page_says_so(sarahs, agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    publish(deliverable, at=now())
    text = text_of(sarahs.get(f"/deliverables/{deliverable.pk}/"))
    assert "The preview is being made." in text and 'hx-trigger="every 5s"' in text


def test_drafts_and_withdrawn_versions_are_not_there(sarahs, agency):
    draft = make_draft(agency.website, approvers=[agency.sarah])
    assert sarahs.get(f"/deliverables/{draft.pk}/").status_code == 404


def test_the_open_page_hears_of_news_and_is_left_alone_otherwise(sarahs, marks, homepage):
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    url = re.search(r'hx-get="/p/studio-nord(/deliverables/[^"]+/news/\?seen=[^"]+)"', text)[1]
    assert sarahs.get(url).status_code == 204
    remark(marks, homepage)
    assert "Something new has arrived." in text_of(sarahs.get(url))


def test_the_open_page_hears_nothing_of_what_the_team_does_for_itself(sarahs, marks, homepage, agency):
    """B10 of RELIABILITY: how often somebody is reminded is no news; another approver's answer is."""
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    url = re.search(r'hx-get="/p/studio-nord(/deliverables/[^"]+/news/\?seen=[^"]+)"', text)[1]
    approvers = [Approver(slot.contact_id) for slot in homepage.slots.all()]
    terms = Terms(required_approvers=2, reminder_every_days=7)
    staff = staff_of(agency.workspace)
    set_terms(homepage, terms=terms, approvers=approvers, actor=staff, at=now())
    marks.post(f"/deliverables/{homepage.pk}/visits/")
    assert sarahs.get(url).status_code == 204

    answer = {"version": str(homepage.current_version_id), "verdict": "no_opinion"}
    assert marks.post(f"/deliverables/{homepage.pk}/decisions/", answer).status_code == 302
    assert sarahs.get(url).status_code == 200
    seen = re.search(r"news/\?seen=([^\"]+)", text_of(sarahs.get(f"/deliverables/{homepage.pk}/")))[1]
    assert sarahs.get(f"/deliverables/{homepage.pk}/news/?seen={seen}").status_code == 204


def test_an_observer_reads_but_does_not_write(agency, browser, homepage):
    """X-10, G2-25."""
    olivia = make_contact(agency.acme, "Olivia Bell", role="observer")
    browser.enter(olivia, agency.acme)
    text = text_of(browser.get(f"/deliverables/{homepage.pk}/"))
    assert 'id="composer"' not in text and "Approve this version" not in text
    assert remark(browser, homepage).status_code == 403


def test_the_page_takes_at_most_ten_queries(sarahs, marks, agency, homepage):
    for number in range(10):
        remark(sarahs, homepage, body=f"Remark {number}", anchor_page="1", anchor_x="10", anchor_y="10")
        row = Remark.objects.get(number=number + 1)
        reply_to_remark(row, body="Yes.", actor=staff_of(agency.workspace), at=now())
    remark(sarahs, homepage, attachments=[make_upload("logo.png")])
    with CaptureQueriesContext(connection) as queries:
        assert sarahs.get(f"/deliverables/{homepage.pk}/").status_code == 200
    assert len(queries) <= 10, [query["sql"][:120] for query in queries]


def test_an_opinion_needs_no_approval(sarahs, agency):
    """G1-37b."""
    deliverable = make_draft(agency.website, purpose=Purpose.FEEDBACK)
    publish(deliverable, at=now())
    text = text_of(sarahs.get(f"/deliverables/{deliverable.pk}/"))
    assert "We ask for your opinion, not for an approval." in text
    assert "Approve this version" not in text and "I have nothing to add" in text


def test_a_deliverable_of_another_client_is_not_there(bos, homepage):
    """X-02 in small: neither page nor anything below it."""
    base = f"/deliverables/{homepage.pk}/"
    for path in ("", "news/", "people/", "sheets/", "comparison/", "decisions/new/?verdict=approved"):
        assert bos.get(base + path).status_code == 404, path
    for path in (f"visits/{homepage.current_version_id}/", "remarks/", "decisions/", "remarks/1/resolution/"):
        assert bos.post(base + path).status_code == 404, path
    assert Deliverable.objects.get().comment_count == 0


def test_what_was_shown_before_stays_when_a_version_is_taken_back(sarahs, marks, homepage, agency, acting):
    """G1-34b, G1-34e: the approved version with its remarks and its receipt, and nothing of the next."""
    remark(sarahs, homepage)
    answer = {"version": str(homepage.current_version_id), "verdict": "approved"}
    for browser in (sarahs, marks):
        browser.post(f"/deliverables/{homepage.pk}/decisions/", answer)
    publish(homepage, at=now(), note="Too early.")
    withdrawn = homepage.current_version.files.get().file
    withdraw_version(homepage, actor=acting(agency.olga), at=now())

    page = f"/deliverables/{homepage.pk}/"
    text = text_of(sarahs.get(page))
    assert "Version 1" in text and "You approved version 1" in text and "Too dark." in text
    assert "Version 2" not in text and "Too early." not in text and "Approve this version" not in text
    assert sarahs.get(f"{page}?version=2").status_code == 404
    assert sarahs.get(f"{page}files/{withdrawn.pk}/").status_code == 404
    row = text_of(sarahs.get(f"/projects/{agency.website.pk}/"))
    assert "Homepage, version 1" in row and "Approved" in row and "Draft" not in row

    publish(homepage, at=now())
    assert "Version 3" in text_of(sarahs.get(page))


def test_withdrawn_versions_leave_the_menu(sarahs, homepage, agency):
    staff = staff_of(agency.workspace)
    withdraw_version(homepage, actor=staff, at=now())
    assert sarahs.get(f"/deliverables/{homepage.pk}/").status_code == 404
    publish_version(homepage, files=[make_file(agency.workspace)], actor=staff, at=now())
    assert sarahs.get(f"/deliverables/{homepage.pk}/?version=1").status_code == 404


def test_nobody_is_asked_for_an_answer_that_nobody_can_give(sarahs, homepage, agency):
    """A-13, A-46: in a completed project, as its row says."""
    page = f"/deliverables/{homepage.pk}/"
    text = text_of(sarahs.get(page))
    assert "Answer by" in text and "Waiting for review" in text
    agency.website.status = "completed"
    agency.website.save()
    text = text_of(sarahs.get(page))
    assert "Answer by" not in text and "Waiting for review" not in text
