"""What the team writes among itself. No action of another domain ever touches it (G1-32)."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, Guard, Permission, require
from parvis.backstage.errors import NothingWritten
from parvis.backstage.models import ClientNote, StaffComment, StaffMention
from parvis.clients.models import Client
from parvis.conversations.rules import handles_in
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.team.models import Member


class Subject(Protocol):
    """Something of a project that the team talks about: a project, a task, a deliverable."""

    @property
    def pk(self) -> Any: ...

    @property
    def guard(self) -> Guard: ...

    @property
    def _meta(self) -> Any: ...


@transaction.atomic
def add_staff_comment(
    subject: Subject, *, body: str, actor: Actor, at: datetime, parent: StaffComment | None = None
) -> StaffComment:
    """A comment of the internal stream (G1-30). A reply to a reply hangs on the same first comment.

    Members named by @handle are told, if they may see the project. Raises NothingWritten.
    """
    require(actor, Permission.STAFF_DISCUSS, subject)
    guard = subject.guard
    if not body.strip():
        raise NothingWritten
    if guard.client_id is None or guard.project_id is None or actor.member_id is None:
        raise ValueError("An internal comment stands on something of a project, and has an author.")
    comment = StaffComment.objects.create(
        workspace_id=guard.workspace_id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        client_id=guard.client_id,
        project_id=guard.project_id,
        parent=parent.parent or parent if parent else None,
        author_id=actor.member_id,
        body=body.strip(),
        at=at,
    )
    mentioned = _mention(comment)
    record(
        EventKind.STAFF_COMMENTED,
        actor=actor,
        subject=comment,
        at=at,
        audience=Audience.STAFF,
        values={
            "about_type": comment.subject_type,
            "about": comment.subject_id,
            "mentioned": [member.pk for member in mentioned],
        },
        names={"subject": str(subject)},
    )
    return comment


@transaction.atomic
def add_note(client: Client, *, body: str, actor: Actor, at: datetime) -> ClientNote:
    """A dated note about a client, for the team alone (G2-07e, G2-21d). Raises NothingWritten."""
    require(actor, Permission.STAFF_DISCUSS, client)
    if not body.strip():
        raise NothingWritten
    if actor.member_id is None:
        raise ValueError("A note has an author.")
    return ClientNote.objects.create(
        workspace_id=client.workspace_id, client=client, author_id=actor.member_id, body=body.strip(), at=at
    )


def _mention(comment: StaffComment) -> list[Member]:
    """Rows for the members addressed; whoever may not see the project is not told of it (G1-16)."""
    handles = handles_in(comment.body)
    if not handles:
        return []
    members = Member.objects.active().filter(workspace=comment.workspace_id, handle__in=handles)
    told = [member for member in members if _may_read(member, comment.project_id)]
    StaffMention.objects.bulk_create(
        StaffMention(workspace_id=comment.workspace_id, comment=comment, member=member) for member in told
    )
    return told


def _may_read(member: Member, project_id: UUID) -> bool:
    """Members of the lowest role read the projects they work on (G2-24a)."""
    return member.role != "member" or member.assignments.filter(project_id=project_id).exists()
