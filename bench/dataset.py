"""Data sets S and M: the same shape per client, ten times as many clients, and ten times the talk in each.

S: 20 clients, 200 projects, 2,000 deliverables, 2,000 comments. M: 200, 2,000, 20,000, 200,000.
Rows are written in bulk, past the actions: this is scenery. The client that is measured has the same
number of projects and deliverables in both, so that a difference is the growth of the rest.
"""

import hashlib
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from PIL import Image

from parvis.access import ActorKind, Audience, ContactRole, Role
from parvis.clients.models import Client, ClientState, Contact, Membership, MembershipState, PortalSettings
from parvis.conversations.models import ClientComment, Thread
from parvis.core.text import handle
from parvis.deliverables.models import (
    ApprovalPolicy,
    ApproverSlot,
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    Purpose,
    Remark,
    VersionFile,
)
from parvis.events.digests import digest_names
from parvis.events.kinds import EventKind
from parvis.events.models import Event, EventNames
from parvis.files.models import FilePage, PreviewState, StoredFile
from parvis.files.storage import new_key, storage
from parvis.projects.models import Milestone, Project
from parvis.projects.rules import ProjectStatus
from parvis.signin.models import User
from parvis.team.models import Member
from parvis.workspaces.models import Branding, WorkingCalendar, Workspace, WorkspaceRow

PROJECTS_EACH, DELIVERABLES_EACH = 10, 10
REVIEWED_COMMENTS = 20  # on the review page that is measured
DECIDABLE = 2000  # deliverables that wait for an approval, one request each
PICTURES = 40  # real ones, because a mail shows the work it is about; shared by all versions in turn
CHUNK = 2000

# Nine in ten are settled, as in an agency that has worked for years.
STATES = [DeliverableState.IN_REVIEW, *[DeliverableState.APPROVED] * 9]
WORDS = ("homepage", "header", "logo", "colour", "brief", "photo", "contrast", "margin", "footer", "menu")

Row = TypeVar("Row", bound=WorkspaceRow)


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    name: str
    clients: int
    comments: int


SIZES = {"S": Size("S", 20, 2_000), "M": Size("M", 200, 200_000)}


@dataclass
class Scene:
    """What the measured requests need to know."""

    workspace: Workspace
    member: Member
    client: Client
    contact: Contact
    busy_contact: Contact
    project: Project
    reviewed: Deliverable
    talked_about: list[Deliverable]
    decidable: list[Deliverable]
    counts: dict[str, int] = field(default_factory=dict)

    def to_decide(self) -> list[Deliverable]:
        """Those decided over HTTP; the first and the last ones are left to the work behind the pages."""
        return self.decidable[100:-500]


def fill(size: Size, at: datetime) -> Scene:
    """Write a data set into an empty database."""
    return _Painter(size, at).paint()


