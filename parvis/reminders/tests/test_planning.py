"""When reminders fall, and the rule that causes or blocks each."""

from datetime import date, timedelta

import pytest

from parvis.reminders.rules import (
    Cause,
    Facts,
    Item,
    Outcome,
    PastRun,
    ReminderKind,
    SkipReason,
    due_at,
    next_reminder,
    plan,
    upcoming,
)
from parvis.reminders.tests.factories import PARIS, at, make_facts, march

GENTLE, URGENT, CUSTOM, PERIODIC = ReminderKind
FIRST, LAST = march(1), march(31)


def mails(facts: Facts, since: date = FIRST, until: date = LAST) -> list[int]:
    """Days of March on which a mail leaves."""
    return [line.on.day for line in plan(facts, since=since, until=until) if line.sends]


def sent(*days: int) -> tuple[PastRun, ...]:
    return tuple(PastRun(march(day), Outcome.SENT) for day in days)


# Worked examples (DOMAIN 3.5)


def test_gentle_reminds_a_week_before_on_the_day_then_daily_until_five():
    """X-01, K-17, K-52"""
    assert mails(make_facts(GENTLE, due=march(15))) == [8, 15, 16, 17, 18]


def test_urgent_reminds_daily_from_the_day_after_sending():
    """X-03, K-18, A-29"""
    assert mails(make_facts(URGENT)) == [2, 3, 4, 5, 6]


def test_a_moved_due_date_moves_what_remains():
    """X-05, K-56"""
    moved = make_facts(GENTLE, due=march(20), history=sent(8))
    assert mails(moved, since=march(10)) == [13, 20, 21, 22]


# Kinds


def test_custom_reminds_at_the_chosen_interval():
    """K-19"""
    assert mails(make_facts(CUSTOM, every_days=3)) == [4, 7, 10, 13, 16]


def test_an_approver_is_reminded_one_period_after_the_submission_without_any_due_date():
    """A-35, G1-23, A-22"""
    assert mails(make_facts(PERIODIC, due=None)) == [2, 3, 4, 5, 6]
    assert mails(make_facts(PERIODIC, due=None, every_days=2)) == [3, 5, 7, 9, 11]


def test_an_interval_is_at_least_a_day():
    with pytest.raises(ValueError, match="one day"):
        make_facts(CUSTOM, every_days=0)


def test_several_due_dates_give_one_mail_a_day():
    """A-28"""
    two = make_facts(items=(Item(march(10)), Item(march(11))), cap=99)
    assert mails(two, until=march(13)) == [3, 4, 10, 11, 12, 13]


def test_a_line_names_its_cause_and_rule():
    """N-02"""
    lines = plan(make_facts(), since=march(1), until=march(19))
    assert [(line.on.day, line.cause, line.rule) for line in lines] == [
        (8, Cause.SEVEN_DAYS_BEFORE, "K-17"),
        (15, Cause.ON_DUE_DATE, "K-17"),
        (16, Cause.OVERDUE, "K-17"),
        (17, Cause.OVERDUE, "K-17"),
        (18, Cause.OVERDUE, "K-17"),
        (19, Cause.OVERDUE, "K-52"),
    ]
    assert lines[-1].reason == SkipReason.CAP


# What is done, and the two readings of K-57


def test_dates_of_done_items_are_ignored():
    """A-08, K-51"""
    one_done = make_facts(items=(Item(march(10), done=True), Item(march(15))))
    assert mails(one_done) == [8, 15, 16, 17, 18]


def test_the_literal_reading_stops_gentle_reminders_once_a_dated_item_is_done():
    """K-57"""
    items = (Item(march(10), done=True), Item(march(15)))
    literal = make_facts(items=items, one_done_stops=True)
    assert mails(literal) == []
    assert {line.rule for line in plan(literal, since=march(1), until=march(31))} == {"K-57"}
    assert mails(make_facts(URGENT, items=items, one_done_stops=True)) == [2, 3, 4, 5, 6]
    undated = (Item(done=True), Item(march(15)))
    assert mails(make_facts(items=undated, one_done_stops=True)) == [8, 15, 16, 17, 18]


# If and only if (K-58)


@pytest.mark.parametrize(
    ("change", "reason", "rule"),
    [
        ({"sent_on": None}, SkipReason.NOT_SENT, "K-58a"),
        ({"switched_on": False}, SkipReason.DISABLED, "K-58b"),
        ({"opted_out": True}, SkipReason.OPTED_OUT, "A-10"),
        ({"items": ()}, SkipReason.NO_ITEMS, "K-58c"),
        ({"items": (Item(march(15), done=True),)}, SkipReason.ALL_DONE, "K-58c"),
        ({"items": (Item(),)}, SkipReason.NO_DUE_DATE, "K-12"),
        ({"locked": True}, SkipReason.LOCKED, "K-59"),
        ({"history": sent(2, 3, 4, 5, 6)}, SkipReason.CAP, "K-52"),
    ],
)
@pytest.mark.parametrize("kind", [GENTLE, URGENT, CUSTOM])
def test_each_condition_blocks_alone_and_says_so(kind, change, reason, rule):
    """K-58, A-29, A-33"""
    assert mails(make_facts(kind))
    lines = plan(make_facts(kind, **change), since=march(1), until=march(31))
    assert {(line.sends, line.reason, line.rule) for line in lines} == {(False, reason, rule)}


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (Outcome.SENT, 4),
        (Outcome.UNKNOWN, 4),
        (Outcome.PLANNED, 4),
        (Outcome.FAILED, 5),
        (Outcome.SKIPPED, 5),
        (Outcome.MISSED, 5),
    ],
)
def test_only_what_may_have_left_counts_towards_the_cap(outcome, left):
    """K-58d, A-34"""
    history = (PastRun(march(2), outcome),)
    assert len(mails(make_facts(URGENT, history=history))) == left


