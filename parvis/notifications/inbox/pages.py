"""What the inbox page shows: the list at the left, the chosen thing at the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.backstage.models import StaffComment
from parvis.clients.models import Membership
from parvis.conversations.models import ClientComment
from parvis.deliverables.models import Decision, Deliverable
from parvis.deliverables.votes import awaited_on
from parvis.documents.models import Document
from parvis.events.sentences import sentence
from parvis.notifications.addresses import agency_path, contacts_path, people_path
from parvis.notifications.inbox.troubles import explain_trouble
from parvis.notifications.kinds import InboxKind
from parvis.notifications.models import InboxItem
from parvis.notifications.recipients import recipients_of
from parvis.notifications.staff.internal import about
from parvis.notifications.staff.trouble import deliverable_of
from parvis.notifications.threads import comment_of, topic_of
from parvis.outbox.models import Message, MessageState

COMMENTS_SHOWN = 5

ICONS = {
    InboxKind.DECISION: "stamp",
    InboxKind.COMMENT: "message-square",
    InboxKind.MENTION: "at-sign",
    InboxKind.UPLOAD: "file-up",
    InboxKind.ESCALATION: "alarm-clock",
    InboxKind.MAIL_TROUBLE: "mail-warning",
    InboxKind.INVITATION_EXPIRED: "user-x",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    item: InboxItem
    text: str
    icon: str


@dataclass(slots=True)
class Card:
    """The thing an item is about, as it stands now; `url` is empty when it is gone."""

    title: str
    url: str = ""
    button: str = ""
    quote: str = ""
    comments: Sequence[ClientComment] = ()
    facts: list[tuple[str, str]] = field(default_factory=list)
    warning: str = ""
    can_send_again: bool = False


def lines(items: Iterable[InboxItem], reader: Actor) -> list[Line]:
    """The rows, in words; five queries whatever their number."""
    items = list(items)
    mails = _messages(items)
    names = {pk: recipient.name for pk, recipient in recipients_of(mails.values()).items()}
    names |= _invited(items)
    return [Line(item, _text(item, reader, mails, names), ICONS[InboxKind(item.kind)]) for item in items]


def card_of(item: InboxItem, reader: Actor) -> Card:
    """What lies at the right."""
    match InboxKind(item.kind):
        case InboxKind.DECISION:
            return _decision(item, reader)
        case InboxKind.COMMENT | InboxKind.MENTION:
            return _thread(item, reader)
        case InboxKind.UPLOAD:
            return _upload(item, reader)
        case InboxKind.ESCALATION:
            return _escalation(item, reader)
        case InboxKind.MAIL_TROUBLE:
            return _trouble(item)
        case InboxKind.INVITATION_EXPIRED:
            return _invitation(item, reader)


def _text(item: InboxItem, reader: Actor, mails: dict[UUID, Message], names: dict[UUID, str]) -> str:
    if item.event is not None:
        return sentence(item.event, reader)
    if item.kind == InboxKind.INVITATION_EXPIRED:
        return _("{name} has not used the invitation.").format(name=names.get(item.subject_id, ""))
    message = mails.get(item.subject_id)
    name = names.get(item.subject_id) or _("somebody")
    if message is not None and message.state == MessageState.FAILED:
        return _("A message to {name} was not delivered.").format(name=name)
    return _("A message to {name} may not have arrived.").format(name=name)


def _decision(item: InboxItem, reader: Actor) -> Card:
    deliverable = _visible_deliverable(item, reader)
    if deliverable is None or item.event is None:
        return _gone()
    rows = Decision.objects.filter(deliverable=deliverable).select_related("version")
    decision = rows.get(pk=item.event.values["decision_id"])
    card = _about(deliverable)
    card.quote = decision.note
    card.facts = [
        (_("Decided by"), decision.contact_name),
        (_("Answer"), str(decision.get_verdict_display())),
        (_("Version"), str(decision.version.number)),
        *card.facts,
    ]
    return card


def _thread(item: InboxItem, reader: Actor) -> Card:
    if item.subject_type == StaffComment._meta.label:
        return _internal(item, reader)
    comment = comment_of(item.event) if item.event else None
    topic = topic_of(comment.thread_id) if comment else None
    if topic is None or not topic.is_visible_to(reader):
        return _gone()
    newest = ClientComment.objects.filter(thread=topic.thread).in_order().reverse()[:COMMENTS_SHOWN]
    return Card(
        title=topic.title,
        url=agency_path(topic.row),
        button=_("Read and answer"),
        comments=list(newest)[::-1],
        facts=[(_("Project"), topic.project.title)],
    )


def _internal(item: InboxItem, reader: Actor) -> Card:
    """A mention in the team's own discussion."""
    comment = StaffComment.objects.visible_to(reader).filter(pk=item.subject_id).first()
    row = about(comment) if comment else None
    if comment is None or row is None:
        return _gone()
    return Card(
        title=str(row),
        url=agency_path(row),
        button=_("Read and answer"),
        quote=comment.body,
        facts=[(_("Readers"), _("Team only"))],
    )


