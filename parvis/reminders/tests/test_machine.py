"""Three schedulers with three clocks, kills, edits and resends against a real table (threats F9, G12; S7).

The model is a plain dictionary of what left; the invariants are the promises of K-52, A-28, A-30 and A-34.
"""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from parvis.core.ids import uuid7
from parvis.reminders.actions import claim_run, count_towards_cap, history, mark, retry_run
from parvis.reminders.models import ReminderRun, Target
from parvis.reminders.rules import (
    COUNTED,
    MAX_REMINDERS,
    Facts,
    Item,
    Outcome,
    Planned,
    ReminderKind,
    SkipReason,
    blocked,
    due_at,
)
from parvis.reminders.tests.factories import PARIS, at, make_workspace

RULES_SEEN: Counter[str] = Counter()
SCHEDULERS = st.integers(0, 2)


class Reminders(RuleBasedStateMachine):
    """One request group, resent now and then, watched by three schedulers."""

    workspace_id: UUID  # set by the test, which owns the database

    def __init__(self) -> None:
        super().__init__()
        ReminderRun.objects.all().delete()
        self.now = at(date(2027, 3, 1), 11)
        self.skew = [timedelta(0)] * 3
        self.kind, self.every_days = ReminderKind.GENTLE, 1
        self.items = [Item(date(2027, 3, 15))]
        self.switches = {"switched_on": True, "opted_out": False, "locked": False, "one_done_stops": False}
        self.left: Counter[str] = Counter()  # keys of mails handed to the outbox
        self.held: list[tuple[Target, ReminderKind, Planned]] = []  # plans made, not yet claimed
        self.send()

    @initialize(kind=st.sampled_from(ReminderKind), dates=st.integers(1, 3), literal=st.booleans())
    def a_group_is_sent(self, kind, dates, literal):
        self.kind, self.switches["one_done_stops"] = kind, literal
        self.items = [Item(date(2027, 3, 3 + 6 * number)) for number in range(dates)]

    def send(self) -> None:
        self.target = Target(self.workspace_id, "client_requests.sending", uuid7(), uuid7())
        self.sent_on = PARIS.day_of(self.now)
        self.valid_from = self.now
        self.targets = [*getattr(self, "targets", []), self.target]

    def facts(self) -> Facts:
        return Facts(
            self.kind, self.sent_on, tuple(self.items), history(self.target), self.every_days, **self.switches
        )

    def claim(self, target: Target, kind: ReminderKind, line: Planned, scheduler: int) -> ReminderRun | None:
        run = claim_run(target, line, kind=kind, calendar=PARIS, at=self.now + self.skew[scheduler])
        if run is not None:
            RULES_SEEN[line.rule] += 1
        if run is not None and line.sends:
            self.left[run.outbox_key] += 1
        return run

    # Time

    @rule(hours=st.integers(0, 40))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule(days=st.integers(2, 12))
    def everything_stands_still(self, days):
        self.now += timedelta(days=days)

    @rule(scheduler=SCHEDULERS, hours=st.integers(-3, 3))
    def a_clock_jumps(self, scheduler, hours):
        self.skew[scheduler] = timedelta(hours=hours)

    @rule(days=st.integers(1, 8), scheduler=SCHEDULERS)
    def days_go_by_as_they_should(self, days, scheduler):
        for _ in range(days):
            self.now += timedelta(days=1)
            self.a_scheduler_ticks(scheduler)
            for key in self.keys(Outcome.PLANNED):
                assert mark(key, Outcome.SENT)

    # Schedulers

    @rule(scheduler=SCHEDULERS)
    def a_scheduler_ticks(self, scheduler):
        facts, moment = self.facts(), self.now + self.skew[scheduler]
        lines = due_at(facts, valid_from=self.valid_from, at=moment, calendar=PARIS)
        sending = [line for line in lines if line.sends]
        assert len(sending) <= 1  # never a burst
        assert not (sending and blocked(facts))  # K-58
        for line in lines:
            run = self.claim(self.target, self.kind, line, scheduler)
            assert run is None or not line.sends or run.planned_at <= moment  # never early
            assert not line.sends or moment - run.planned_at < timedelta(hours=24)
            assert line.on > self.sent_on

    @rule(scheduler=SCHEDULERS)
    def a_scheduler_makes_a_plan_and_stalls(self, scheduler):
        moment = self.now + self.skew[scheduler]
        lines = due_at(self.facts(), valid_from=self.valid_from, at=moment, calendar=PARIS)
        self.held += [(self.target, self.kind, line) for line in lines]

    @precondition(lambda self: self.held)
    @rule(scheduler=SCHEDULERS)
    def a_stalled_scheduler_goes_on(self, scheduler):
        for target, kind, line in self.held:
            self.claim(target, kind, line, scheduler)
        self.held = []

    @precondition(lambda self: self.held)
    @rule()
    def a_stalled_scheduler_is_killed(self):
        self.held = []

    # Mails

    @rule(outcome=st.sampled_from([Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN]), data=st.data())
    def a_mail_comes_to_an_end(self, outcome, data):
        keys = self.keys(Outcome.PLANNED)
        if keys:
            assert mark(data.draw(st.sampled_from(keys)), outcome)

    @rule()
    def a_mail_is_no_longer_due(self):
        if keys := self.keys(Outcome.PLANNED):
            reason = blocked(self.facts()) or SkipReason.LOCKED
            assert mark(keys[0], Outcome.SKIPPED, reason=reason)

    @rule(outcome=st.sampled_from([Outcome.SENT, Outcome.FAILED]))
    def a_person_settles_an_unknown_mail(self, outcome):
        if keys := self.keys(Outcome.UNKNOWN):
            assert mark(keys[0], outcome)

    @rule()
    def a_failed_mail_is_tried_again(self):
        if run := ReminderRun.objects.of(self.target).filter(outcome=Outcome.FAILED).first():
            room = count_towards_cap(self.target) < MAX_REMINDERS
            assert retry_run(run) == room

    def keys(self, outcome: Outcome) -> list[str]:
        rows = ReminderRun.objects.of(self.target).filter(outcome=outcome).order_by("outbox_key")
        return list(rows.values_list("outbox_key", flat=True))

    # People

    @rule(days=st.none() | st.integers(-10, 30))
    def a_due_date_is_edited(self, days):
        due_on = None if days is None else PARIS.day_of(self.now) + timedelta(days=days)
        self.items = [Item(due_on, self.items[0].done) if self.items else Item(due_on), *self.items[1:]]
        self.valid_from = self.now

    @rule(days=st.integers(0, 20))
    def an_item_is_added(self, days):
        self.items = [*self.items[:3], Item(PARIS.day_of(self.now) + timedelta(days=days))]
        self.valid_from = self.now

    @precondition(lambda self: self.items)
    @rule(data=st.data())
    def an_item_is_done_or_reopened(self, data):
        number = data.draw(st.integers(0, len(self.items) - 1))
        item = self.items[number]
        self.items[number] = Item(item.due_on, not item.done)

    @rule()
    def every_item_is_removed(self):
        self.items = []

    @rule(switch=st.sampled_from(["switched_on", "opted_out", "locked", "one_done_stops"]))
    def a_switch_is_turned(self, switch):
        self.switches[switch] = not self.switches[switch]

    @rule(kind=st.sampled_from(ReminderKind), every_days=st.integers(1, 4))
    def another_kind_is_chosen(self, kind, every_days):
        self.kind, self.every_days = kind, every_days

    @rule()
    def the_group_is_resent(self):
        self.send()
        assert count_towards_cap(self.target) == 0  # K-54

    # Promises

    @invariant()
    def a_mail_leaves_once(self):
        assert all(times == 1 for times in self.left.values())

    @invariant()
    def a_due_key_has_one_row(self):
        keys = list(ReminderRun.objects.exclude(outbox_key="").values_list("outbox_key", flat=True))
        assert Counter(keys) == self.left

    @invariant()
    def the_cap_holds_for_every_sending(self):
        for target in self.targets:
            runs = history(target)
            assert sum(run.outcome in COUNTED for run in runs) <= MAX_REMINDERS
            assert len({run.on for run in runs}) == len(runs)


@pytest.mark.django_db
def test_whatever_happens_no_reminder_is_doubled_early_or_beyond_the_cap():
    """K-52, K-54, K-56, K-58, A-28, A-30, A-34"""
    Reminders.workspace_id = make_workspace().pk
    RULES_SEEN.clear()
    run_state_machine_as_test(
        Reminders, settings=settings(stateful_step_count=50, suppress_health_check=list(HealthCheck))
    )
    assert RULES_SEEN, "the machine never reached a reminder"
    if settings().max_examples >= 500:
        everything = {"K-12", "K-17", "K-18", "K-19", "G1-23", "K-52", "K-57", "K-58b", "K-58c", "K-59"}
        assert set(RULES_SEEN) >= everything | {"A-10", "A-34"}
