"""Who at a client hears of an event. Each function is named in `config/subscribers.py`.

Recipients come from visibility, never from a list somebody typed (B2); whoever did a thing is not told of it.
One outbox row per person, under a key that names the event (or the slice of time that gathers several).
"""

from uuid import UUID

from django.db.models import QuerySet

from parvis.access import ActorKind
from parvis.clients.models import Contact, Membership
from parvis.conversations.models import ClientComment, Mention
from parvis.core.prepared import prepared
from parvis.deliverables.models import ApproverSlot, Deliverable, Purpose
from parvis.deliverables.rules import ApprovalOrder
from parvis.deliverables.votes import asked_now
from parvis.events.models import Event
from parvis.notifications import batches
from parvis.notifications.contacts.activity import gather
from parvis.notifications.contacts.readers import Reader, reader_of, readers_at
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.preferences import is_on
from parvis.notifications.threads import Topic, comment_of, topic_of
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message, MessageState

READY = "contacts.deliverable_ready"


def contact_invited(event: Event) -> None:
    """Somebody is let into the portal (G1-35d)."""
    membership = Membership.objects.filter(pk=event.subject_id).first()
    if membership is not None:
        is_again = event.values.get("is_again", False)
        _tell("contacts.invitation", event, membership.contact_id, is_again=is_again)


def deliverable_submitted(event: Event) -> None:
    """A version is there: to everybody who may see it, to approvers once it is their turn (G1-33a, A-14)."""
    deliverable = _deliverable(event)
    if deliverable is None or str(deliverable.current_version_id) != event.values.get("version_id"):
        return
    approvers, asked = _approvers(deliverable), asked_now(deliverable)
    for reader in _who_see(deliverable):
        later = reader.id in approvers and reader.id not in asked
        if not later and (reader.was_invited or reader.id in asked):
            _tell_ready(event, deliverable, reader)


def deliverable_decided(event: Event) -> None:
    """A receipt to whoever decided, a copy to the other approvers, and the next one's turn (A-14)."""
    deliverable = _deliverable(event)
    if deliverable is None or event.actor_kind != ActorKind.CONTACT:
        return
    _tell("contacts.receipt", event, event.actor_id, decision_id=event.values["decision_id"])
    approvers, asked = _approvers(deliverable), asked_now(deliverable)
    for reader in _who_see(deliverable):
        if reader.id == event.actor_id or reader.id not in approvers:
            continue
        if _is_sequential(deliverable) and deliverable.is_awaiting:
            if reader.id in asked:
                _tell_ready(event, deliverable, reader)
        else:
            _tell("contacts.decision", event, reader.id, decision_id=event.values["decision_id"])


def approvers_changed(event: Event) -> None:
    """Whoever has to answer only since the team chose other approvers or another order (G1-21)."""
    deliverable = _deliverable(event)
    newly = set(event.values.get("now_asked", ()))
    if deliverable is None or not newly:
        return
    asked = asked_now(deliverable)
    for reader in _who_see(deliverable):
        if reader.id in asked and str(reader.id) in newly:
            _tell_ready(event, deliverable, reader)


def deliverable_withdrawn(event: Event) -> None:
    """Whoever was told of the version, so that nobody looks for it."""
    told = Message.objects.filter(
        workspace=event.workspace_id,
        kind=READY,
        payload__version_id=event.values.get("version_id"),
        state__in=(MessageState.SENT, MessageState.UNKNOWN, MessageState.SENDING),
    )
    for contact_id in told.values_list("contact_id", flat=True).distinct():
        _tell(
            "contacts.deliverable_withdrawn",
            event,
            contact_id,
            deliverable_id=event.subject_id,
            version_id=event.values.get("version_id"),
        )


def deliverable_escalated(event: Event) -> None:
    """The client's escalation contact, if there is one (A-14); a last mail to nobody else."""
    deliverable = _deliverable(event)
    if deliverable is None or deliverable.client.escalation_contact_id is None:
        return
    reader = reader_of(deliverable.client.escalation_contact_id, deliverable.client_id)
    if reader is not None and reader.sees(deliverable):
        _tell(
            "contacts.escalation",
            event,
            reader.id,
            deliverable_id=deliverable.pk,
            version_id=event.values.get("version_id"),
        )


