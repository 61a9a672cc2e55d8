"""Which members hear of an event, by mail and in their inbox. Named in `config/subscribers.py`.

Recipients are those whom the thing concerns and who may see it (`members.py`); never whoever did it.
"""

from datetime import datetime
from uuid import UUID

from parvis.access import ActorKind
from parvis.clients.models import Membership
from parvis.conversations.models import Mention
from parvis.deliverables.models import Deliverable, DeliverableVersion
from parvis.documents.models import Document
from parvis.events.models import Event
from parvis.notifications import batches
from parvis.notifications.inbox.actions import put, settle
from parvis.notifications.kinds import InboxKind, MemberNotice
from parvis.notifications.members import answerable, concerned, may_see, member_by_id
from parvis.notifications.preferences import is_on
from parvis.notifications.threads import Topic, comment_of, topic_of
from parvis.outbox.actions import enqueue
from parvis.team.models import Member


def deliverable_decided(event: Event) -> None:
    """A client has decided: whoever answers for the deliverable, and the project's lead."""
    deliverable = _deliverable(event)
    if deliverable is None or event.actor_kind != ActorKind.CONTACT:
        return
    people = concerned(deliverable.project, responsible=deliverable.responsible)
    _lay(event, people, InboxKind.DECISION, key=f"decision:{event.values['decision_id']}")
    for member in people:
        _write(
            "staff.decision",
            event,
            member,
            MemberNotice.DECISIONS,
            decision_id=event.values["decision_id"],
        )


def commented(event: Event) -> None:
    """A client's comment goes to those it concerns, a mention to whoever was named (G1-16)."""
    comment = comment_of(event)
    topic = topic_of(comment.thread_id) if comment is not None else None
    if comment is None or topic is None:
        return
    if comment.author_member_id is not None:  # whoever answers has dealt with it
        thread = f"thread:{topic.thread.pk}"
        settle(thread, workspace_id=event.workspace_id, at=event.at, member_id=comment.author_member_id)
    mentioned = _mentioned(comment.pk, topic, but=comment.author_member_id)
    concerned_ones: list[Member] = []
    if comment.author_contact_id is not None:
        named = {member.pk for member in mentioned}
        everybody = concerned(topic.project, responsible=topic.responsible)
        concerned_ones = [member for member in everybody if member.pk not in named]
    began = batches.slice_of(comment.at)
    for people, kind, notice in (
        (mentioned, InboxKind.MENTION, MemberNotice.MENTIONS),
        (concerned_ones, InboxKind.COMMENT, MemberNotice.COMMENTS),
    ):
        _lay(event, people, kind, key=f"thread:{topic.thread.pk}")
        for member in people:
            if is_on(member, notice):
                _gather(event, member, topic, began)


def document_added(event: Event) -> None:
    """A client has uploaded a file: the staff concerned (G1-43c, R-03)."""
    if event.actor_kind != ActorKind.CONTACT:
        return
    document = (
        Document.objects.existing().select_related("project__client").filter(pk=event.subject_id).first()
    )
    if document is None:
        return
    people = concerned(document.project)
    _lay(event, people, InboxKind.UPLOAD, key=f"upload:{document.pk}")
    for member in people:
        number = event.values.get("version", document.current_number)
        _write(
            "staff.document", event, member, MemberNotice.DOCUMENTS, document_id=document.pk, number=number
        )


def deliverable_escalated(event: Event) -> None:
    """The deadline has passed: the client's owner (G1-24, A-14)."""
    deliverable = _deliverable(event)
    waiting = DeliverableVersion.objects.filter(pk=event.values.get("version_id"), outcome="")
    if deliverable is None or not waiting.exists():  # answered, replaced or withdrawn meanwhile
        return
    people = answerable(deliverable.client)
    _lay(event, people, InboxKind.ESCALATION, key=f"escalation:{event.values.get('version_id')}")
    for member in people:
        _write(
            "staff.escalation",
            event,
            member,
            MemberNotice.ESCALATIONS,
            deliverable_id=deliverable.pk,
            version_id=event.values.get("version_id"),
        )


def link_opened(event: Event) -> None:
    """Somebody has come in for the first time: whoever invited them (G1-35e)."""
    if event.values.get("rebound"):
        return
    membership = Membership.objects.filter(contact=event.actor_id, client=event.client_id).first()
    inviter = member_by_id(membership.invited_by_id) if membership is not None else None
    if membership is not None and inviter is not None and may_see(inviter, membership.guard):
        enqueue(
            "staff.invitation_accepted",
            key=f"staff.invitation_accepted:{membership.pk}",  # once, however often they come in
            workspace_id=event.workspace_id,
            payload={"membership_id": membership.pk},
            at=event.at,
            member_id=inviter.pk,
        )


def member_joined(event: Event) -> None:
    """A new colleague: whoever invited them."""
    inviter = member_by_id(event.values.get("invited_by"))
    if inviter is not None:
        _write(
            "staff.member_joined", event, inviter, MemberNotice.INVITATIONS, member_id=str(event.subject_id)
        )


def _mentioned(comment_id: UUID, topic: Topic, *, but: UUID | None) -> list[Member]:
    """Members named in a comment who may see what it is about."""
    rows = Mention.objects.filter(comment=comment_id, member__isnull=False).exclude(member=but)
    members = [row.member for row in rows.select_related("member__user") if row.member is not None]
    return [member for member in members if may_see(member, topic.project.guard)]


def _gather(event: Event, member: Member, topic: Topic, began: datetime) -> None:
    enqueue(
        "staff.comments",
        key=batches.key_of("staff.comments", topic.thread.pk, member.pk, began),
        workspace_id=event.workspace_id,
        payload={"thread_id": topic.thread.pk, "began": began},
        at=event.at,
        member_id=member.pk,
        not_before=batches.leaves_at(began),
    )


def _write(kind: str, event: Event, member: Member, notice: MemberNotice, **payload: object) -> None:
    if is_on(member, notice):
        enqueue(
            kind,
            key=f"{kind}:{event.pk}:{member.pk}",
            workspace_id=event.workspace_id,
            payload=payload,
            at=event.at,
            member_id=member.pk,
        )


def _lay(event: Event, people: list[Member], kind: InboxKind, *, key: str) -> None:
    put(
        people,
        kind=kind,
        key=key,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        client_id=event.client_id,
        event=event,
        at=event.at,
    )


def _deliverable(event: Event) -> Deliverable | None:
    rows = Deliverable.objects.existing().select_related("project__client__owner__user", "responsible__user")
    rows = rows.select_related("project__assignee__user", "client__owner__user")
    return rows.filter(pk=event.subject_id).first()
