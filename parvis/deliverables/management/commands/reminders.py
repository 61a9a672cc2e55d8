"""`parvis reminders`: every reminder still to come, with the rule that causes or blocks it (N-02)."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.dateparse import parse_date

from parvis.core.calendar import WorkCalendar, send_moment
from parvis.core.clock import now
from parvis.deliverables.models import Deliverable
from parvis.deliverables.reminding import Turn, turns
from parvis.reminders.rules import Planned, upcoming
from parvis.workspaces.calendar import calendar_of

DEFAULT_SPAN = timedelta(days=30)


class Command(BaseCommand):
    """Answers "why no mail on the 14th" before the 14th."""

    help = "List every future reminder of a deliverable with the rule that causes or blocks it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Without `--until` the next thirty days."""
        parser.add_argument("deliverable", type=UUID, help="the identifier in its address")
        parser.add_argument("--until", metavar="DATE", help="the last day, for example 2027-03-31")
        parser.add_argument("--json", action="store_true", help="one JSON line instead of a table")

    def handle(self, *, deliverable: UUID, until: str | None, json: bool, **options: Any) -> None:
        """Print the lines."""
        found = Deliverable.objects.select_related("project", "policy").filter(pk=deliverable).first()
        if found is None:
            raise CommandError(f"There is no deliverable {deliverable}.")
        calendar, at = calendar_of(found.workspace_id), now()
        last = _day(until) if until else calendar.day_of(at) + DEFAULT_SPAN
        lines = [
            _line(turn, planned, calendar)
            for turn in turns(found, calendar)
            for planned in upcoming(turn.facts, valid_from=turn.since, at=at, until=last, calendar=calendar)
        ]
        self.stdout.write(_as_json(lines) if json else _as_table(lines))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text} is not a date such as 2027-03-31.")
    return day


def _line(turn: Turn, planned: Planned, calendar: WorkCalendar) -> dict[str, Any]:
    """Codes for programs, and one sentence for people, in English like every command."""
    because = planned.reason or planned.cause
    with translation.override("en"):
        sentence = str(because.label) if because else ""
    return {
        "contact": turn.slot.contact.name,
        "contact_id": str(turn.slot.contact_id),
        "on": planned.on.isoformat(),
        "at": send_moment(planned.on, calendar).isoformat(),
        "sends": planned.sends,
        "cause": planned.cause,
        "reason": planned.reason,
        "rule": planned.rule,
        "sentence": sentence,
    }


def _as_json(lines: list[dict[str, Any]]) -> str:
    return json.dumps(lines)


def _as_table(lines: list[dict[str, Any]]) -> str:
    if not lines:
        return "Nobody is waited for: no reminder will be sent."
    return "\n".join(
        f"{line['on']}  {'mail' if line['sends'] else '—   '}  {line['contact']:<24}  "
        f"{line['rule']:<6}  {line['sentence']}"
        for line in lines
    )
