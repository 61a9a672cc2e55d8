"""After a decision: the receipt, the copies, the team."""

from datetime import timedelta

import pytest

from parvis.deliverables.actions import Terms, decide
from parvis.deliverables.models import Verdict
from parvis.notifications.models import InboxItem
from tests.factories import SUNDAY, make_draft, publish

NOW = SUNDAY


@pytest.fixture
def homepage(agency, postbox):
    deliverable = make_draft(
        agency.website, approvers=[agency.sarah, agency.mark], terms=Terms(required_approvers=2)
    )
    publish(deliverable)
    postbox.run(NOW)
    postbox.mails.clear()
    return deliverable


def answer(homepage, actor, verdict=Verdict.APPROVED, note=""):
    return decide(
        homepage, version_id=homepage.current_version_id, verdict=verdict, actor=actor, at=NOW, note=note
    )


def test_whoever_decides_gets_a_receipt(agency, postbox, acting, homepage):
    """A-16"""
    decision = answer(homepage, acting(agency.sarah), note="Lovely.")
    postbox.run(NOW)
    (mail,) = postbox.to(agency.sarah)
    assert mail.subject == "Your answer to Homepage, version 1, is recorded"
    assert "Sunday 15 December 2024, 10:00" in mail.text
    assert "> Lovely." in mail.text
    assert decision.digest[:12] in mail.text
    assert "homepage.png" in mail.text
    assert mail.message["List-Unsubscribe"] is None


def test_the_other_approver_learns_whether_they_are_still_needed(agency, postbox, acting, homepage):
    answer(homepage, acting(agency.sarah))
    postbox.run(NOW)
    (mail,) = postbox.to(agency.mark)
    assert mail.subject == "Sarah Lopez approved Homepage, version 1"
    assert "Your answer is still needed." in mail.text


def test_changes_end_the_round_for_everybody(agency, postbox, acting, homepage):
    answer(homepage, acting(agency.sarah), Verdict.CHANGES_REQUESTED, "Bigger logo.")
    postbox.run(NOW)
    (mail,) = postbox.to(agency.mark)
    assert mail.subject == "Sarah Lopez asks for changes to Homepage, version 1"
    assert "There will be a new version." in mail.text


def test_the_team_learns_of_every_decision(agency, postbox, acting, homepage):
    answer(homepage, acting(agency.sarah))
    postbox.run(NOW)
    (first,) = postbox.to(agency.alex)
    assert first.subject == "Sarah Lopez approved Homepage, version 1"
    assert "Still to answer: Mark Weber." in first.text

    answer(homepage, acting(agency.mark))
    postbox.run(NOW)
    second = postbox.to(agency.alex)[-1]
    assert "With this answer the version is approved." in second.text
    assert InboxItem.objects.filter(member=agency.alex, kind="decision").count() == 2


def test_the_receipt_is_owed_even_when_all_messages_are_off(agency, postbox, acting, homepage):
    from parvis.notifications.kinds import ContactNotice
    from parvis.notifications.preferences import set_preferences

    off = dict.fromkeys(ContactNotice.values, False)
    set_preferences(agency.sarah, off, actor=acting(agency.sarah), at=NOW)
    answer(homepage, acting(agency.sarah))
    postbox.run(NOW + timedelta(minutes=1))
    assert len(postbox.to(agency.sarah)) == 1
