"""Calendar arithmetic: working days, send hours and what a wall clock means in a zone.

Pure: whoever asks brings the calendar. Local time and zone are kept, and the moment is computed
anew each time, so that a changed zone or summer time moves the mail, not the hour (threat G5).
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class WorkCalendar:
    """When a workspace works and when its reminders leave (A-23). Monday is 0."""

    zone: ZoneInfo
    working_weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    country: str = ""  # ISO 3166-1 alpha-2; empty = no public holidays
    region: str = ""  # ISO 3166-2 without the country
    closing_days: frozenset[date] = frozenset()
    send_time: time = time(9, 0)

    def __post_init__(self) -> None:
        if not self.working_weekdays or not self.working_weekdays <= frozenset(range(7)):
            raise ValueError("a calendar needs at least one working weekday, from 0 (Monday) to 6")

    def is_working_day(self, day: date) -> bool:
        """Whether the workspace works that day: not a free weekday, closing day or public holiday."""
        return (
            day.weekday() in self.working_weekdays
            and day not in self.closing_days
            and holiday_name(day, self) is None
        )

    def day_of(self, moment: datetime) -> date:
        """The calendar day a moment falls on, in the workspace's zone."""
        return moment.astimezone(self.zone).date()


# Working days


def add_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """The `count`-th working day after `day`; `day` itself is never counted (G1-22).

    With 0 the day itself, or the next working day when it is none. Raises OverflowError where
    closing days leave no working day before the year 9999.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    if count == 0:
        return day if calendar.is_working_day(day) else add_working_days(day, 1, calendar)
    while count:
        day += ONE_DAY
        count -= calendar.is_working_day(day)
    return day


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start, calendar)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def end_of_working_day(day: date, calendar: WorkCalendar) -> datetime:
    """The last second of that day in the workspace's zone, in UTC: a deadline ends with its day (A-35).

    A second before midnight rather than midnight, so that "due on the 18th" reads as the 18th.
    """
    return start_of_day(day + ONE_DAY, calendar.zone) - timedelta(seconds=1)


def holiday_name(day: date, calendar: WorkCalendar) -> str | None:
    """The public holiday of that day in the calendar's country and region, in its own language."""
    if not calendar.country:
        return None
    return _holidays_of(calendar.country, calendar.region, day.year).get(day)


@functools.lru_cache(maxsize=256)
def _holidays_of(country: str, region: str, year: int) -> Mapping[date, str]:
    import holidays  # 15 MB with its countries, in processes that show pages and rarely ask

    try:
        found: Any = holidays.country_holidays(country, subdiv=region or None, years=year, observed=True)
    except NotImplementedError:  # a country or region the library does not know has no holidays
        return {}
    return {day: str(name) for day, name in found.items() if day.year == year}


# Moments


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show that day and time.

    A time that is skipped gives the first moment after the gap; one that happens twice, the first.
    """
    wanted = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    moment = wanted.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wanted:
        return moment
    # Inside a gap. The clocks jump somewhere between the two readings of the missing time.
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = 0, int((moment - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        shown = (before + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        if shown >= wanted:
            high = middle
        else:
            low = middle + 1
    return before + timedelta(seconds=low)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in a zone, in UTC (01:00 where summer time begins at midnight)."""
    return local_moment(day, time(0), zone)


def send_moment(day: date, calendar: WorkCalendar) -> datetime:
    """When the reminders of that day leave (BK-04)."""
    return local_moment(day, calendar.send_time, calendar.zone)


def last_send_day(moment: datetime, calendar: WorkCalendar) -> date:
    """The latest day whose send moment has come at `moment`."""
    # A day further than the local date, because a zone may skip a whole day (Apia, 30 December 2011).
    day = calendar.day_of(moment) + ONE_DAY
    while send_moment(day, calendar) > moment:
        day -= ONE_DAY
    return day


def next_send_day(moment: datetime, calendar: WorkCalendar) -> date:
    """The first day whose send moment is not yet past at `moment`."""
    day = last_send_day(moment, calendar)
    return day if send_moment(day, calendar) == moment else day + ONE_DAY
