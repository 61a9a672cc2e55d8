"""From the stored calendar of a workspace to the one that calculates."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from parvis.core.calendar import WorkCalendar
from parvis.workspaces.models import WorkingCalendar


def calendar_of(workspace_id: UUID) -> WorkCalendar:
    """The working calendar of a workspace (A-23); the defaults where it has set none up yet."""
    row = WorkingCalendar.objects.filter(workspace=workspace_id).first()
    return to_work_calendar(row or WorkingCalendar())


def to_work_calendar(row: WorkingCalendar) -> WorkCalendar:
    """The row's zone, days and hour as a value. Raises ValueError where the row holds nonsense."""
    return WorkCalendar(
        zone=ZoneInfo(row.time_zone),
        working_weekdays=frozenset(row.working_weekdays),
        country=row.country,
        region=row.region,
        closing_days=frozenset(date.fromisoformat(day) for day in row.closing_days),
        send_time=row.send_time,
    )
