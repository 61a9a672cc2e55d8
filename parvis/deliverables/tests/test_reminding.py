"""Reminders and escalation by the clock (G1-23, G1-24, A-14, A-22, A-34, A-35, R-04)."""

import copy
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models.base import ModelState
from django.test.utils import CaptureQueriesContext

from parvis.core.ids import uuid7
from parvis.deliverables.actions import Terms, decide, nudge
from parvis.deliverables.due import BATCH, due
from parvis.deliverables.errors import NobodyToRemind
from parvis.deliverables.models import ApprovalPolicy, Deliverable, Verdict
from parvis.deliverables.tracking import tracking
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.outbox.models import Message
from parvis.projects.models import Project
from parvis.reminders.models import ReminderRun
from parvis.workspaces.models import WorkingCalendar
from tests.factories import (
    SUNDAY,
    make_client,
    make_contact,
    make_draft,
    make_project,
    make_workspace,
    publish,
)

NINE_IN_PARIS = 8  # UTC, in December


def on(day: int, hour: int = NINE_IN_PARIS) -> datetime:
    return datetime(2024, 12, 1, hour, 1, tzinfo=UTC) + timedelta(days=day - 1)


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable)  # Sunday 15 December 2024, 10:00 in Paris
    return deliverable


def reminders_to(contact):
    return Message.objects.filter(kind="contacts.approval_reminder", contact_id=contact.pk).count()


def test_each_silent_approver_is_reminded_once_a_day_at_the_send_hour(homepage, agency, acting):
    """G1-23, A-35: first one period after the submission, not before nine o'clock."""
    assert due(on(15, 20))["approval_reminders"] == 0
    assert due(on(16, NINE_IN_PARIS - 1))["approval_reminders"] == 0
    assert due(on(16))["approval_reminders"] == 2
    assert due(on(16, 12))["approval_reminders"] == 0

    decide(
        homepage,
        version_id=homepage.current_version_id,
        verdict=Verdict.APPROVED,
        actor=acting(agency.sarah),
        at=on(16, 14),
    )
    assert due(on(17))["approval_reminders"] == 1
    assert (reminders_to(agency.sarah), reminders_to(agency.mark)) == (1, 2)


def test_no_opinion_ends_the_reminders_of_who_has_none(homepage, agency, acting):
    """A-15: an answer like any other, though no approval; the others are still asked."""
    decide(
        homepage,
        version_id=homepage.current_version_id,
        verdict=Verdict.NO_OPINION,
        actor=acting(agency.sarah),
        at=on(15, 20),
    )
    due(on(16))
    assert (reminders_to(agency.sarah), reminders_to(agency.mark)) == (0, 1)


def test_five_reminders_and_no_more(homepage, agency):
    """A-22: the cap of client requests holds for approvals too."""
    for day in range(16, 31):
        due(on(day))
    assert (reminders_to(agency.sarah), reminders_to(agency.mark)) == (5, 5)


def test_after_a_day_without_worker_only_the_latest_missed_day_is_sent(homepage, agency):
    """A-34."""
    due(on(19, 12))
    assert reminders_to(agency.sarah) == 1
    outcomes = ReminderRun.objects.filter(recipient_id=agency.sarah.pk).values_list("outcome", flat=True)
    assert sorted(outcomes) == ["missed", "missed", "missed", "planned"]


def test_a_new_version_starts_its_own_count(homepage, agency):
    """A-35: per approver and version."""
    for day in range(16, 22):
        due(on(day))
    publish(homepage, at=on(22, 10))
    assert due(on(23))["approval_reminders"] == 2


def test_nobody_is_reminded_of_a_completed_project(homepage, agency, acting):
    """A-33, K-59."""
    Project.objects.filter(pk=agency.website.pk).update(status="completed")
    assert due(on(16))["approval_reminders"] == 0
    assert due(on(19))["escalations"] == 0
    closed = Deliverable.objects.get(pk=homepage.pk)
    with pytest.raises(NobodyToRemind):
        nudge(closed, contact_id=agency.sarah.pk, actor=acting(agency.alex), at=on(19))


