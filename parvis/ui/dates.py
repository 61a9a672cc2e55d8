"""Dates and times in words, in the reader's language and zone (DESIGN 6).

Moments arrive in UTC. What is relative is relative to this minute, so results are kept per minute, language
and zone: a list of fifty rows words a moment once.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from parvis.core import clock

LOCALES = {"fr": "fr_FR", "en": "en_GB", "en-us": "en_US", "es": "es_ES", "pt": "pt_PT"}

# A 24-hour clock everywhere but in the United States; French says « 14 h 20 », with spaces that do not break.
TIMES = {"fr": "H'\u00a0h\u00a0'mm", "en-us": "h:mm\u202fa"}
DAYS = {
    "fr": "EEEE d MMMM",
    "en": "EEEE d MMMM",
    "en-us": "EEEE, MMMM d",
    "es": "EEEE, d 'de' MMMM",
    "pt": "EEEE, d 'de' MMMM",
}
SHORT_DAYS = {"en-us": "MMM d"}
YEARS = {"en-us": ", y", "es": " 'de' y", "pt": " 'de' y"}

KEPT = 4096


def current_language() -> str:
    """The active language as one of ours; English where we do not speak it."""
    language = (get_language() or "en").lower()
    if language not in LOCALES:
        language = language.split("-")[0]
    return language if language in LOCALES else "en"


def current_locale() -> Locale:
    return Locale.parse(LOCALES[current_language()])


def day(value: date) -> str:
    """« jeudi 27 novembre »; the year follows when it is not this one."""
    return _day(_local_day(value), _today().year, current_language())


def short_day(value: date) -> str:
    """« 27 nov. »; the year follows when it is not this one."""
    return _short_day(_local_day(value), _today().year, current_language())


def clock_time(value: datetime) -> str:
    """« 14 h 20 », "14:20"."""
    return _time(timezone.localtime(value), current_language())


def moment(value: datetime) -> str:
    """All of it: « jeudi 27 novembre 2026, 14 h 20 »."""
    local, language = timezone.localtime(value), current_language()
    return f"{_day(local.date(), 0, language)}, {_time(local, language)}"


def when(value: datetime) -> str:
    """As one would say it now: « il y a 40 min », « hier, 17 h 20 », « mardi », « 14 nov. »."""
    return _when(value, _this_minute(), current_language(), timezone.get_current_timezone_name())


def relative(value: datetime) -> str:
    """The distance alone: « il y a 2 h », « dans 3 jours »."""
    return _relative(value, _this_minute(), current_language())


def element(value: datetime) -> SafeString:
    """A `<time>` element: relative words to read, the full date in its title (DESIGN 6)."""
    return _element(value, _this_minute(), current_language(), timezone.get_current_timezone_name())


def _this_minute() -> datetime:
    # A filter has no one to be told the time by; it words a page for a reader who looks at it now.
    return clock.now().replace(second=0, microsecond=0)


def _today() -> date:
    return timezone.localtime(_this_minute()).date()


def _local_day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=KEPT)
def _when(value: datetime, now: datetime, language: str, zone: str) -> str:
    local = value.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    days = (local.date() - today).days
    seconds = (value - now).total_seconds()

    if abs(seconds) < 3600 or (days == 0 and seconds < 0):
        return _relative(value, now, language)
    if days in (-1, 0, 1):
        return _named_day(days).format(time=_time(local, language))
    if -7 < days < 0:
        return _format(local.date(), "EEEE", language)
    if 0 < days < 7:
        return f"{_format(local.date(), 'EEEE', language)}, {_time(local, language)}"
    return _short_day(local.date(), today.year, language)


@lru_cache(maxsize=KEPT)
def _element(value: datetime, now: datetime, language: str, zone: str) -> SafeString:
    title, words = moment(value), _when(value, now, language, zone)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), title, words)


def _named_day(days: int) -> str:
    """The sentence of yesterday, today or tomorrow, still without its time."""
    return {
        -1: gettext("yesterday, {time}"),
        0: gettext("today, {time}"),
        1: gettext("tomorrow, {time}"),
    }[days]


@lru_cache(maxsize=KEPT)
def _relative(value: datetime, now: datetime, language: str) -> str:
    distance = value.astimezone(UTC) - now.astimezone(UTC)
    if (
        abs(distance.total_seconds()) < 60
    ):  # `now` is the beginning of this minute: what is past may follow it
        return gettext("just now")
    style: Literal["long", "short"] = "long" if abs(distance.total_seconds()) >= 86_400 else "short"
    locale = LOCALES[language]
    words = format_timedelta(
        distance, granularity="minute", threshold=1, add_direction=True, format=style, locale=locale
    )
    return words.replace(" ", "\u00a0") if style == "short" else words


@lru_cache(maxsize=KEPT)
def _day(value: date, this_year: int, language: str) -> str:
    pattern = DAYS[language]
    if value.year != this_year:
        pattern += YEARS.get(language, " y")
    return _format(value, pattern, language)


@lru_cache(maxsize=KEPT)
def _short_day(value: date, this_year: int, language: str) -> str:
    pattern = SHORT_DAYS.get(language, "d MMM")
    if value.year != this_year:
        pattern += ", y" if language == "en-us" else " y"
    return _format(value, pattern, language)


def _time(local: datetime, language: str) -> str:
    # Without its zone: 14:20 in Paris and 08:20 in New York are equal moments, not equal words.
    return _wall_time(local.time(), language)


@lru_cache(maxsize=KEPT)
def _wall_time(local: time, language: str) -> str:
    return format_time(local, TIMES.get(language, "HH:mm"), locale=LOCALES[language])


def _format(value: date, pattern: str, language: str) -> str:
    written = format_date(value, pattern, locale=LOCALES[language])
    if language == "fr" and value.day == 1 and " d " in f" {pattern} ":
        # The first of a month is an ordinal in French, and only the first: « lundi 1er décembre ».
        return " ".join("1er" if word == "1" else word for word in written.split(" "))
    return written
