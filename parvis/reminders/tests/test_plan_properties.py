"""What holds for every plan, whatever the facts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parvis.reminders.rules import (
    COUNTED,
    Facts,
    Item,
    Outcome,
    PastRun,
    ReminderKind,
    SkipReason,
    next_reminder,
    plan,
)

START = date(2027, 3, 1)
days = st.integers(-40, 80).map(lambda number: START + timedelta(days=number))
items = st.lists(st.builds(Item, due_on=st.none() | days, done=st.booleans()), max_size=5).map(tuple)
histories = st.dictionaries(days, st.sampled_from(Outcome), max_size=8).map(
    lambda runs: tuple(PastRun(day, outcome) for day, outcome in sorted(runs.items()))
)
mostly = st.sampled_from([True, True, True, False])
facts_of_any_kind = st.builds(
    Facts,
    kind=st.sampled_from(ReminderKind),
    sent_on=st.none() | days,
    items=items,
    history=histories,
    every_days=st.integers(1, 10),
    switched_on=mostly,
    opted_out=mostly.map(lambda yes: not yes),
    locked=mostly.map(lambda yes: not yes),
    one_done_stops=st.booleans(),
    cap=st.integers(0, 6),
)
UNTIL = START + timedelta(days=90)


def may_remind(facts: Facts) -> bool:
    """K-58 and its additions, spelled out a second time."""
    open_dates = [item.due_on for item in facts.items if item.due_on and not item.done]
    done_dates = [item.due_on for item in facts.items if item.due_on and item.done]
    return (
        facts.sent_on is not None
        and facts.switched_on
        and not facts.opted_out
        and not facts.locked
        and any(not item.done for item in facts.items)
        and (facts.kind == ReminderKind.PERIODIC or bool(open_dates))
        and not (facts.kind == ReminderKind.GENTLE and facts.one_done_stops and bool(done_dates))
    )


def falls_on(facts: Facts, day: date) -> bool:
    """K-17 to K-19, G1-23, spelled out a second time."""
    open_dates = {item.due_on for item in facts.items if item.due_on and not item.done}
    if facts.kind == ReminderKind.GENTLE:
        return any(day in {due - timedelta(days=7), due} or day > due for due in open_dates)
    assert facts.sent_on
    every = 1 if facts.kind == ReminderKind.URGENT else facts.every_days
    return day in {facts.sent_on + timedelta(days=every * times) for times in range(1, 200)}


@given(facts_of_any_kind, days)
def test_a_plan_agrees_with_the_rules_read_day_by_day(facts, since):
    """K-17 to K-19, K-52, K-57, K-58, A-28 to A-30"""
    expected, used = [], sum(run.outcome in COUNTED for run in facts.history)
    day = since
    while day <= UNTIL:
        free = day not in {run.on for run in facts.history}
        if may_remind(facts) and day > facts.sent_on and free and falls_on(facts, day) and used < facts.cap:
            expected.append(day)
            used += 1
        day += timedelta(days=1)
    lines = plan(facts, since=since, until=UNTIL)
    assert [line.on for line in lines if line.sends] == expected


@given(facts_of_any_kind, days, st.none() | days)
def test_a_plan_is_in_order_once_a_day_inside_its_window_and_says_why(facts, since, sendable_from):
    lines = plan(facts, since=since, until=UNTIL, sendable_from=sendable_from)
    on = [line.on for line in lines]
    assert on == sorted(set(on))
    assert all(since <= day <= UNTIL for day in on)
    assert not set(on) & {run.on for run in facts.history} or facts.sent_on is None
    assert all(line.rule for line in lines)
    assert all(line.cause for line in lines if line.sends)
    if sendable_from:
        assert all(line.on >= sendable_from for line in lines if line.sends)


@given(facts_of_any_kind, days)
def test_silence_always_has_a_reason(facts, since):
    """N-02: no mail in three months, and not one line saying why, is impossible before the dates end."""
    lines = plan(facts, since=since, until=UNTIL)
    if not may_remind(facts) and not any(run.on >= since for run in facts.history):
        assert lines or (facts.sent_on and facts.sent_on >= UNTIL)
        assert all(line.reason not in {None, SkipReason.CAP, SkipReason.MISSED} for line in lines)


@given(facts_of_any_kind, days)
def test_the_next_reminder_is_the_first_of_the_plan(facts, since):
    far = plan(facts, since=since, until=UNTIL + timedelta(days=60))
    assert next_reminder(facts, since=since) == next((line for line in far if line.sends), None)


@given(facts_of_any_kind, days, st.integers(0, 60))
def test_a_plan_does_not_depend_on_how_far_one_looks(facts, since, span):
    near = since + timedelta(days=span)
    sends = [line for line in plan(facts, since=since, until=UNTIL) if line.sends]
    until_near = [line for line in plan(facts, since=since, until=near) if line.sends]
    assert until_near[: len(sends)] == [line for line in sends if line.on <= near][: len(until_near)]
