"""What the team sets for everybody: names, languages, look, working days."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, Guard, Permission, require
from parvis.core.editing import write
from parvis.core.text import clean_line
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.workspaces.models import Branding, WorkingCalendar, Workspace


@dataclass(frozen=True, slots=True)
class Configured:
    """A workspace as the subject of a permission and of an event; workspaces stand below `access`."""

    workspace: Workspace

    @property
    def pk(self) -> UUID:
        return self.workspace.pk

    @property
    def guard(self) -> Guard:
        return Guard(workspace_id=self.workspace.pk)

    @property
    def _meta(self) -> Any:
        return self.workspace._meta


@transaction.atomic
def configure_workspace(
    workspace: Workspace,
    *,
    name: str,
    currency: str,
    email_from: str,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> Workspace:
    """Name, currency and sender address. `edition` is the one that was read; raises EditedMeanwhile (G3)."""
    require(actor, Permission.WORKSPACE_CONFIGURE, Configured(workspace))
    write(workspace, edition, name=clean_line(name), currency=currency, email_from=email_from)
    _tell(workspace, "workspace", actor=actor, at=at)
    return workspace


@transaction.atomic
def brand_workspace(
    workspace: Workspace,
    *,
    colour: str,
    logo_id: UUID | None,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> Branding:
    """Logo and main colour of every portal page and mail (G1-06, A-37). Raises EditedMeanwhile (G3)."""
    require(actor, Permission.WORKSPACE_CONFIGURE, Configured(workspace))
    write(workspace, edition)
    branding, _made = Branding.objects.update_or_create(
        workspace=workspace, defaults={"colour": colour, "logo_id": logo_id}
    )
    _tell(workspace, "look", actor=actor, at=at)
    return branding


@transaction.atomic
def configure_calendar(
    workspace: Workspace,
    *,
    language: str,
    time_zone: str,
    working_weekdays: list[int],
    country: str,
    region: str,
    closing_days: list[str],
    send_time: time,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> WorkingCalendar:
    """Language, zone, working days and the hour at which reminders leave (A-23, A-25, A-35).

    Raises EditedMeanwhile (G3).
    """
    require(actor, Permission.WORKSPACE_CONFIGURE, Configured(workspace))
    write(workspace, edition, language=language)
    calendar, _made = WorkingCalendar.objects.update_or_create(
        workspace=workspace,
        defaults={
            "time_zone": time_zone,
            "working_weekdays": working_weekdays,
            "country": country,
            "region": region,
            "closing_days": closing_days,
            "send_time": send_time,
        },
    )
    _tell(workspace, "calendar", actor=actor, at=at)
    return calendar


def _tell(workspace: Workspace, section: str, *, actor: Actor, at: datetime) -> None:
    record(
        EventKind.WORKSPACE_CONFIGURED,
        actor=actor,
        subject=Configured(workspace),
        at=at,
        audience=Audience.STAFF,
        values={"section": section},
        names={"subject": workspace.name},
    )
