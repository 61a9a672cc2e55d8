"""Opening a thread, writing in it, closing it as satisfied, fetching its files.

Owners of threads ask `require` first.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, Audience, Role
from parvis.clients.models import Client, Contact, Membership, MembershipState
from parvis.conversations.models import ClientComment, CommentAttachment, Mention, Thread
from parvis.conversations.rules import MAX_LEVELS, handles_in
from parvis.core.errors import DomainError
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.files.models import StoredFile
from parvis.team.models import Assignment, Member

MAX_COMMENT_LENGTH = 20_000  # characters; more is a document


class EmptyComment(DomainError):
    """There is nothing to say."""

    code: ClassVar[str] = "empty_comment"
    status: ClassVar[int] = 422
    message = _("Write a few words, or add a file.")


class CommentTooLong(DomainError):
    """More than anybody would read here."""

    code: ClassVar[str] = "comment_too_long"
    status: ClassVar[int] = 422
    message = _("This text is too long for a comment. Add it as a file instead.")


class ThreadAlreadyResolved(DomainError):
    """Somebody closed it first."""

    code: ClassVar[str] = "already_resolved"
    message = _("This remark is already settled.")


class ThreadNotResolved(DomainError):
    """Somebody opened it again first."""

    code: ClassVar[str] = "not_resolved"
    message = _("This remark is open again already.")


def open_thread(*, workspace_id: UUID, client_id: UUID, project_id: UUID, at: datetime) -> Thread:
    """A new, empty thread for an owner to point to."""
    return Thread.objects.create(
        workspace_id=workspace_id, client_id=client_id, project_id=project_id, created_at=at
    )


@transaction.atomic
def add_comment(
    thread: Thread,
    *,
    body: str,
    actor: Actor,
    at: datetime,
    parent: ClientComment | None = None,
    files: Sequence[StoredFile] = (),
    version_number: int | None = None,
    refused_verdict: str = "",
    involved: Q | None = None,
) -> ClientComment:
    """A comment both sides will read; people mentioned in it are noted if they are `mentionable`.

    Raises EmptyComment or CommentTooLong.
    """
    body = body.strip()
    if not body and not files:
        raise EmptyComment
    if len(body) > MAX_COMMENT_LENGTH:
        raise CommentTooLong
    comment = ClientComment.objects.create(
        workspace_id=thread.workspace_id,
        thread=thread,
        parent=_parent_within_levels(thread, parent),
        author_member_id=actor.member_id,
        author_contact_id=actor.contact_id,
        body=body,
        at=at,
        version_number=version_number,
        refused_verdict=refused_verdict,
    )
    CommentAttachment.objects.bulk_create(
        CommentAttachment(workspace_id=thread.workspace_id, comment=comment, file=file) for file in files
    )
    _note_mentions(thread, comment, by=actor, involved=involved)
    Thread.objects.filter(pk=thread.pk).update(
        comment_count=F("comment_count") + 1, last_comment_at=at, awaits_answer=actor.is_contact
    )
    return comment


@transaction.atomic
def resolve_thread(thread: Thread, *, actor: Actor, at: datetime) -> None:
    """Close a thread as satisfied (G1-18). Raises ThreadAlreadyResolved."""
    still_open = Thread.objects.filter(pk=thread.pk, resolved_at=None)
    if not still_open.update(resolved_at=at, resolved_by_name=actor.name):
        raise ThreadAlreadyResolved
    thread.resolved_at, thread.resolved_by_name = at, actor.name


@transaction.atomic
def reopen_thread(thread: Thread) -> None:
    """Open a settled thread again. Raises ThreadNotResolved."""
    settled = Thread.objects.filter(pk=thread.pk).exclude(resolved_at=None)
    if not settled.update(resolved_at=None, resolved_by_name=""):
        raise ThreadNotResolved
    thread.resolved_at, thread.resolved_by_name = None, ""


@transaction.atomic
def record_download(attachment: CommentAttachment, *, actor: Actor, at: datetime) -> None:
    """Note that a contact fetched a file hung on a comment (A-39); the team's own fetching is not counted."""
    if actor.is_contact and not actor.is_preview:
        record(
            EventKind.ATTACHMENT_DOWNLOADED,
            actor=actor,
            subject=attachment,
            at=at,
            audience=Audience.CLIENT,
            values={"file_id": attachment.file_id, "comment": attachment.comment_id},
            names={"subject": attachment.file.name},
        )


def mentionable(
    thread: Thread, *, by: Actor, involved: Q | None = None
) -> tuple[list[Member], list[Contact]]:
    """The people who may read a thread: members who reach its project, contacts whose membership does.

    A contact is offered no more of them than they meet there (G1-16): members who work on the project, look
    after the client or wrote in the thread, and those its owner calls `involved`; contacts who were let in.
    """
    memberships = Membership.objects.usable().reaching(thread.project_id).filter(client=thread.client_id)
    memberships = memberships.exclude(role="billing")
    works_on_it = Exists(Assignment.objects.filter(member=OuterRef("pk"), project_id=thread.project_id))
    members = Member.objects.active().filter(workspace=thread.workspace_id)
    members = members.filter(~Q(role=Role.MEMBER) | works_on_it)  # G2-24a
    if by.is_contact:
        memberships = memberships.exclude(state=MembershipState.NONE)
        owners = Client.objects.filter(pk=thread.client_id, owner=OuterRef("pk"))
        writers = ClientComment.objects.filter(thread=thread.pk, author_member=OuterRef("pk"))
        members = members.filter(works_on_it | Exists(owners) | Exists(writers) | (involved or Q(pk__in=[])))
    contacts = Contact.objects.existing().filter(pk__in=memberships.values("contact"))
    return list(members.order_by("name")), list(contacts.order_by("first_name"))


def _note_mentions(thread: Thread, comment: ClientComment, *, by: Actor, involved: Q | None) -> None:
    handles = handles_in(comment.body)
    if not handles:
        return
    members, contacts = mentionable(thread, by=by, involved=involved)
    Mention.objects.bulk_create(
        [
            *(
                Mention(workspace_id=thread.workspace_id, comment=comment, member=m)
                for m in members
                if m.handle in handles
            ),
            *(
                Mention(workspace_id=thread.workspace_id, comment=comment, contact=c)
                for c in contacts
                if c.handle in handles
            ),
        ]
    )


def _parent_within_levels(thread: Thread, parent: ClientComment | None) -> ClientComment | None:
    """The comment to hang an answer on, at most MAX_LEVELS deep; an answer to another thread is a bug."""
    if parent is None:
        return None
    if parent.thread_id != thread.pk:
        raise ValueError("an answer belongs to the thread of its parent")
    chain = [parent]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    return chain[max(0, len(chain) - (MAX_LEVELS - 1))]