def _upload(item: InboxItem, reader: Actor) -> Card:
    documents = Document.objects.visible_to(reader).existing().filter(pk=item.subject_id)
    document = documents.select_related("project", "folder", "current_version__file").first()
    if document is None:
        return _gone()
    version = document.current_version
    return Card(
        title=document.title,
        url=agency_path(document),
        button=_("Open the project"),
        quote=version.note if version else "",
        facts=[
            (_("Project"), document.project.title),
            (_("Folder"), str(document.folder)),
            *([(_("File"), version.file.name)] if version else []),
        ],
    )


def _escalation(item: InboxItem, reader: Actor) -> Card:
    deliverable = _visible_deliverable(item, reader)
    if deliverable is None:
        return _gone()
    card = _about(deliverable)
    if missing := awaited_on(deliverable):
        card.facts.append((_("Still to answer"), ", ".join(slot.contact.name for slot in missing)))
    return card


def _trouble(item: InboxItem) -> Card:
    message = Message.objects.filter(pk=item.subject_id, workspace=item.workspace_id).first()
    if message is None:
        return _gone()
    recipient = recipients_of([message]).get(message.pk)
    deliverable = deliverable_of(message)
    is_ours = message.contact_id is None
    return Card(
        title=recipient.name if recipient else _("Somebody who was deleted"),
        url=people_path() if is_ours else contacts_path(item.client) if item.client else "",
        button=_("Open People and roles") if is_ours else _("Open the contacts"),
        facts=[
            *([(_("Address"), recipient.address)] if recipient else []),
            *([(_("About"), deliverable.title)] if deliverable else []),
        ],
        warning=explain_trouble(message),
        can_send_again=message.is_troubled,
    )


def _invitation(item: InboxItem, reader: Actor) -> Card:
    memberships = Membership.objects.visible_to(reader).select_related("contact", "client")
    membership = memberships.filter(pk=item.subject_id).first()
    if membership is None:
        return _gone()
    return Card(
        title=membership.contact.name,
        url=contacts_path(membership.client),
        button=_("Open the contacts"),
        facts=[(_("Address"), membership.contact.email), (_("Client"), membership.client.name)],
        warning=_("The invitation is older than 30 days and was never opened. You can send it again."),
    )


def _visible_deliverable(item: InboxItem, reader: Actor) -> Deliverable | None:
    rows = Deliverable.objects.visible_to(reader).existing().select_related("project", "client")
    return rows.filter(pk=item.subject_id).first()


def _about(deliverable: Deliverable) -> Card:
    return Card(
        title=deliverable.title,
        url=agency_path(deliverable),
        button=_("Open the deliverable"),
        facts=[
            (_("State"), str(deliverable.get_state_display())),
            (_("Project"), deliverable.project.title),
        ],
    )


def _gone() -> Card:
    return Card(title=_("This is gone"), warning=_("It was deleted, or lies outside your reach now."))


def _messages(items: list[InboxItem]) -> dict[UUID, Message]:
    return Message.objects.in_bulk([i.subject_id for i in items if i.kind == InboxKind.MAIL_TROUBLE])


def _invited(items: list[InboxItem]) -> dict[UUID, str]:
    """Contacts by the id of the membership an item is about."""
    invited = [i.subject_id for i in items if i.kind == InboxKind.INVITATION_EXPIRED]
    rows = Membership.objects.filter(pk__in=invited).select_related("contact") if invited else ()
    return {membership.pk: membership.contact.name for membership in rows}