class _Painter:
    """Collects rows by table and writes each table in bulk."""

    def __init__(self, size: Size, at: datetime) -> None:
        self.size, self.at = size, at
        self.rows: dict[type[models.Model], list[Any]] = {}
        self.numbers = itertools.count(1)
        self.words = itertools.cycle(WORDS)
        self.pictures = itertools.cycle([_draw(number) for number in range(PICTURES)])

    def paint(self) -> Scene:
        with transaction.atomic():
            self.workspace, self.members = self._agency()
            clients = [self._client(number) for number in range(self.size.clients)]
            projects = [
                self._project(client, number) for client in clients for number in range(PROJECTS_EACH)
            ]
            deliverables = [
                self._deliverable(project, STATES[number])
                for project in projects
                for number in range(DELIVERABLES_EACH)
            ]
            # The client that is shown, and another one whose portal nobody opens, for the many decisions.
            client, busy = clients[2], projects[PROJECTS_EACH * 3]
            of_client = [one for one in deliverables if one.client_id == client.pk]
            reviewed, talked_about = of_client[0], of_client[1:]
            decidable = [self._deliverable(busy, DeliverableState.PENDING) for _ in range(DECIDABLE)]
            self._talk(deliverables, reviewed)
            self._write()
        counts = {model.__name__: model._default_manager.count() for model in self.rows}
        return Scene(
            self.workspace,
            self.members[0],
            client,
            self.contacts[client.pk][0],
            self.contacts[busy.client_id][0],
            reviewed.project,
            reviewed,
            talked_about,
            decidable,
            counts,
        )

    # People

    def _agency(self) -> tuple[Workspace, list[Member]]:
        workspace = Workspace.objects.create(
            slug="verdier", name="Studio Verdier", language="en", created_at=self.at
        )
        Branding.objects.create(workspace=workspace)
        WorkingCalendar.objects.create(workspace=workspace)
        members = []
        for number, role in enumerate([Role.OWNER, Role.ADMIN, *[Role.MANAGER] * 6]):
            user = User(email=f"member{number}@studio.test", first_name=f"Member{number}", language="en")
            user.set_unusable_password()
            user.save()
            members.append(
                Member.objects.create(
                    workspace=workspace,
                    user=user,
                    role=role,
                    name=f"Member {number}",
                    handle=f"member-{number}",
                    joined_at=self.at,
                )
            )
        self.contacts: dict[Any, list[Contact]] = {}
        return workspace, members

    def _client(self, number: int) -> Client:
        client = self._add(
            Client,
            name=f"Client {number:03} {next(self.words).title()}",
            state=ClientState.ACTIVE,
            owner=self.members[number % len(self.members)],
            colour=number % 12 + 1,
            created_at=self.at,
            last_activity_at=self.at - timedelta(minutes=number),
        )
        self._add(PortalSettings, client=client, updated_at=self.at)
        self.contacts[client.pk] = [self._contact(client, number, first) for first in ("Sarah", "Mark")]
        return client

    def _contact(self, client: Client, number: int, first: str) -> Contact:
        contact = self._add(
            Contact,
            first_name=first,
            last_name=f"Client{number}",
            email=f"{first.lower()}@client{number}.test",
            handle=handle(f"client {first} {number}"),
            language="en",
            created_at=self.at,
        )
        self._add(
            Membership,
            client=client,
            contact=contact,
            role=ContactRole.DECISION_MAKER,
            is_main=first == "Sarah",
            state=MembershipState.ACTIVE,
            created_at=self.at,
            last_seen_at=self.at,
        )
        return contact

    # Work

    def _project(self, client: Client, number: int) -> Project:
        project = self._add(
            Project,
            client=client,
            number=next(self.numbers),
            title=f"{next(self.words).title()} {number}",
            status=ProjectStatus.IN_PROGRESS,
            starts_on=self.at.date() - timedelta(days=60),
            due_on=self.at.date() + timedelta(days=number),
            assignee=self.members[number % len(self.members)],
            progress=number * 10,
            created_at=self.at,
            updated_at=self.at - timedelta(hours=number),
            published_at=self.at,
        )
        self._add(Milestone, project=project, title="Launch", due_on=self.at.date() + timedelta(days=20))
        return project

    def _deliverable(self, project: Project, state: DeliverableState) -> Deliverable:
        title = f"{next(self.words)} {next(self.words)}"
        deliverable = self._add(
            Deliverable,
            client=project.client,
            project=project,
            title=title,
            purpose=Purpose.APPROVAL,
            state=state,
            responsible=self.members[0],
            current_number=1,
            submitted_at=self.at,
            due_at=self.at + timedelta(days=3),
            settled_at=self.at if state == DeliverableState.APPROVED else None,
            created_at=self.at,
            updated_at=self.at,
        )
        version = self._version(deliverable, title)
        deliverable.current_version_id = deliverable.shown_version_id = version.pk
        self._add(ApprovalPolicy, deliverable=deliverable)
        self._add(ApproverSlot, deliverable=deliverable, contact=self.contacts[project.client_id][0])
        self._event(EventKind.DELIVERABLE_SUBMITTED, deliverable)
        return deliverable

    def _version(self, deliverable: Deliverable, title: str) -> DeliverableVersion:
        settled = deliverable.settled_at is not None
        version = self._add(
            DeliverableVersion,
            deliverable=deliverable,
            number=1,
            digest=hashlib.sha256(title.encode()).hexdigest(),
            submitted_at=self.at,
            submitted_by=self.members[0],
            due_at=deliverable.due_at,
            outcome="approved" if settled else "",
        )
        key = hashlib.sha256(version.pk.bytes).hexdigest()
        file = self._add(
            StoredFile,
            name=f"{title}.png",
            size_bytes=200_000,
            sha256=key,
            media_type="image/png",
            family="image",
            state="ready",
            storage_key=key,
            page_count=1,
            preview_state=PreviewState.READY,
            created_at=self.at,
        )
        small, large = next(self.pictures)
        page = FilePage(file=file, number=1, width=1600, height=1000, key_small=small, key_large=large)
        self.rows.setdefault(FilePage, []).append(page)
        self._add(VersionFile, version=version, file=file)
        return version

    # Talk

    def _talk(self, deliverables: list[Deliverable], reviewed: Deliverable) -> None:
        """Remarks with one reply each, spread evenly; 20 comments on the page that is measured."""
        for deliverable in itertools.chain([reviewed], self._spread(deliverables, reviewed)):
            per_round = REVIEWED_COMMENTS // 2 if deliverable is reviewed else 1
            for _ in range(per_round):
                self._remark(deliverable)

    def _spread(self, deliverables: list[Deliverable], reviewed: Deliverable) -> Iterator[Deliverable]:
        others = [one for one in deliverables if one is not reviewed]
        return itertools.islice(itertools.cycle(others), (self.size.comments - REVIEWED_COMMENTS) // 2)

    def _remark(self, deliverable: Deliverable) -> None:
        number = deliverable.comment_count // 2 + 1
        thread = self._add(
            Thread,
            client=deliverable.client,
            project_id=deliverable.project_id,
            comment_count=2,
            last_comment_at=self.at,
            resolved_at=deliverable.settled_at,
            created_at=self.at,
        )
        self._add(
            Remark,
            deliverable=deliverable,
            version_id=deliverable.current_version_id,
            thread=thread,
            number=number,
            x=number % 100,
            y=(number * 7) % 100,
            created_at=self.at,
        )
        root = self._comment(thread, author_contact=self.contacts[deliverable.client_id][0])
        self._comment(thread, author_member=self.members[0], parent=root)
        deliverable.comment_count += 2
        deliverable.open_remark_count += deliverable.settled_at is None
        self._event(EventKind.DELIVERABLE_COMMENTED, deliverable)

    def _comment(self, thread: Thread, **author: Any) -> ClientComment:
        body = f"The {next(self.words)} could be calmer, and the {next(self.words)} larger."
        return self._add(ClientComment, thread=thread, body=body, at=self.at, version_number=1, **author)

    def _event(self, kind: EventKind, deliverable: Deliverable) -> None:
        event = self._add(
            Event,
            kind=kind,
            at=self.at,
            audience=Audience.CLIENT,
            actor_kind=ActorKind.MEMBER,
            actor_id=self.members[0].pk,
            subject_type="deliverables.Deliverable",
            subject_id=deliverable.pk,
            client_id=deliverable.client_id,
            project_id=deliverable.project_id,
            values={"version": 1},
        )
        names = {"actor": "Member 0", "subject": deliverable.title}
        event.names_digest = digest_names("bench", names)
        self.rows.setdefault(EventNames, []).append(EventNames(event=event, salt="bench", values=names))

    # Writing

    def _add(self, model: type[Row], **values: Any) -> Row:
        row = model(workspace=self.workspace, **values)
        self.rows.setdefault(model, []).append(row)
        return row

    def _write(self) -> None:
        """Every table in bulk. Foreign keys are checked at the commit, so the order does not matter."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=CHUNK)


def _draw(number: int) -> tuple[str, str]:
    """A picture in the two sizes of a page, in the storage; their keys."""
    colour = (40 + number * 5, 90, 200 - number * 4)
    whole = Image.linear_gradient("L").resize((1600, 1000)).convert("RGB")
    whole = Image.blend(whole, Image.new("RGB", whole.size, colour), 0.5)
    return _keep(whole.resize((800, 500))), _keep(whole)


def _keep(picture: Image.Image) -> str:
    key, content = new_key(), io.BytesIO()
    picture.save(content, "WEBP")
    with storage().incoming(key) as incoming:
        incoming.handle.write(content.getvalue())
        incoming.keep()
    return key
