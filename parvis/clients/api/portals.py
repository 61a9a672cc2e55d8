"""What a client's portal shows and how it looks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from parvis.access import Permission, Switch, require
from parvis.access.requests import ApiRequest
from parvis.clients.actions.portals import brand_portal, configure_portal
from parvis.clients.api.clients import find_client
from parvis.clients.models import PortalSettings
from parvis.core.clock import now
from parvis.files.receiving import received
from parvis.http.schemas import Answer, Body, Colour, Edition, Edits, Text

router = Router()

Welcome = Annotated[Text, Field(max_length=1000)]


class WelcomeBody(Body):
    """The welcome message in the four languages (G1-07); empty ones are left out."""

    fr: Welcome = ""
    en: Welcome = ""
    es: Welcome = ""
    pt: Welcome = ""


class PortalAnswer(Answer):
    enabled: bool
    switches: list[Switch]
    welcome_messages: dict[str, str]
    notification_defaults: dict[str, bool]
    colour: str
    has_logo: bool
    edition: int
    updated_at: datetime

    @staticmethod
    def resolve_switches(row: PortalSettings) -> list[Switch]:
        return sorted(row.switches)

    @staticmethod
    def resolve_has_logo(row: PortalSettings) -> bool:
        return row.logo_id is not None


class PortalChanges(Edits):
    enabled: bool = True
    switches: Annotated[list[Switch], Field(max_length=len(Switch))] = Field(
        [], description="The switches that are to be on; the others are switched off (A-02)."
    )
    welcome_messages: WelcomeBody = WelcomeBody()


class LookForm(Body):
    colour: Colour = Field("", description="`#2f5d50`; empty takes the workspace's.")
    remove_logo: bool = False
    edition: Edition | None = None


@router.get("/clients/{uuid:client_id}/portal", response=PortalAnswer)
def get_portal(request: ApiRequest, client_id: UUID) -> PortalSettings:
    """What the portal shows."""
    return find_client(request, client_id).portal


@router.patch("/clients/{uuid:client_id}/portal", response=PortalAnswer)
def update_portal(request: ApiRequest, client_id: UUID, body: PortalChanges) -> PortalSettings:
    """Change what is sent; the server refuses what is off from then on (G1-08, A-03)."""
    given = body.given
    if "welcome_messages" in given:
        given["welcome_messages"] = body.welcome_messages.model_dump()
    return configure_portal(find_client(request, client_id).portal, **given, actor=request.actor, at=now())


@router.post("/clients/{uuid:client_id}/portal/look", response={200: PortalAnswer})
def set_portal_look(
    request: ApiRequest, client_id: UUID, form: Form[LookForm], logo: File[UploadedFile | None] = None
) -> PortalSettings:
    """Logo and colour of this portal, where they differ from the workspace's (A-37)."""
    portal, at = find_client(request, client_id).portal, now()
    require(request.actor, Permission.PORTAL_CONFIGURE, portal)  # before files are stored
    with received([logo] if logo else [], actor=request.actor, at=at) as stored:
        kept = None if form.remove_logo else portal.logo_id
        return brand_portal(
            portal,
            colour=form.colour,
            logo_id=stored[0].pk if stored else kept,
            edition=form.edition,
            actor=request.actor,
            at=at,
        )
