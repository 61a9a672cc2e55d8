"""Deciding in the portal (G1-19, G1-25, G1-34d, A-15, A-16, G1-42, X-10)."""

from datetime import timedelta

import pytest

from parvis.core.clock import now
from parvis.deliverables.actions import Approver, Terms, set_terms, withdraw_version
from parvis.deliverables.models import Decision, DeliverableState, Purpose, Remark
from parvis.deliverables.rules import ApprovalOrder
from parvis.deliverables.tracking import tracking
from tests.factories import make_contact, make_draft, publish


def text_of(response):
    return response.content.decode()


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable, at=now() - timedelta(hours=3))
    return deliverable


def decide(browser, deliverable, verdict="approved", note="", version=None):
    data = {"verdict": verdict, "note": note, "version": str(version or deliverable.current_version_id)}
    return browser.post(f"/deliverables/{deliverable.pk}/decisions/", data)


def test_the_bar_says_who_else_decides_and_what_is_open(sarahs, homepage):
    """G1-42a, G1-42c, G1-42d."""
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert "Approve this version" in text and "Ask for changes" in text
    assert "Reject this version" in text and "I have no opinion" in text
    assert "Mark Weber (Legal) decides as well" in text
    assert "Answer by" in text


def test_the_bar_counts_revision_rounds(sarahs, agency):
    """G1-41c."""
    deliverable = make_draft(agency.website, approvers=[agency.sarah], maximum_rounds=3)
    publish(deliverable, at=now())
    decide(sarahs, deliverable, "changes_requested", note="Larger.")
    publish(deliverable, at=now())
    assert "Revision rounds: 1 of 3 used" in text_of(sarahs.get(f"/deliverables/{deliverable.pk}/"))
    deliverable.maximum_rounds = 0  # none was agreed, and that is told
    deliverable.save(update_fields=["maximum_rounds"])
    assert "Revision rounds: 1 of 0 used" in text_of(sarahs.get(f"/deliverables/{deliverable.pk}/"))


def test_the_confirmation_names_title_version_and_on_whose_behalf(sarahs, homepage):
    url = f"/deliverables/{homepage.pk}/decisions/new/?verdict=approved"
    text = text_of(sarahs.get(url))
    assert "Homepage, version 1" in text
    assert "You answer as Sarah Lopez (Marketing), on behalf of Acme Corp." in text
    inside = text_of(sarahs.get(url, headers={"HX-Request": "true"}))
    assert "<html" not in inside and "on behalf of Acme Corp." in inside


def test_who_was_shown_an_older_version_is_not_led_to_approve_the_newer(sarahs, homepage):
    """G2 of RELIABILITY: the buttons name the version that was before the reader's eyes."""
    first = homepage.current_version_id
    path = f"/deliverables/{homepage.pk}/decisions/new/?verdict=approved"
    assert f"{path}&amp;version={first}" in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    confirmation = text_of(sarahs.get(f"{path}&version={first}"))
    assert homepage.current_version.digest[:12] in confirmation
    publish(homepage, at=now())
    response = sarahs.get(f"{path}&version={first}")
    assert response.status_code == 409
    assert "A newer version is there" in text_of(response)


def test_an_approval_is_recorded_with_its_receipt(sarahs, homepage):
    """G1-34d: who, what, when, which version, and its fingerprint."""
    response = decide(sarahs, homepage, note="Lovely.")
    assert response.headers["Location"].endswith("#receipt")
    text = text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    decision = Decision.objects.get()
    assert "You approved version 1" in text and "Sarah Lopez (Marketing)" in text
    assert decision.digest[:12] in text and "Lovely." in text
    assert "Approve this version" not in text


def test_when_complete_each_approver_is_named_with_their_function(sarahs, marks, homepage):
    """G1-19."""
    decide(sarahs, homepage)
    decide(marks, homepage)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.APPROVED
    text = text_of(marks.get(f"/deliverables/{homepage.pk}/"))
    assert "Sarah Lopez (Marketing)" in text and "Mark Weber (Legal)" in text


def test_a_rejection_needs_a_reason(sarahs, homepage):
    response = decide(sarahs, homepage, "rejected")
    assert response.status_code == 422
    assert "Say in a few words why" in text_of(response)
    assert not Decision.objects.exists()
    decide(sarahs, homepage, "rejected", note="Not our tone.")
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.REJECTED


def test_changes_settle_the_version(sarahs, homepage):
    """A-15."""
    decide(sarahs, homepage, "changes_requested", note="Bigger logo.")
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.CHANGES_REQUESTED


def test_no_opinion_counts_as_no_approval(sarahs, homepage):
    """A-15."""
    decide(sarahs, homepage, "no_opinion")
    homepage.refresh_from_db()
    assert homepage.is_awaiting
    assert "You have no opinion on version 1" in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))


def test_a_decision_on_a_replaced_version_is_refused_and_its_words_kept(sarahs, homepage):
    """A-15, bad input."""
    old = homepage.current_version_id
    publish(homepage, at=now())
    response = decide(sarahs, homepage, note="Lovely.", version=old)
    assert response.status_code == 409
    assert "A newer version is there" in text_of(response)
    assert f"/deliverables/{homepage.pk}/" in text_of(response)  # the way back
    assert "Lovely." in text_of(response)
    assert Remark.objects.get().version_id == old
    assert not Decision.objects.exists()


