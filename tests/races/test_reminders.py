"""Several schedulers and a person reminding at the same moment (threats F9, G12; K-52)."""

from datetime import timedelta
from functools import partial

import pytest

from parvis.core.clock import now
from parvis.reminders.actions import claim_run, count_towards_cap, mark, retry_run
from parvis.reminders.models import ReminderRun
from parvis.reminders.rules import MAX_REMINDERS, Cause, Outcome, Planned, ReminderKind
from parvis.reminders.tests.factories import PARIS, make_target, march
from tests.races.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.full, pytest.mark.django_db(transaction=True)]


def claim(target, day):
    line = Planned(march(1) + timedelta(days=day), Cause.DAILY)
    return claim_run(target, line, kind=ReminderKind.URGENT, calendar=PARIS, at=now())


def test_of_twenty_schedulers_exactly_one_gets_the_day():
    target = make_target()
    for day in range(MAX_REMINDERS):
        runs = together([partial(claim, target, day)] * 20)
        assert sum(run is not None for run in runs) == 1
    assert ReminderRun.objects.count() == MAX_REMINDERS


def test_different_days_claimed_together_do_not_pass_the_cap():
    workspace_id = make_target().workspace_id
    for _ in range(10):
        target = make_target(workspace_id)
        for day in range(MAX_REMINDERS - 1):
            assert claim(target, day)
        runs = together([partial(claim, target, 10 + day) for day in range(8)])
        assert sum(run is not None for run in runs) == 1
        assert count_towards_cap(target) == MAX_REMINDERS


def test_a_retry_and_a_new_day_together_do_not_pass_the_cap():
    target = make_target()
    failed = claim(target, 0)
    assert mark(failed.outbox_key, Outcome.FAILED)
    for day in range(1, MAX_REMINDERS):
        assert claim(target, day)
    together([lambda: retry_run(failed), lambda: claim(target, 9)] * 4)
    assert count_towards_cap(target) == MAX_REMINDERS