def test_one_escalation_per_version_once_the_deadline_has_passed(homepage, agency):
    """G1-24: due on Wednesday the 18th; the first run after it escalates, once."""
    assert due(on(18, 22))["escalations"] == 0
    assert due(on(19))["escalations"] == 1
    assert due(on(20))["escalations"] == 0
    assert Event.objects.filter(kind=EventKind.DELIVERABLE_ESCALATED).count() == 1

    publish(homepage, at=on(20, 10))
    assert due(on(30))["escalations"] == 1


def test_in_sequence_only_whose_turn_it_is_gets_reminded(agency, acting):
    """A-14: Mark is asked after Sarah, and his period starts with her answer."""
    terms = Terms(required_approvers=2, order="sequential")
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark], terms=terms)
    publish(deliverable)
    due(on(16))
    assert (reminders_to(agency.sarah), reminders_to(agency.mark)) == (1, 0)
    decide(
        deliverable,
        version_id=deliverable.current_version_id,
        verdict=Verdict.APPROVED,
        actor=acting(agency.sarah),
        at=on(17, 7),
    )
    assert due(on(17))["approval_reminders"] == 0
    assert due(on(18))["approval_reminders"] == 1


def test_a_nudge_by_hand_counts_towards_the_cap_and_happens_once_a_day(homepage, agency, acting):
    nudge(homepage, contact_id=agency.sarah.pk, actor=acting(agency.alex), at=on(15, 15))
    with pytest.raises(NobodyToRemind):
        nudge(homepage, contact_id=agency.sarah.pk, actor=acting(agency.alex), at=on(15, 16))
    for day in range(16, 31):
        due(on(day))
    assert reminders_to(agency.sarah) == 5


def test_the_tracking_panel_tells_who_is_awaited_and_since_when(homepage, agency, acting):
    """G1-26a-e, G1-02c, G1-19."""
    decide(
        homepage,
        version_id=homepage.current_version_id,
        verdict=Verdict.APPROVED,
        actor=acting(agency.sarah),
        at=on(16, 14),
    )
    homepage.refresh_from_db()
    panel = tracking(homepage, on(17, 6))
    assert panel.submitted_at == SUNDAY
    assert [(a.name, a.function, a.verdict) for a in panel.approvers] == [
        ("Sarah Lopez", "Marketing", Verdict.APPROVED),
        ("Mark Weber", "Legal", None),
    ]
    [mark] = panel.pending
    assert (mark.waiting_since, mark.next_reminder_on.isoformat()) == (SUNDAY, "2024-12-17")
    assert panel.elapsed_days is None

    decide(
        homepage,
        version_id=homepage.current_version_id,
        verdict=Verdict.APPROVED,
        actor=acting(agency.mark),
        at=on(17, 9),
    )
    homepage.refresh_from_db()
    assert tracking(homepage, on(18)).elapsed_days == 2


def test_looking_again_on_the_same_day_costs_the_same_however_many_wait(homepage, agency):
    """PERFORMANCE: nothing that runs every few seconds may ask about every version that waits."""

    def queries_of_a_second_look(at: datetime) -> int:
        due(at)
        with CaptureQueriesContext(connection) as captured:
            assert due(at + timedelta(minutes=1))["approval_reminders"] == 0
        return len(captured)

    alone = queries_of_a_second_look(on(16))
    for _ in range(5):
        publish(make_draft(agency.website, approvers=[agency.sarah]))
    assert queries_of_a_second_look(on(17)) == alone


