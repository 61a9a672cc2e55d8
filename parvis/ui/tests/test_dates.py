"""Dates, times and sizes in four languages (DESIGN 6)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation

from parvis.ui import dates, text

NOW = datetime(2026, 11, 21, 13, 20, tzinfo=UTC)  # a Saturday, 14:20 in Paris


@pytest.fixture(autouse=True)
def saturday_afternoon_in_paris():
    with time_machine.travel(NOW, tick=False), timezone.override(ZoneInfo("Europe/Paris")):
        yield


def said(language, words, value):
    with translation.override(language):
        return words(value).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "vendredi 27 novembre"),
        ("en", "Friday 27 November"),
        ("en-us", "Friday, November 27"),
        ("es", "viernes, 27 de noviembre"),
        ("pt", "sexta-feira, 27 de novembro"),
    ],
)
def test_a_day_is_written_out(language, expected):
    assert said(language, dates.day, date(2026, 11, 27)) == expected


def test_the_first_of_a_month_is_an_ordinal_in_french_only():
    assert said("fr", dates.day, date(2026, 12, 1)) == "mardi 1er décembre"
    assert said("fr", dates.short_day, date(2026, 12, 1)) == "1er déc."
    assert said("fr", dates.day, date(2026, 12, 11)) == "vendredi 11 décembre"
    assert said("en", dates.day, date(2026, 12, 1)) == "Tuesday 1 December"


def test_another_year_is_named():
    assert said("fr", dates.short_day, date(2025, 11, 14)) == "14 nov. 2025"
    assert said("fr", dates.short_day, date(2026, 11, 14)) == "14 nov."


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "14 h 20"), ("en", "14:20"), ("es", "14:20"), ("pt", "14:20"), ("en-us", "2:20 PM")],
)
def test_times_are_on_a_24_hour_clock_but_in_the_united_states(language, expected):
    assert said(language, dates.clock_time, NOW) == expected


def test_a_moment_is_told_whole_in_the_readers_zone():
    assert said("fr", dates.moment, NOW) == "samedi 21 novembre 2026, 14 h 20"
    with timezone.override(ZoneInfo("America/New_York")):
        assert said("en", dates.moment, NOW) == "Saturday 21 November 2026, 08:20"


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(minutes=40), "il y a 40 min"),
        (timedelta(hours=2), "il y a 2 h"),
        (timedelta(days=3), "mercredi"),
        (timedelta(days=7), "14 nov."),
        (timedelta(days=400), "17 oct. 2025"),
    ],
)
def test_the_past_is_told_as_one_would_say_it(ago, expected):
    assert said("fr", dates.when, NOW - ago) == expected


def test_yesterday_and_tomorrow_have_their_time():
    assert said("en", dates.when, NOW - timedelta(hours=21)) == "yesterday, 17:20"
    assert said("en", dates.when, NOW + timedelta(hours=21)) == "tomorrow, 11:20"
    assert said("en", dates.when, NOW + timedelta(hours=3)) == "today, 17:20"
    assert said("en", dates.when, NOW) == "just now"


def test_what_happened_within_this_minute_lies_not_ahead():
    for seconds in (-45, 0, 45):
        assert said("en", dates.relative, NOW + timedelta(seconds=seconds)) == "just now"
    assert said("en", dates.relative, NOW - timedelta(minutes=2)) == "2 min ago"
    assert said("en", dates.relative, NOW + timedelta(minutes=2)) == "in 2 min"


def test_yesterday_is_hier_in_french():
    assert said("fr", dates.when, NOW - timedelta(hours=21)) == "hier, 17 h 20"


def test_just_before_midnight_yesterday_is_yesterday_in_the_readers_zone():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half past midnight, today in Paris

    assert said("en", dates.when, late) == "14 hr ago"
    with timezone.override(ZoneInfo("UTC")):
        assert said("en", dates.when, late) == "yesterday, 23:30"


def test_the_distance_alone():
    assert said("fr", dates.relative, NOW - timedelta(hours=2)) == "il y a 2 h"
    assert said("fr", dates.relative, NOW + timedelta(days=3)) == "dans 3 jours"
    assert said("pt", dates.relative, NOW + timedelta(days=3)) == "dentro de 3 dias"


def test_an_unknown_language_reads_english():
    assert said("de", dates.clock_time, NOW) == "14:20"


@pytest.mark.parametrize(
    ("language", "size", "expected"),
    [
        ("fr", 240_000, "240 ko"),
        ("fr", 8_200_000, "8,2 Mo"),
        ("en", 8_200_000, "8.2 MB"),
        ("es", 999_600, "1 MB"),
        ("pt", 3_000_000_000, "3 GB"),
        ("en", 1, "1 byte"),
        ("fr", 12, "12 octets"),
    ],
)
def test_sizes_are_read_in_units_people_know(language, size, expected):
    assert said(language, text.file_size, size) == expected


def test_a_time_element_carries_the_full_date():
    with translation.override("fr"):
        drawn = Template("{% load ui %}{% time at %}").render(Context({"at": NOW - timedelta(hours=2)}))

    assert 'datetime="2026-11-21T11:20:00+00:00"' in drawn
    assert "samedi 21 novembre 2026" in drawn
    assert ">il" in drawn


def test_nothing_is_said_where_there_is_no_date():
    drawn = Template("{% load ui %}{{ at|when }}{{ at|day }}{{ at|moment }}{% time at %}").render(
        Context({"at": None})
    )

    assert drawn == ""
