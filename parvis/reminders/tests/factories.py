"""Plain factories for reminders."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from parvis.core.calendar import WorkCalendar
from parvis.core.ids import uuid7
from parvis.reminders.models import Target
from parvis.reminders.rules import Facts, Item, ReminderKind
from parvis.workspaces.models import Workspace

PARIS = WorkCalendar(zone=ZoneInfo("Europe/Paris"), country="FR")
THE_15TH = date(2027, 3, 15)


def march(day: int) -> date:
    """A day of the month in which the worked examples play (DOMAIN 3.5)."""
    return date(2027, 3, day)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour in Paris, as a moment."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS.zone).astimezone(UTC)


def make_facts(kind: ReminderKind = ReminderKind.GENTLE, due: date | None = THE_15TH, **facts) -> Facts:
    """One open item, sent on the 1st of March."""
    return Facts(kind=kind, **{"sent_on": march(1), "items": (Item(due_on=due),), **facts})


def make_workspace(slug: str = "verdier") -> Workspace:
    """A workspace without a calendar of its own."""
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    return Workspace.objects.create(slug=slug, name="Studio Verdier", created_at=moment)


def make_target(workspace_id: UUID | None = None) -> Target:
    """A sending to one recipient."""
    return Target(workspace_id or make_workspace().pk, "client_requests.sending", uuid7(), uuid7())