def test_many_reminders_cost_as_many_queries_as_one(homepage, agency):
    """PERFORMANCE G7: the reminders of a whole agency fall due in the same minute."""

    def queries(at: datetime, reminders: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert due(at)["approval_reminders"] == reminders
        return len(captured)

    few = queries(on(16), 2)
    for _ in range(5):
        publish(make_draft(agency.website, approvers=[agency.sarah]))
    due(on(16))  # those published meanwhile
    assert queries(on(17), 7) == few


def test_the_clock_performs_a_batch_at_a_time(homepage, agency):
    """The worker does other things in between; called until it counts nothing, the clock forgets none."""
    _copy(homepage, BATCH)

    slices = [due(on(16)) for _ in range(3)]

    assert [one["approvals_looked_at"] for one in slices] == [BATCH, 1, 0]
    assert [one["approval_reminders"] for one in slices] == [BATCH * 2, 2, 0]
    assert reminders_to(agency.sarah) == BATCH + 1


def test_one_broken_deliverable_stops_nobody_elses_reminder(homepage, agency, caplog):
    """It is named in the log and looked at again with the next tick; the others are reminded once."""
    broken = make_draft(agency.website, approvers=[agency.sarah])
    publish(broken)
    ApprovalPolicy.objects.filter(deliverable=broken).update(order="nonsense")

    counts = due(on(16))

    assert (counts["approval_reminders"], counts["approvals_looked_at"]) == (2, 1)
    assert (reminders_to(agency.sarah), reminders_to(agency.mark)) == (1, 1)
    assert str(broken.pk) in caplog.text
    assert due(on(16))["approvals_looked_at"] == 0  # or the worker would not rest

    ApprovalPolicy.objects.filter(deliverable=broken).update(order="parallel")
    assert due(on(16))["approval_reminders"] == 1


def test_those_that_cannot_be_reminded_of_take_nobodys_place(homepage, agency, monkeypatch):
    """However many they are, and although they come first."""
    monkeypatch.setattr("parvis.deliverables.due.BATCH", 2)
    _copy(homepage, 2)
    latest = make_draft(agency.website, approvers=[agency.sarah])
    publish(latest)
    ApprovalPolicy.objects.exclude(deliverable=latest).update(order="nonsense")

    counts = due(on(16))

    assert (counts["approval_reminders"], counts["approvals_looked_at"]) == (1, 1)


def test_a_calendar_that_cannot_be_read_stops_no_other_agency(homepage, agency, caplog):
    """Each of the two in turn, because nothing says whose turn comes first."""
    other = make_workspace("Studio Sud")
    zeta = make_client(other, "Zeta")
    draft = make_draft(make_project(zeta, "Shop"), approvers=[make_contact(zeta, "Zoe Zeta")])
    publish(draft)
    WorkingCalendar.objects.filter(workspace=other).update(time_zone="Mars/Olympus")
    assert due(on(16))["approval_reminders"] == 2
    assert str(other.pk) in caplog.text

    WorkingCalendar.objects.filter(workspace=other).update(time_zone="Europe/Paris")
    WorkingCalendar.objects.filter(workspace=agency.workspace).update(time_zone="Mars/Olympus")
    assert due(on(16))["approval_reminders"] == 1


def _copy(deliverable: Deliverable, times: int) -> None:
    """As many more like it, waiting for the same approvers."""
    version, slots = deliverable.current_version, list(deliverable.slots.all())
    for _ in range(times):
        twin = _twin(deliverable, current_version=None, shown_version=None)
        twin_version = _twin(version, deliverable=twin)
        versions = {"current_version": twin_version, "shown_version": twin_version}
        Deliverable.objects.filter(pk=twin.pk).update(**versions)
        for row in (deliverable.policy, *slots):
            _twin(row, deliverable=twin)


def _twin(row, **changes):
    """The same row under another id."""
    other = copy.copy(row)
    other.pk, other._state = uuid7(), ModelState()
    for name, value in changes.items():
        setattr(other, name, value)
    other.save(force_insert=True)
    return other


def test_a_version_published_after_the_look_of_the_day_is_not_forgotten(homepage, agency):
    """A-35"""
    due(on(16))
    late = make_draft(agency.website, approvers=[agency.sarah])
    publish(late, at=on(16, 15))
    due(on(16, 16))
    before = reminders_to(agency.sarah)
    assert due(on(17))["approval_reminders"] == 3
    assert reminders_to(agency.sarah) == before + 2