# Dates already past


def test_dates_past_at_the_sending_are_dropped():
    """A-30: sent three days before the due date, and again when long overdue."""
    assert mails(make_facts(due=march(4))) == [4, 5, 6, 7, 8]
    assert mails(make_facts(due=date(2027, 2, 1))) == [2, 3, 4, 5, 6]


def test_nothing_is_sent_on_the_day_of_the_sending_itself():
    """A-28, A-30"""
    assert mails(make_facts(due=march(1))) == [2, 3, 4, 5, 6]


def test_a_date_moved_into_the_past_is_neither_sent_nor_missed():
    """A-30, K-56: on the 20th, half past ten, the due date becomes the 18th."""
    moved = make_facts(due=march(18))
    now = {"valid_from": at(march(20), 10, 30), "calendar": PARIS}
    assert due_at(moved, at=at(march(20), 23), **now) == []
    assert [line.on for line in due_at(moved, at=at(march(21), 9), **now)] == [march(21)]


# The clock


def test_a_reminder_is_due_from_the_send_hour_on():
    """BK-04"""
    facts, now = make_facts(), {"valid_from": at(march(1), 11), "calendar": PARIS}
    assert due_at(facts, at=at(march(8), 8, 59), **now) == []
    assert [line.on for line in due_at(facts, at=at(march(8), 9), **now)] == [march(8)]


def test_after_a_standstill_only_the_latest_day_is_sent_and_the_others_are_missed():
    """A-34: down from the 2nd to the 5th."""
    lines = due_at(make_facts(URGENT), valid_from=at(march(1), 11), at=at(march(5), 20), calendar=PARIS)
    assert [(line.on.day, line.reason) for line in lines] == [
        (2, SkipReason.MISSED),
        (3, SkipReason.MISSED),
        (4, SkipReason.MISSED),
        (5, None),
    ]


def test_a_day_missed_for_24_hours_is_not_sent():
    """A-34: weekly reminders, back after 23 or after 24 hours."""
    weekly, now = make_facts(CUSTOM, every_days=7), {"valid_from": at(march(1), 11), "calendar": PARIS}
    assert [line.reason for line in due_at(weekly, at=at(march(9), 8, 59), **now)] == [None]
    assert [line.reason for line in due_at(weekly, at=at(march(9), 9), **now)] == [SkipReason.MISSED]


def test_the_25th_hour_of_a_long_day_is_too_late():
    """A-34: on 31 October 2027 clocks go back, so a day passes between two send hours and one hour more."""
    facts = Facts(CUSTOM, date(2027, 10, 23), (Item(date(2027, 12, 1)),), every_days=7)
    eight = at(date(2027, 10, 31), 8, 30)
    assert eight - at(date(2027, 10, 30), 9) > timedelta(hours=24)
    lines = due_at(facts, valid_from=at(date(2027, 10, 23), 10), at=eight, calendar=PARIS)
    assert [line.reason for line in lines] == [SkipReason.MISSED]


def test_missed_days_do_not_use_up_the_cap():
    """A-34: a standstill of ten days leaves all five reminders."""
    after = [PastRun(march(day), Outcome.MISSED, SkipReason.MISSED) for day in range(2, 12)]
    assert mails(make_facts(URGENT, history=tuple(after))) == [12, 13, 14, 15, 16]


def test_a_standing_reason_is_noted_once():
    """N-02 asks for the reason, not for a row a day."""
    off = make_facts(URGENT, switched_on=False)
    now = {"valid_from": at(march(1), 11), "calendar": PARIS}
    assert [line.on.day for line in due_at(off, at=at(march(4), 9), **now)] == [2]
    noted = (PastRun(march(2), Outcome.SKIPPED, SkipReason.DISABLED),)
    assert due_at(make_facts(URGENT, switched_on=False, history=noted), at=at(march(4), 9), **now) == []
    locked = make_facts(URGENT, locked=True, history=noted)
    assert [line.reason for line in due_at(locked, at=at(march(3), 9), **now)] == [SkipReason.LOCKED]


def test_the_next_reminder_is_known_in_advance():
    assert next_reminder(make_facts(), since=march(1)).on == march(8)
    assert next_reminder(make_facts(history=sent(8)), since=march(8)).on == march(15)
    assert next_reminder(make_facts(due=date(2027, 8, 1)), since=march(1)).on == date(2027, 7, 25)
    assert next_reminder(make_facts(CUSTOM, every_days=40), since=march(1)).on == march(1) + timedelta(40)
    assert next_reminder(make_facts(locked=True), since=march(1)) is None


def test_the_preview_shows_what_will_leave_and_today_only_while_it_still_can():
    """N-02, A-34"""
    facts, now = make_facts(URGENT), {"valid_from": at(march(1), 11), "until": march(9), "calendar": PARIS}
    assert [line.on.day for line in upcoming(facts, at=at(march(4), 8), **now) if line.sends] == [
        3,
        4,
        5,
        6,
        7,
    ]
    assert [line.on.day for line in upcoming(facts, at=at(march(4), 9), **now) if line.sends] == [
        4,
        5,
        6,
        7,
        8,
    ]
    assert upcoming(facts, at=at(march(9), 10), **now)[0].on == march(9)
