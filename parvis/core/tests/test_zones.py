"""Every zone of the tz database, every day of two years, against a slow and independent oracle (G5)."""

import os
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from parvis.core.calendar import local_moment

FULL = os.environ.get("PARVIS_TIER") in {"full", "long"}
FIRST, DAYS = date(2026, 1, 1), 730
TIMES = [time(0), time(0, 30), time(2, 30), time(9), time(23, 59)]
# In the fast tier one zone in twenty, and those known to be odd: midnight gaps, half hours, odd offsets.
ODD = {"Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Nuuk", "America/Santiago"}
ODD |= {"Asia/Beirut", "Asia/Gaza", "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Chatham"}
ZONES = sorted(available_timezones() if FULL else ODD | set(sorted(available_timezones())[::20]))


def offset_periods(zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """(start, end, offset) in seconds since 1970, found by asking the zone every six hours."""

    def offset(second: int) -> int:
        shown = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
        return int(shown.total_seconds()) if shown else 0

    begin = int(datetime.combine(FIRST, time(0), UTC).timestamp()) - 3 * 86400
    samples = [begin + 6 * 3600 * number for number in range(4 * (DAYS + 6) + 1)]
    changes = []
    for low, high in pairwise(samples):
        if offset(low) != offset(high):
            changes.append(next(at for at in range(low, high + 1, 60) if offset(at) == offset(high)))
    starts = [begin, *changes]
    return [(start, end, offset(start)) for start, end in zip(starts, [*changes, samples[-1]], strict=True)]


def oracle(wanted: int, periods: list[tuple[int, int, int]]) -> int:
    """The first second at which the wall clock shows `wanted` or, past a gap, later."""
    for start, end, offset in periods:
        first = max(start, wanted - offset)
        if first < end:
            return first
    raise AssertionError("outside the sampled years")


def test_a_wall_clock_means_the_same_moment_to_us_and_to_the_oracle():
    compared = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        periods = offset_periods(zone)
        for at in TIMES:
            before = None
            for number in range(DAYS):
                day = FIRST + timedelta(days=number)
                moment = local_moment(day, at, zone)
                wanted = int(datetime.combine(day, at, UTC).timestamp())
                assert int(moment.timestamp()) == oracle(wanted, periods), (name, day, at)
                assert before is None or moment > before, (name, day, at)
                before = moment
                compared += 1
    assert compared == len(ZONES) * DAYS * len(TIMES)
