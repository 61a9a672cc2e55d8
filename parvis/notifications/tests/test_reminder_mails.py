"""Reminders of approvals, and the escalation after the deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.deliverables.actions import decide, delete_deliverable, nudge, withdraw_version
from parvis.deliverables.due import due
from parvis.deliverables.models import ApprovalPolicy, Deliverable, Verdict
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.models import InboxItem
from parvis.notifications.preferences import set_preferences
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message
from parvis.reminders.models import ReminderRun
from tests.factories import make_contact, make_draft, publish

MONDAY = datetime(2024, 12, 16, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(minutes=1)  # past nine in Paris, when reminders leave


@pytest.fixture
def homepage(agency, postbox):
    deliverable = make_draft(agency.website, approvers=[agency.sarah], at=MONDAY)
    publish(deliverable, at=MONDAY)
    postbox.run(MONDAY)
    postbox.mails.clear()
    return deliverable


def pass_days(count, postbox, start=MONDAY):
    for number in range(1, count + 1):
        at = start + timedelta(days=number) + HOUR
        due(at)
        postbox.run(at)


def test_each_reminder_says_which_it_is_and_when_the_next_comes(agency, postbox, homepage):
    """G1-23, A-22"""
    pass_days(7, postbox)
    mails = postbox.to(agency.sarah)
    assert len(mails) == 5
    assert mails[0].subject == "Reminder 1: Homepage, version 1, your approval by Thursday"
    assert "This is reminder 1 of at most 5. The next one comes on Wednesday 18 December" in mails[0].text
    assert "Olga" not in mails[0].text
    assert "This is reminder 5, and the last one." in mails[4].text
    assert "Olga Petit" in mails[4].text  # the last is signed by a person
    assert len(mails[0].text) < len(mails[1].text)
    assert mails[0].message["List-Unsubscribe"]
    assert ReminderRun.objects.filter(outcome="sent").count() == 5


def test_whoever_answers_between_queue_and_sending_gets_none(agency, postbox, acting, homepage):
    at = MONDAY + timedelta(days=1) + HOUR
    due(at)
    decide(
        homepage,
        version_id=homepage.current_version_id,
        verdict=Verdict.APPROVED,
        actor=acting(agency.sarah),
        at=at,
    )
    postbox.run(at)
    assert not [mail for mail in postbox.to(agency.sarah) if mail.subject.startswith("Reminder")]
    run = ReminderRun.objects.get()
    assert (run.outcome, run.reason) == ("skipped", "all_done")


def test_whoever_wants_no_reminders_gets_none(agency, postbox, acting, homepage):
    """A-10, G1-33c"""
    set_preferences(agency.sarah, {ContactNotice.REMINDERS: False}, actor=acting(agency.sarah), at=MONDAY)
    pass_days(1, postbox)
    assert postbox.to(agency.sarah) == []
    run = ReminderRun.objects.get()
    assert (run.outcome, run.reason) == ("skipped", "opted_out")


def test_a_reminder_is_recorded_when_it_has_left(agency, postbox, acting, homepage):
    """G1-41d, A-10: nobody was reminded by a mail that was held back."""
    reminded = Event.objects.filter(kind=EventKind.DELIVERABLE_REMINDED)
    at = MONDAY + DAY + HOUR
    due(at)
    assert not reminded.exists()
    postbox.run(at)
    assert reminded.get().values["contact_id"] == str(agency.sarah.pk)

    due(at + DAY)
    set_preferences(agency.sarah, {ContactNotice.REMINDERS: False}, actor=acting(agency.sarah), at=at + DAY)
    postbox.run(at + DAY)  # it waited already, and stays
    for number in (2, 3, 4):
        due(at + number * DAY)
        postbox.run(at + number * DAY)
    assert reminded.count() == len(_reminders(agency, postbox)) == 1
    outcomes = ReminderRun.objects.order_by("planned_for").values_list("outcome", "reason")
    assert list(outcomes) == [("sent", ""), ("skipped", "opted_out")]


def test_a_nudge_is_signed_by_whoever_nudges(agency, postbox, acting, homepage):
    nudge(homepage, contact_id=agency.sarah.pk, actor=acting(agency.olga), at=MONDAY + timedelta(hours=3))
    postbox.run(MONDAY + timedelta(hours=3))
    (mail,) = postbox.to(agency.sarah)
    assert mail.subject == "Olga waits for your answer: Homepage, version 1"
    assert "Olga Petit" in mail.text


def test_the_owner_and_the_escalation_contact_hear_of_a_missed_deadline_once(agency, postbox, homepage):
    """G1-24, A-14"""
    boss = make_contact(agency.acme, "Clara Boss")
    agency.acme.escalation_contact = boss
    agency.acme.save()
    pass_days(7, postbox)

    (to_owner,) = [mail for mail in postbox.to(agency.olga) if mail.subject.startswith("Overdue")]
    assert to_owner.subject == "Overdue: Homepage, version 1"
    assert "Still to answer: Sarah Lopez." in to_owner.text
    (to_boss,) = postbox.to(boss)
    assert to_boss.subject == "Homepage, version 1: an approval is overdue"
    assert "We are still waiting for an answer from Sarah." in to_boss.text
    assert InboxItem.objects.get(kind="escalation").member == agency.olga


@pytest.mark.parametrize("ending", ["approved", "changes_requested", "replaced", "withdrawn", "deleted"])
def test_what_was_overdue_leaves_the_inbox_with_the_answer(agency, postbox, acting, homepage, ending):
    """G1-24: decided, replaced, withdrawn or deleted, nobody has to look into it any more."""
    at, olga = MONDAY + 7 * DAY, acting(agency.olga)
    pass_days(6, postbox)
    other = make_draft(agency.website, "Other", approvers=[agency.sarah], at=MONDAY)
    publish(other, at=MONDAY)
    pass_days(6, postbox)
    assert InboxItem.objects.filter(kind="escalation", state="open").count() == 2
    match ending:
        case "approved" | "changes_requested":
            facts = {"version_id": homepage.current_version_id, "verdict": Verdict(ending)}
            decide(homepage, **facts, note="Hm.", actor=acting(agency.sarah), at=at)
        case "replaced":
            publish(homepage, at=at)
        case "withdrawn":
            withdraw_version(homepage, actor=olga, at=at)
        case "deleted":
            delete_deliverable(homepage, actor=olga, at=at)
    postbox.run(at)
    assert InboxItem.objects.get(kind="escalation", state="open").subject_id == other.pk
    done = InboxItem.objects.get(kind="escalation", state="done")
    assert (done.subject_id, done.done_at) == (homepage.pk, at)


@pytest.mark.parametrize("why", ["", "off", "opted_out", "cap"])
def test_the_escalation_says_whether_reminders_go_on(agency, postbox, acting, homepage, why):
    """G1-24; not where they are off (K-58b), unwanted (A-10) or used up (K-52)."""
    if why == "off":
        ApprovalPolicy.objects.update(reminder_every_days=None)
    elif why == "opted_out":
        set_preferences(agency.sarah, {ContactNotice.REMINDERS: False}, actor=acting(agency.sarah), at=MONDAY)
    elif why == "cap":
        Deliverable.objects.update(due_at=MONDAY + 6 * DAY)
    pass_days(8, postbox)

    (mail,) = [mail for mail in postbox.to(agency.olga) if mail.subject.startswith("Overdue")]
    assert ("Reminders go on by themselves." in mail.text) == (not why)
    assert ("No further reminders leave" in mail.text) == bool(why)


def test_a_missed_deadline_that_is_told_after_the_answer_lies_in_no_inbox(agency, postbox, acting, homepage):
    """G1-24: a worker that was away for days brings the news late."""
    for number in range(1, 7):
        due(MONDAY + number * DAY + HOUR)
    assert Event.objects.filter(kind=EventKind.DELIVERABLE_ESCALATED).exists()
    facts = {"version_id": homepage.current_version_id, "verdict": Verdict.APPROVED}
    decide(homepage, **facts, note="", actor=acting(agency.sarah), at=MONDAY + 7 * DAY)
    postbox.run(MONDAY + 7 * DAY)
    assert not InboxItem.objects.filter(kind="escalation").exists()


def test_a_refused_reminder_lies_in_the_inbox_and_is_not_counted(agency, postbox, homepage):
    """K-58d, F7"""
    postbox.refuses.add(agency.sarah.email)
    pass_days(1, postbox)
    assert ReminderRun.objects.get().outcome == "failed"
    item = InboxItem.objects.get(kind="mail_trouble")
    assert item.member == agency.alex
    (mail,) = postbox.to(item.member)
    assert mail.subject == "1 message may not have arrived"
    assert "Sarah Lopez" in mail.text


def test_a_reminder_sent_again_by_a_person_counts(agency, postbox, acting, homepage):
    """A-22, K-58d: the failed attempt used up nothing, the one that arrived does."""
    _refuse_the_first(agency, postbox)
    send_again(Message.objects.get(state="failed"), actor=acting(agency.olga), at=MONDAY + 2 * DAY)
    postbox.run(MONDAY + 2 * DAY)
    assert ReminderRun.objects.get().outcome == "sent"

    pass_days(6, postbox, start=MONDAY + DAY)
    assert len(_reminders(agency, postbox)) == 5


def test_no_reminder_is_sent_again_beyond_the_cap(agency, postbox, acting, homepage):
    """A-22: by hand as by the clock."""
    _refuse_the_first(agency, postbox)
    pass_days(6, postbox, start=MONDAY + DAY)
    assert len(_reminders(agency, postbox)) == 5

    again = send_again(Message.objects.get(state="failed"), actor=acting(agency.olga), at=MONDAY + 8 * DAY)
    postbox.run(MONDAY + 8 * DAY)
    again.refresh_from_db()
    assert (again.state, again.result_reason) == ("cancelled", "cap")
    assert len(_reminders(agency, postbox)) == 5


def _refuse_the_first(agency, postbox):
    postbox.refuses.add(agency.sarah.email)
    pass_days(1, postbox)
    postbox.refuses.clear()


def _reminders(agency, postbox):
    return [mail for mail in postbox.to(agency.sarah) if "eminder" in mail.subject]