def test_words_on_a_version_taken_back_meanwhile_are_kept_for_the_team(sarahs, bos, homepage, agency, acting):
    """A-15: the page was open when the version was withdrawn."""
    withdraw_version(homepage, actor=acting(agency.olga), at=now())
    response = decide(sarahs, homepage, "changes_requested", note="Too dark.")
    assert response.status_code == 409
    assert "This version was taken back" in text_of(response) and "Too dark." in text_of(response)
    assert Remark.objects.get().thread.comments.get().body == "Too dark."
    assert not Decision.objects.exists()
    assert sarahs.get(f"/deliverables/{homepage.pk}/").status_code == 404  # and stays out of sight
    assert decide(bos, homepage, "rejected", note="Mine?").status_code == 404
    assert decide(sarahs, homepage, "rejected", note="Guess", version=agency.acme.pk).status_code == 404
    assert Remark.objects.count() == 1


def test_a_second_decision_is_refused(sarahs, homepage):
    decide(sarahs, homepage)
    response = decide(sarahs, homepage, "changes_requested", note="Wait.")
    assert response.status_code == 409
    assert "What you wrote now was kept as a comment" in text_of(response)
    assert Decision.objects.get().verdict == "approved"
    assert Remark.objects.get().thread.comments.get().body == "Wait."


def test_the_same_answer_sent_twice_leaves_no_comment(sarahs, homepage):
    decide(sarahs, homepage, note="Lovely.")
    assert decide(sarahs, homepage, note="Lovely. ").status_code == 409
    assert not Remark.objects.exists()


def test_who_comes_second_waits(marks, agency):
    """A-14: one after the other."""
    terms = Terms(required_approvers=2, order=ApprovalOrder.SEQUENTIAL)
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark], terms=terms)
    publish(deliverable, at=now())
    text = text_of(marks.get(f"/deliverables/{deliverable.pk}/"))
    assert "Somebody else answers first." in text and "Approve this version" not in text
    assert decide(marks, deliverable).status_code == 409
    assert "Review and approve" not in text_of(marks.get("/"))


def test_an_observer_gets_no_button_and_is_refused(sarahs, homepage, agency):
    """X-10."""
    agency.sarah.memberships.update(role="observer")
    assert "Approve this version" not in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert sarahs.get(f"/deliverables/{homepage.pk}/decisions/new/?verdict=approved").status_code == 403
    assert decide(sarahs, homepage).status_code == 403
    assert not Decision.objects.exists()


def test_with_approvals_switched_off_a_decision_maker_is_refused_too(sarahs, homepage, agency):
    """X-10, G1-08c."""
    agency.acme.portal.approvals = False
    agency.acme.portal.save()
    assert "Approve this version" not in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    assert decide(sarahs, homepage).status_code == 403
    assert "Review and approve" not in text_of(sarahs.get("/"))


def test_nobody_decides_on_a_finished_project(sarahs, homepage, agency):
    """A-13: everything can be read, nothing added."""
    agency.website.status = "completed"
    agency.website.save()
    assert sarahs.get(f"/deliverables/{homepage.pk}/").status_code == 200
    assert decide(sarahs, homepage).status_code == 403


def test_a_contact_who_was_not_asked_cannot_decide(agency, homepage, browser):
    nina = make_contact(agency.acme, "Nina Falk")
    browser.enter(nina, agency.acme)
    assert "Waiting for the decision" in text_of(browser.get(f"/deliverables/{homepage.pk}/"))
    assert decide(browser, homepage).status_code == 409


def test_nothing_to_add_answers_a_request_for_an_opinion(sarahs, agency):
    """G1-37b."""
    deliverable = make_draft(agency.website, purpose=Purpose.FEEDBACK)
    publish(deliverable, at=now())
    assert decide(sarahs, deliverable, "no_opinion").status_code == 302
    assert "Nothing is waiting for you." in text_of(sarahs.get("/"))


def test_a_made_up_verdict_is_refused(sarahs, homepage):
    assert sarahs.get(f"/deliverables/{homepage.pk}/decisions/new/?verdict=maybe").status_code == 404
    assert decide(sarahs, homepage, "maybe").status_code == 422


def test_what_was_answered_to_a_version_is_read_beside_it_for_ever(sarahs, marks, homepage):
    """G1-02a, G1-34e, G1-42a: by everybody who sees the version, also when the next one is there."""
    decide(marks, homepage, "changes_requested", note="The address is old.")
    assert "The address is old." in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    publish(homepage, at=now())
    assert "The address is old." not in text_of(sarahs.get(f"/deliverables/{homepage.pk}/"))
    before = text_of(sarahs.get(f"/deliverables/{homepage.pk}/?version=1"))
    assert "Answers to version 1" in before and "The address is old." in before
    assert "Mark" in before and "Changes requested" in before


def test_who_approved_stays_named_when_the_list_of_approvers_changes(sarahs, marks, homepage, agency, acting):
    """G1-19, G1-26b, G1-34e: with the name and the function of that moment."""
    decide(sarahs, homepage)
    decide(marks, homepage)
    agency.sarah.last_name = "Martin"
    agency.sarah.save()
    homepage.refresh_from_db()
    set_terms(
        homepage, terms=Terms(), approvers=[Approver(agency.mark.pk)], actor=acting(agency.olga), at=now()
    )
    text = text_of(marks.get(f"/deliverables/{homepage.pk}/"))
    assert "Sarah Lopez (Marketing)" in text and "Sarah Martin (Marketing)" not in text
    homepage.refresh_from_db()
    panel = tracking(homepage, now())
    assert {each.name for each in panel.approved_by} == {"Sarah Lopez", agency.mark.name}