def commented(event: Event) -> None:
    """Those who take part in a thread or are mentioned, gathered over ten minutes (G1-33b, G1-16, BK-06)."""
    comment = comment_of(event)
    topic = topic_of(comment.thread_id) if comment is not None else None
    if comment is None or topic is None:
        return
    began = batches.slice_of(comment.at)
    for contact_id in addressees(comment, topic):
        reader = reader_of(contact_id, event.client_id)
        if reader is None or not wants_to_read(reader, topic):
            continue
        enqueue(
            "contacts.replies",
            key=batches.key_of("contacts.replies", topic.thread.pk, contact_id, began),
            workspace_id=event.workspace_id,
            payload={"client_id": event.client_id, "thread_id": topic.thread.pk, "began": began},
            at=event.at,
            contact_id=contact_id,
            not_before=batches.leaves_at(began),
        )


def document_added(event: Event) -> None:
    """What the team adds, gathered (G1-33e, R-03)."""
    if event.actor_kind == ActorKind.MEMBER:
        gather(event, ContactNotice.DOCUMENTS)


def milestone_reached(event: Event) -> None:
    """A milestone the client may see (G1-33d, R-14)."""
    gather(event, ContactNotice.MILESTONES)


def link_opened(event: Event) -> None:
    """Another device took the place of the one before: its owner should know (RELIABILITY C4)."""
    if event.values.get("rebound") and event.actor_id is not None:
        _tell("contacts.device_notice", event, event.actor_id, device_id=event.values.get("device_id"))


def addressees(comment: ClientComment, topic: Topic) -> set[UUID]:
    """Contacts a comment is for: mentioned, or taking part; where only the team has written, whom it asks."""
    mentioned = Mention.objects.filter(comment=comment, contact__isnull=False)
    people = set(mentioned.values_list("contact_id", flat=True))
    writers = ClientComment.objects.filter(thread=topic.thread, author_contact__isnull=False)
    taking_part = set(writers.exclude(pk=comment.pk).values_list("author_contact_id", flat=True))
    if not taking_part and comment.author_member_id is not None and not people:
        taking_part = _asked_by_the_team(topic)
    return (people | taking_part) - {comment.author_contact_id}


def wants_to_read(reader: Reader, topic: Topic) -> bool:
    """Invited, within sight, and not switched off."""
    return (
        reader.was_invited
        and topic.is_visible_to(reader.actor)
        and is_on(reader.contact, ContactNotice.REPLIES, client=reader.client)
    )


def _asked_by_the_team(topic: Topic) -> set[UUID]:
    """A question of the team without an addressee: the approvers', else the main contact's."""
    if isinstance(topic.row, Deliverable) and (approvers := _approvers(topic.row)):
        return approvers
    main = Contact.objects.existing().filter(
        memberships__client=topic.project.client_id, memberships__is_main=True
    )
    return set(main.values_list("pk", flat=True))


def _tell_ready(event: Event, deliverable: Deliverable, reader: Reader) -> None:
    if is_on(reader.contact, ContactNotice.DELIVERABLE_READY, client=reader.client):
        _tell(
            READY,
            event,
            reader.id,
            deliverable_id=deliverable.pk,
            version_id=deliverable.current_version_id,
        )


def _tell(kind: str, event: Event, contact_id: UUID | None, **payload: object) -> None:
    if contact_id is None:
        return
    enqueue(
        kind,
        key=f"{kind}:{event.pk}:{contact_id}",
        workspace_id=event.workspace_id,
        payload={"client_id": event.client_id, **payload},
        at=event.at,
        contact_id=contact_id,
    )


def _deliverable(event: Event) -> Deliverable | None:
    return next(iter(_existing(event.subject_id)), None)


@prepared
def _existing(pk: UUID) -> "QuerySet[Deliverable]":
    return Deliverable.objects.existing().filter(pk=pk).select_related("project", "client", "policy")


def _who_see(deliverable: Deliverable) -> list[Reader]:
    readers = readers_at(deliverable.client_id, deliverable.project_id)
    return [reader for reader in readers if reader.sees(deliverable)]


def _approvers(deliverable: Deliverable) -> set[UUID]:
    if deliverable.purpose != Purpose.APPROVAL:
        return set()
    return set(ApproverSlot.objects.filter(deliverable=deliverable).values_list("contact_id", flat=True))


def _is_sequential(deliverable: Deliverable) -> bool:
    return bool(deliverable.policy.order == ApprovalOrder.SEQUENTIAL)
