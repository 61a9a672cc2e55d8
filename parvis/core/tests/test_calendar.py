"""Working days, send hours and wall clocks (A-23, A-35; threats G5 and G6)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.calendar import (
    WorkCalendar,
    add_working_days,
    end_of_working_day,
    holiday_name,
    last_send_day,
    local_moment,
    next_send_day,
    send_moment,
    start_of_day,
    working_days_between,
)

PARIS = ZoneInfo("Europe/Paris")
FRANCE = WorkCalendar(zone=PARIS, country="FR")
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
calendars = st.builds(
    WorkCalendar,
    zone=st.sampled_from(
        ["Europe/Paris", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "Asia/Kathmandu"]
    ).map(ZoneInfo),
    working_weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    country=st.sampled_from(["", "FR", "DE", "US", "BR", "EG"]),
    closing_days=st.frozensets(days, max_size=30),
    send_time=st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0)),
)


# Working days


def test_three_working_days_from_a_sunday_end_on_wednesday():
    """G1-22: submitted Sunday 15 December 2024."""
    due = add_working_days(date(2024, 12, 15), 3, FRANCE)
    assert due == date(2024, 12, 18)
    assert end_of_working_day(due, FRANCE) == datetime(2024, 12, 18, 22, 59, 59, tzinfo=UTC)


def test_public_holidays_and_own_closing_days_are_skipped():
    """G1-22"""
    closed = WorkCalendar(zone=PARIS, country="FR", closing_days=frozenset({date(2024, 12, 27)}))
    assert add_working_days(date(2024, 12, 24), 1, FRANCE) == date(2024, 12, 26)
    assert add_working_days(date(2024, 12, 26), 1, closed) == date(2024, 12, 30)
    assert holiday_name(date(2024, 12, 25), FRANCE)


def test_a_region_has_holidays_of_its_own():
    alsace = WorkCalendar(zone=PARIS, country="FR", region="57")
    second_christmas_day = date(2024, 12, 26)
    assert FRANCE.is_working_day(second_christmas_day)
    assert not alsace.is_working_day(second_christmas_day)


def test_an_unknown_country_has_no_holidays():
    assert WorkCalendar(zone=PARIS, country="XX").is_working_day(date(2024, 12, 25))


def test_a_calendar_without_a_working_day_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        WorkCalendar(zone=PARIS, working_weekdays=frozenset())


def test_zero_working_days_is_today_or_the_next_working_day():
    assert add_working_days(date(2024, 12, 18), 0, FRANCE) == date(2024, 12, 18)
    assert add_working_days(date(2024, 12, 21), 0, FRANCE) == date(2024, 12, 23)


@given(days, st.integers(1, 40), calendars)
def test_adding_working_days_then_counting_them_gives_the_number_back(day, count, calendar):
    """Threat G6"""
    end = add_working_days(day, count, calendar)
    assert calendar.is_working_day(end)
    assert working_days_between(day, end, calendar) == count
    assert working_days_between(end, day, calendar) == -count


@given(days, st.integers(0, 20), st.integers(1, 20), calendars)
def test_working_days_may_be_added_in_two_steps(day, first, second, calendar):
    start = add_working_days(day, first, calendar)
    whole = add_working_days(start, second, calendar)
    step = add_working_days(start, 1, calendar)
    assert whole == (add_working_days(step, second - 1, calendar) if second > 1 else step)


# Wall clocks


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        # summer time begins: 02:00 to 03:00 does not exist, the first valid moment is 03:00
        ("Europe/Paris", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        # summer time ends: 02:30 happens twice, the first counts
        ("Europe/Paris", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # half an hour only
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        # midnight does not exist
        ("Africa/Cairo", date(2026, 4, 24), time(0), datetime(2026, 4, 23, 22, 0, tzinfo=UTC)),
        # a whole day does not exist
        ("Pacific/Apia", date(2011, 12, 30), time(9), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_skipped_time_gives_the_first_moment_after_and_a_doubled_time_the_first(zone, day, at, moment):
    """Threat G5"""
    assert local_moment(day, at, ZoneInfo(zone)) == moment


@given(days, calendars)
def test_a_day_ends_where_the_next_begins(day, calendar):
    """A-35"""
    end = end_of_working_day(day, calendar)
    assert calendar.day_of(end) == day
    assert end + timedelta(seconds=1) == start_of_day(day + timedelta(days=1), calendar.zone)


@given(st.integers(1_600_000_000, 2_000_000_000), calendars)
def test_the_last_and_the_next_send_day_embrace_every_moment(second, calendar):
    moment = datetime.fromtimestamp(second, UTC)
    last, upcoming = last_send_day(moment, calendar), next_send_day(moment, calendar)
    assert send_moment(last, calendar) <= moment <= send_moment(upcoming, calendar)
    assert send_moment(last + timedelta(days=1), calendar) > moment
    assert upcoming - last <= timedelta(days=1)
