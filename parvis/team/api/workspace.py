"""What the team sets for everybody: names, look, languages and working days."""

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from parvis.access import Permission, require
from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.files.receiving import received
from parvis.http.schemas import (
    Answer,
    Body,
    Colour,
    Currency,
    Edition,
    Edits,
    Email,
    FieldRefused,
    TimeZone,
    Title,
    Word,
)
from parvis.team.actions import brand_workspace, configure_calendar, configure_workspace
from parvis.team.actions.workspaces import Configured
from parvis.team.forms import COUNTRIES
from parvis.workspaces.models import Workspace

router = Router()


def _known_country(code: str) -> str:
    if code not in dict(COUNTRIES):
        raise PydanticCustomError("literal_error", "Not a country whose holidays we know")
    return code


Country = Annotated[
    str,
    Field(json_schema_extra={"enum": [code for code, _name in COUNTRIES]}),
    AfterValidator(_known_country),
]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Annotated[int, Field(ge=0, le=6)]


class WorkspaceAnswer(Answer):
    id: UUID
    slug: str
    name: str
    currency: str
    email_from: str
    colour: str
    has_logo: bool
    edition: int

    @staticmethod
    def resolve_colour(row: Workspace) -> str:
        return row.branding.colour

    @staticmethod
    def resolve_has_logo(row: Workspace) -> bool:
        return row.branding.logo_id is not None


class WorkspaceChanges(Edits):
    name: Title = ""
    currency: Currency = ""
    email_from: Email | Literal[""] = ""


class WorkspaceLookForm(Body):
    colour: Colour = Field("", description="`#2f5d50`; empty leaves it as it is.")
    remove_logo: bool = False
    edition: Edition | None = None


class CalendarAnswer(Answer):
    language: str
    time_zone: str
    working_weekdays: list[int]
    country: str
    region: str
    closing_days: list[date]
    send_time: Clock
    edition: int


class CalendarChanges(Edits):
    language: Literal["fr", "en", "es", "pt"] = "fr"
    time_zone: TimeZone = ""
    working_weekdays: Annotated[list[Weekday], Field(max_length=7)] = Field([], description="Monday is 0.")
    country: Country = ""
    region: Annotated[Word, Field(max_length=12)] = ""
    closing_days: Annotated[list[date], Field(max_length=366)] = []
    send_time: Clock = ""


@router.get("/workspace", response=WorkspaceAnswer)
def get_workspace(request: ApiRequest) -> Workspace:
    """The workspace of the token."""
    return _workspace(request)


@router.patch("/workspace", response=WorkspaceAnswer)
def update_workspace(request: ApiRequest, body: WorkspaceChanges) -> Workspace:
    """Name, currency and sender of mails; what is not sent stays."""
    workspace = _workspace(request)
    kept = {name: getattr(workspace, name) for name in ("name", "currency", "email_from")}
    return configure_workspace(workspace, **{**kept, **body.given}, actor=request.actor, at=now())


@router.post("/workspace/look", response=WorkspaceAnswer)
def set_workspace_look(
    request: ApiRequest, form: Form[WorkspaceLookForm], logo: File[UploadedFile | None] = None
) -> Workspace:
    """Logo and main colour of every portal page and mail (G1-06, A-37)."""
    workspace, at = _workspace(request), now()
    require(request.actor, Permission.WORKSPACE_CONFIGURE, Configured(workspace))  # before files are stored
    with received([logo] if logo else [], actor=request.actor, at=at) as stored:
        kept = None if form.remove_logo else workspace.branding.logo_id
        brand_workspace(
            workspace,
            colour=form.colour or workspace.branding.colour,
            logo_id=stored[0].pk if stored else kept,
            edition=form.edition,
            actor=request.actor,
            at=at,
        )
    return _workspace(request)


@router.get("/workspace/calendar", response=CalendarAnswer)
def get_calendar(request: ApiRequest) -> dict[str, Any]:
    """Language, zone, working days and the hour at which reminders leave."""
    return _calendar(_workspace(request))


@router.patch("/workspace/calendar", response=CalendarAnswer)
def update_calendar(request: ApiRequest, body: CalendarChanges) -> dict[str, Any]:
    """Change what is sent (A-23, A-25, A-35)."""
    workspace = _workspace(request)
    facts = {**_calendar(workspace), **body.given}
    if not facts["time_zone"]:
        raise FieldRefused("time_zone", _("This field is required."))
    if not facts["working_weekdays"]:
        raise FieldRefused("working_weekdays", _("There is at least one working day."))
    facts["working_weekdays"] = sorted(set(facts["working_weekdays"]))
    facts["closing_days"] = sorted({str(day) for day in facts["closing_days"]})
    facts["send_time"] = time.fromisoformat(facts["send_time"])
    configure_calendar(workspace, **facts, actor=request.actor, at=now())
    return _calendar(_workspace(request))


def _workspace(request: ApiRequest) -> Workspace:
    rows = Workspace.objects.select_related("branding", "calendar")
    return get_object_or_404(rows, pk=request.actor.workspace_id)


def _calendar(workspace: Workspace) -> dict[str, Any]:
    calendar = workspace.calendar
    names = ("time_zone", "working_weekdays", "country", "region", "closing_days")
    facts = {name: getattr(calendar, name) for name in names}
    facts |= {"language": workspace.language, "edition": workspace.edition}
    return {**facts, "send_time": calendar.send_time.strftime("%H:%M")}
