"""Plain functions that make rows for tests; every internal text carries a token no client may ever meet.

The cast is fixed: Olga owns the agency, Alex works there; Sarah and Mark speak for Acme, Bo for Borealis.
"""

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from parvis.access import Actor, ContactRole, Role
from parvis.clients.actions.link_requests import request_link
from parvis.clients.due import due as answer_link_requests
from parvis.clients.models import (
    AccessGrant,
    Client,
    ClientState,
    Contact,
    ContactDevice,
    Membership,
    MembershipProject,
    MembershipState,
    PortalSettings,
)
from parvis.core.text import handle
from parvis.deliverables.actions import Approver, Terms, create_deliverable, publish_version
from parvis.deliverables.models import Deliverable, DeliverableVersion, Purpose
from parvis.files.actions import store_upload
from parvis.files.models import StoredFile
from parvis.projects.models import Project, ProjectStatus
from parvis.signin.models import User
from parvis.signin.tokens import digest, new_secret
from parvis.team.actors import member_actor
from parvis.team.models import Assignment, Member
from parvis.workspaces.models import Branding, WorkingCalendar, Workspace

SUNDAY = datetime(
    2024, 12, 15, 9, 0, tzinfo=UTC
)  # 10:00 in Paris: when the example's version 3 was submitted
CANARY = "zq7canary"
"""Begins every text that no contact may receive; tests look for it in everything a contact can receive."""

_numbers = count(1)


def canary(what: str) -> str:
    """A text that must stay inside the team."""
    return f"{CANARY}{next(_numbers)} {what}"


def make_workspace(name: str = "Studio Nord", *, language: str = "en") -> Workspace:
    """A workspace in Paris with branding and calendar."""
    workspace = Workspace.objects.create(
        slug=handle(name), name=name, language=language, created_at=SUNDAY - timedelta(days=400)
    )
    Branding.objects.create(workspace=workspace)
    WorkingCalendar.objects.create(workspace=workspace, time_zone="Europe/Paris", country="FR")
    return workspace


def make_member(
    workspace: Workspace, name: str = "Olga Petit", *, role: Role = Role.OWNER, language: str = "en"
) -> Member:
    """Somebody of the agency, with a password of `correct horse`."""
    first, _, last = name.partition(" ")
    user = User.objects.create_user(
        f"{handle(name)}@{workspace.slug}.test",
        "correct horse",
        first_name=first,
        last_name=last,
        language=language,
    )
    return Member.objects.create(
        workspace=workspace, user=user, role=role, name=name, handle=handle(name), joined_at=SUNDAY
    )


def make_client(workspace: Workspace, name: str = "Acme Corp", **values: Any) -> Client:
    """An active client with an enabled portal and the default switches (G1-08); `portal` overrides those."""
    portal = {"updated_at": SUNDAY, **values.pop("portal", {})}
    client = Client.objects.create(
        workspace=workspace,
        name=name,
        **{"state": ClientState.ACTIVE, "created_at": SUNDAY, "last_activity_at": SUNDAY, **values},
    )
    PortalSettings.objects.create(workspace=workspace, client=client, **portal)
    return client


def make_contact(
    client: Client,
    name: str = "Sarah Lopez",
    *,
    role: ContactRole = ContactRole.DECISION_MAKER,
    state: MembershipState = MembershipState.ACTIVE,
    projects: Sequence[Project] | None = None,
    **values: Any,
) -> Contact:
    """A contact of the client; `projects` limits their membership to a list (A-38)."""
    first, _, last = name.partition(" ")
    contact = Contact.objects.create(
        workspace=client.workspace,
        first_name=first,
        last_name=last,
        **{
            "email": f"{handle(name)}@{handle(client.name)}.test",
            "handle": f"client-{first.lower()}",
            "language": "en",
            "created_at": SUNDAY,
            **values,
        },
    )
    join(contact, client, role=role, state=state, projects=projects)
    return contact


