"""What every scene of the demonstration stands on: people, the calendar of the story, files."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.access import Actor
from parvis.clients.actors import actor_for
from parvis.clients.models import Contact
from parvis.core.calendar import local_moment
from parvis.files.actions import store_upload
from parvis.files.models import StoredFile
from parvis.files.previews import draw_previews
from parvis.team.actors import member_actor
from parvis.team.models import Member
from parvis.workspaces.models import Workspace

PARIS = ZoneInfo("Europe/Paris")
TODAY_OF_THE_STORY = date(2024, 12, 16)
"""The day after the example's version 3 was submitted (seed file: 15 December, 10:00)."""


@dataclass
class Stage:
    """The workspace under construction at `now`; `shift` moves the example's dates to today."""

    workspace: Workspace
    now: datetime
    shift: timedelta
    members: dict[str, Member] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)

    def at(self, month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2024) -> datetime:
        """A moment of the example, never later than now."""
        told = local_moment(date(year, month, day) + self.shift, time(hour, minute), PARIS)
        return min(told, self.now)

    def days_ago(self, days: float, hour: int = 10) -> datetime:
        """A moment before now, in working hours."""
        day = (self.now - timedelta(days=days)).astimezone(PARIS).date()
        return min(local_moment(day, time(hour), PARIS), self.now)

    def day_in(self, days: int) -> date:
        """A day from now on (or before, when negative)."""
        return (self.now + timedelta(days=days)).astimezone(PARIS).date()

    def member(self, name: str) -> Actor:
        """A member as an actor."""
        return member_actor(self.members[name])

    def contact(self, name: str) -> Actor:
        """A contact as an actor, whatever device they will use."""
        contact = self.contacts[name]
        return actor_for(contact.pk, contact.workspace_id, name=contact.name)

    def file(self, name: str, content: bytes, at: datetime) -> StoredFile:
        """A stored file with its preview drawn, so that nobody waits for the worker."""
        upload = SimpleUploadedFile(name, content)
        stored = store_upload(upload, workspace_id=self.workspace.pk, at=at)
        draw_previews(stored.pk, at=at)
        stored.refresh_from_db()
        return stored


def shift_to(now: datetime) -> timedelta:
    """How far the story's dates move so that its today is today."""
    return now.astimezone(PARIS).date() - TODAY_OF_THE_STORY
