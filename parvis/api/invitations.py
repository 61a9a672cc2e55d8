"""Inviting contacts and limiting them to projects, which stand above contacts: so it is done from here."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from parvis.access.requests import ApiRequest
from parvis.clients.actions.contacts import invite_contact, set_project_reach
from parvis.clients.actions.portals import configure_portal
from parvis.clients.api.clients import find_client
from parvis.clients.api.contacts import CONTACT, ContactAnswer, find_membership
from parvis.clients.api.portals import PortalAnswer
from parvis.clients.models import Membership, PortalSettings
from parvis.core.clock import now
from parvis.http.schemas import Body, Ids, Text, all_referred
from parvis.notifications.kinds import ContactNotice
from parvis.projects.models import Project

router = Router(tags=["clients"])

Welcome = Annotated[Text, Field(max_length=2000)]
Reach = Annotated[Ids | None, Field(description="The projects to see; null for all of the client's (A-38).")]


class ContactInvitationBody(Body):
    """Without `project_ids` what was agreed before stays: everything, unless limits were set."""

    welcome_message: Welcome = Field("", description="Stands in the mail.")
    project_ids: Reach = None


class ReachBody(Body):
    project_ids: Reach


class NoticesBody(Body):
    """Kinds that are not named stay as they are."""

    notices: dict[ContactNotice, bool]


@router.post(CONTACT + "/invitation", response={201: ContactAnswer}, url_name="invite_one_contact")
def create_contact_invitation(
    request: ApiRequest, client_id: UUID, contact_id: UUID, body: ContactInvitationBody
) -> Status[Membership]:
    """Invite somebody into the portal, or once more; the mail leaves at once (G1-35, G2-13)."""
    membership = find_membership(request, client_id, contact_id)
    projects = _projects(request, client_id, body.project_ids)
    if "project_ids" not in body.model_fields_set and not membership.reaches_all_projects:
        # Inviting again lifts no limit.
        projects = [row.project_id for row in membership.listed_projects.all()]
    invite_contact(
        membership,
        welcome_message=body.welcome_message,
        projects=projects,
        actor=request.actor,
        at=now(),
    )
    return Status(201, find_membership(request, client_id, contact_id))


@router.put(CONTACT + "/projects", response=ContactAnswer)
def set_contact_projects(
    request: ApiRequest, client_id: UUID, contact_id: UUID, body: ReachBody
) -> Membership:
    """Which of the client's projects the person sees (A-38)."""
    membership = find_membership(request, client_id, contact_id)
    projects = _projects(request, client_id, body.project_ids)
    set_project_reach(membership, projects=projects, actor=request.actor, at=now())
    return find_membership(request, client_id, contact_id)


@router.patch("/clients/{uuid:client_id}/portal/notices", response=PortalAnswer)
def set_portal_notices(request: ApiRequest, client_id: UUID, body: NoticesBody) -> PortalSettings:
    """Which mails contacts get before they choose themselves (G1-09, G1-33)."""
    portal = find_client(request, client_id).portal
    chosen = {kind.value: wanted for kind, wanted in body.notices.items()}
    defaults = {**portal.notification_defaults, **chosen}
    return configure_portal(portal, notification_defaults=defaults, actor=request.actor, at=now())


def _projects(request: ApiRequest, client_id: UUID, pks: Sequence[UUID] | None) -> list[UUID] | None:
    """Projects of this very client. Raises UnknownReference."""
    if pks is None:
        return None
    rows = Project.objects.visible_to(request.actor).filter(client=client_id)
    return [project.pk for project in all_referred(rows, pks, "project_ids")]