def join(
    contact: Contact,
    client: Client,
    *,
    role: ContactRole = ContactRole.DECISION_MAKER,
    state: MembershipState = MembershipState.ACTIVE,
    projects: Sequence[Project] | None = None,
) -> Membership:
    """One more membership of a contact."""
    membership = Membership.objects.create(
        workspace=client.workspace,
        client=client,
        contact=contact,
        role=role,
        state=state,
        reaches_all_projects=projects is None,
        created_at=SUNDAY,
    )
    for project in projects or ():
        MembershipProject.objects.create(
            workspace=client.workspace, membership=membership, project_id=project.pk
        )
    return membership


def ask_for_link(workspace: Workspace, *, at: datetime, **by: str) -> int:
    """Somebody asks for a link by `email` or by an old `secret`, and is answered; how many were sent."""
    request_link(workspace_id=workspace.pk, at=at, **by)
    return answer_link_requests(at)["links_sent"]


def make_project(client: Client, title: str = "Website", **values: Any) -> Project:
    """A running project."""
    return Project.objects.create(
        workspace=client.workspace,
        client=client,
        number=next(_numbers),
        title=title,
        **{"status": ProjectStatus.IN_PROGRESS, "created_at": SUNDAY, "updated_at": SUNDAY, **values},
    )


def assign(member: Member, project: Project) -> Assignment:
    """The member works on the project (G2-24a)."""
    return Assignment.objects.create(
        workspace=member.workspace,
        member=member,
        project_id=project.pk,
        client_id=project.client_id,
        added_at=SUNDAY,
    )


def make_file(workspace: Workspace, name: str = "homepage.png", *, at: datetime = SUNDAY) -> StoredFile:
    """A stored picture, its colour taken from its name so that no two are alike."""
    return store_upload(make_upload(name), workspace_id=workspace.pk, at=at)


def make_upload(name: str = "homepage.png") -> SimpleUploadedFile:
    """A small picture as a browser would send it."""
    shade = hashlib.sha256(f"{name}{next(_numbers)}".encode()).digest()
    picture = io.BytesIO()
    Image.new("RGB", (120, 90), (shade[0], shade[1], shade[2])).save(picture, "PNG")
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/png")


def make_draft(
    project: Project,
    title: str = "Homepage",
    *,
    approvers: Sequence[Contact] = (),
    purpose: Purpose = Purpose.APPROVAL,
    terms: Terms | None = None,
    maximum_rounds: int | None = None,
    at: datetime = SUNDAY,
) -> Deliverable:
    """A draft; every approver has to approve unless `terms` say otherwise."""
    return create_deliverable(
        project,
        title=title,
        purpose=purpose,
        actor=staff_of(project.workspace),
        at=at,
        terms=terms or Terms(required_approvers=max(1, len(approvers))),
        approvers=[Approver(contact.pk, contact.function) for contact in approvers],
        maximum_rounds=maximum_rounds,
    )


def publish(deliverable: Deliverable, *, at: datetime = SUNDAY, **values: Any) -> DeliverableVersion:
    """The next version, with one picture."""
    files = values.pop("files", None) or [make_file(deliverable.workspace, at=at)]
    actor = values.pop("actor", None) or staff_of(deliverable.workspace)
    return publish_version(deliverable, files=files, actor=actor, at=at, **values)


def staff_of(workspace: Workspace) -> Actor:
    """The owner of the workspace as an actor, made where there is none."""
    owner = Member.objects.filter(workspace=workspace, role=Role.OWNER).first()
    return member_actor(owner or make_member(workspace))


def open_device(contact: Contact, client: Client, *, at: datetime = SUNDAY) -> tuple[ContactDevice, str]:
    """A device bound to the contact's portal grant, and the secret of its cookie."""
    secret = new_secret()
    device = ContactDevice.objects.create(
        workspace=contact.workspace,
        contact=contact,
        digest=digest(secret),
        label="Firefox, Linux",
        created_at=at,
        last_seen_at=at,
        expires_at=at + timedelta(days=3650),
    )
    AccessGrant.objects.update_or_create(
        workspace=contact.workspace,
        contact=contact,
        client=client,
        revoked_at=None,
        defaults={
            "device": device,
            "issued_at": at,
            "claimed_at": at,
            "expires_at": at + timedelta(days=3650),
        },
    )
    return device, secret


def day(text: str) -> date:
    """`2024-12-18` as a date."""
    return date.fromisoformat(text)
