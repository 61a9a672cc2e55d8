"""Words that several letters and the inbox share; all in the active language."""

from datetime import datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.deliverables.rules import Verdict
from parvis.ui import dates


def by_day(due: datetime, at: datetime) -> str:
    """The day of a deadline: its weekday within a week, else the day with its month."""
    day, today = timezone.localtime(due).date(), timezone.localtime(at).date()
    if 0 <= (day - today).days < 7:
        return format_date(day, "EEEE", locale=dates.current_locale())
    return dates.short_day(day)


def decided(name: str, verdict: str, title: str, number: int) -> str:
    """Who answered what to which version, as a sentence without its full stop."""
    sentences = {
        Verdict.APPROVED: _("{name} approved {title}, version {number}"),
        Verdict.CHANGES_REQUESTED: _("{name} asks for changes to {title}, version {number}"),
        Verdict.REJECTED: _("{name} rejected {title}, version {number}"),
        Verdict.NO_OPINION: _("{name} has no opinion on {title}, version {number}"),
    }
    return sentences[Verdict(verdict)].format(name=name, title=title, number=number)


def you_decided(verdict: str, title: str, number: int) -> str:
    """The same to the person who did it."""
    sentences = {
        Verdict.APPROVED: _("You approved {title}, version {number}"),
        Verdict.CHANGES_REQUESTED: _("You asked for changes to {title}, version {number}"),
        Verdict.REJECTED: _("You rejected {title}, version {number}"),
        Verdict.NO_OPINION: _("You have no opinion on {title}, version {number}"),
    }
    return sentences[Verdict(verdict)].format(title=title, number=number)
