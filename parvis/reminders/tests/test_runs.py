"""What the clock does with a plan: one run a day, the cap, and what became of the mail."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from parvis.core.ids import uuid7
from parvis.reminders.actions import claim_run, count_towards_cap, history, mark, note_sweep, retry_run
from parvis.reminders.models import ReminderRun, Sweep, Target
from parvis.reminders.rules import Cause, Outcome, PastRun, Planned, ReminderKind, SkipReason
from parvis.reminders.tests.factories import PARIS, at, make_target, march

pytestmark = pytest.mark.django_db


def claim(target: Target, day: int, reason: SkipReason | None = None) -> ReminderRun | None:
    line = Planned(march(day), Cause.DAILY, reason)
    return claim_run(target, line, kind=ReminderKind.URGENT, calendar=PARIS, at=at(march(day), 9, 5))


def claim_and_mark(target: Target, day: int, outcome: Outcome) -> ReminderRun:
    run = claim(target, day)
    assert run
    assert mark(run.outbox_key, outcome)
    run.refresh_from_db()
    return run


def test_a_claimed_day_is_written_down_with_the_moment_it_was_planned_for():
    target = make_target()
    run = claim(target, 8)
    assert (run.outcome, run.planned_at) == (Outcome.PLANNED, datetime(2027, 3, 8, 8, tzinfo=UTC))
    assert run.outbox_key == target.key(march(8))


def test_a_day_is_claimed_once():
    """Threat F9"""
    target = make_target()
    assert claim(target, 8)
    assert claim(target, 8) is None
    assert claim(target, 9)
    assert ReminderRun.objects.count() == 2


def test_another_recipient_or_sending_has_days_of_its_own():
    """K-38, K-54"""
    target = make_target()
    mark_too = Target(target.workspace_id, target.subject_type, target.subject_id, uuid7())
    resent = Target(target.workspace_id, target.subject_type, uuid7(), target.recipient_id)
    assert claim(target, 8)
    assert claim(mark_too, 8)
    assert claim(resent, 8)


def test_the_database_refuses_a_second_run_of_a_day():
    """Threat F9: not our code but the constraint has the last word."""
    run = claim(make_target(), 8)
    run.pk = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        run.save(force_insert=True)


def test_a_day_without_mail_keeps_its_reason_and_no_key():
    target = make_target()
    skipped = claim(target, 8, SkipReason.DISABLED)
    missed = claim(target, 9, SkipReason.MISSED)
    assert (skipped.outcome, skipped.reason, skipped.outbox_key) == ("skipped", "disabled", "")
    assert (missed.outcome, missed.reason) == ("missed", "missed")
    assert count_towards_cap(target) == 0


def test_the_sixth_reminder_is_refused_even_to_a_scheduler_with_an_old_plan():
    """K-52, threat G12"""
    target = make_target()
    for day in (2, 3, 4, 5, 6):
        assert claim(target, day)
    assert claim(target, 7) is None
    assert claim(target, 7, SkipReason.CAP)


def test_failures_use_up_nothing():
    """K-58d, A-34"""
    target = make_target()
    for day, outcome in enumerate([Outcome.SENT, Outcome.UNKNOWN, Outcome.FAILED], start=2):
        claim_and_mark(target, day, outcome)
    assert count_towards_cap(target) == 2


def test_the_history_is_what_a_plan_wants():
    target = make_target()
    claim(target, 9, SkipReason.DISABLED)
    claim_and_mark(target, 8, Outcome.SENT)
    assert history(target) == (
        PastRun(march(8), Outcome.SENT),
        PastRun(march(9), Outcome.SKIPPED, SkipReason.DISABLED),
    )


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN])
def test_an_outcome_is_noted_once(outcome):
    run = claim_and_mark(make_target(), 8, outcome)
    assert not mark(run.outbox_key, Outcome.SKIPPED, reason=SkipReason.LOCKED)
    run.refresh_from_db()
    assert run.outcome == outcome


def test_a_mail_no_longer_due_when_it_should_leave_is_skipped_with_the_reason():
    """K-58: asked again at the claim."""
    target = make_target()
    run = claim(target, 8)
    assert mark(run.outbox_key, Outcome.SKIPPED, reason=SkipReason.ALL_DONE)
    assert count_towards_cap(target) == 0


def test_a_person_settles_what_is_unknown():
    run = claim_and_mark(make_target(), 8, Outcome.UNKNOWN)
    assert ReminderRun.objects.unknown().get() == run
    assert mark(run.outbox_key, Outcome.SENT)
    assert not ReminderRun.objects.unknown()


def test_a_failed_reminder_may_leave_after_all_while_the_cap_allows():
    """DOMAIN 3.3: failed to planned; K-52"""
    target = make_target()
    failed = claim_and_mark(target, 2, Outcome.FAILED)
    sent = claim_and_mark(target, 3, Outcome.SENT)
    assert retry_run(failed)
    assert not retry_run(failed)
    assert not retry_run(sent)
    assert mark(failed.outbox_key, Outcome.FAILED)
    for day in (4, 5, 6, 7):
        assert claim(target, day)
    assert not retry_run(failed)


def test_a_retry_may_not_be_slipped_in_as_a_mark():
    run = claim_and_mark(make_target(), 8, Outcome.FAILED)
    with pytest.raises(ValueError, match="retry_run"):
        mark(run.outbox_key, Outcome.PLANNED)


def test_a_subject_is_looked_at_once_per_send_day_and_again_when_the_clock_moves():
    target = make_target()
    note_sweep(target.workspace_id, target.subject_type, [target.subject_id], march(8))
    note_sweep(target.workspace_id, target.subject_type, [target.subject_id], march(9))
    assert [
        Sweep.objects.of(target.subject_type, target.subject_id, march(day)).exists() for day in (8, 9, 10)
    ] == [False, True, False]
