"""Every mail to a member: still due, and what it says."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.access.checks import Guarded
from parvis.clients.models import Membership
from parvis.conversations.models import ClientComment, Mention
from parvis.deliverables.models import Decision, Deliverable, DeliverableVersion
from parvis.deliverables.reminding import turns
from parvis.deliverables.votes import awaited_on
from parvis.documents.models import Document
from parvis.http.links import agency_path as agency_path_of
from parvis.mail.letters import OutgoingMail
from parvis.notifications import batches
from parvis.notifications.addresses import agency_path
from parvis.notifications.kinds import ContactNotice, MemberNotice
from parvis.notifications.members import may_see
from parvis.notifications.preferences import is_on
from parvis.notifications.staff.letters import StaffLetter, member_of, post, voice, why_not
from parvis.notifications.threads import Topic, topic_of
from parvis.notifications.wording import decided
from parvis.outbox.models import Message
from parvis.reminders.rules import next_reminder
from parvis.team.models import Member
from parvis.workspaces.calendar import calendar_of


def decision_due(message: Message, at: datetime) -> str | None:
    """As long as the deliverable exists and lies within the member's reach."""
    decision = _decision(message)
    return _within(message, MemberNotice.DECISIONS, decision.deliverable)


def render_decision(message: Message, at: datetime) -> OutgoingMail:
    """Who decided what, the note, and what it means for the version."""
    member, decision = member_of(message), _decision(message)
    deliverable, number = decision.deliverable, decision.version.number
    with voice(member):
        letter = StaffLetter(
            template="decision",
            title=decided(decision.contact_name, decision.verdict, deliverable.title, number),
            preheader=decision.note or deliverable.client.name,
            button=_("Open the deliverable"),
            path=agency_path(deliverable),
            notice=MemberNotice.DECISIONS,
            thread_key=f"deliverable:{deliverable.pk}",
            words={
                "decision": decision,
                "outcome": decision.version.outcome,
                "deliverable": deliverable,
                "client": deliverable.client,
                "missing": _missing(decision.version),
            },
        )
        return post(letter, member, at=at)


def comments_due(message: Message, at: datetime) -> str | None:
    """Something was written to this member that they have not answered."""
    topic = topic_of(message.payload["thread_id"])
    member_gone = why_not(message, MemberNotice.MENTIONS) == "access"
    if topic is None or member_gone:
        return "access" if member_gone else "deleted"
    member = member_of(message)
    if not may_see(member, topic.project.guard):
        return "not_visible"
    return None if _unseen(message, member, topic) else "nothing_new"


def render_comments(message: Message, at: datetime) -> OutgoingMail:
    """What was written in a thread within ten minutes."""
    member, topic = member_of(message), topic_of(message.payload["thread_id"])
    if topic is None:
        raise LookupError("the due check lets no message about a deleted thing through")
    comments = _unseen(message, member, topic)
    count, last = len(comments), comments[-1]
    with voice(member):
        title = ngettext("{author} wrote about {title}", "{count} new comments on {title}", count)
        letter = StaffLetter(
            template="comments",
            title=title.format(author=last.author_name, title=topic.title, count=count),
            preheader=last.body[:120],
            button=_("Read and answer"),
            path=agency_path(topic.row),
            notice=MemberNotice.COMMENTS,
            thread_key=f"thread:{topic.thread.pk}",
            words={"comments": comments, "client": topic.project.client, "project": topic.project},
        )
        return post(letter, member, at=at)


def document_due(message: Message, at: datetime) -> str | None:
    """As long as the document exists and lies within reach."""
    document = _document(message)
    return _within(message, MemberNotice.DOCUMENTS, document) if document.deleted_at is None else "deleted"


def render_document(message: Message, at: datetime) -> OutgoingMail:
    """Which file, by whom, where."""
    member, document = member_of(message), _document(message)
    version = document.versions.filter(number=message.payload["number"]).first()
    author = version.uploaded_by_contact if version else None
    with voice(member):
        letter = StaffLetter(
            template="document",
            title=_("New file from {client}: {title}").format(
                client=document.project.client.name, title=document.title
            ),
            preheader=document.project.title,
            button=_("Open the project"),
            path=agency_path(document),
            notice=MemberNotice.DOCUMENTS,
            thread_key=f"documents:{document.project_id}",
            words={
                "document": document,
                "version": version,
                "author": author.name if author else document.project.client.name,
                "client": document.project.client,
                "project": document.project,
            },
        )
        return post(letter, member, at=at)


def escalation_due(message: Message, at: datetime) -> str | None:
    """Only while the version still waits."""
    deliverable = _deliverable(message)
    waits = deliverable.is_awaiting and str(deliverable.current_version_id) == message.payload["version_id"]
    return _within(message, MemberNotice.ESCALATIONS, deliverable) if waits else "settled"


def render_escalation(message: Message, at: datetime) -> OutgoingMail:
    """Which approval is overdue, since when, and who has not answered (G1-24)."""
    member, deliverable = member_of(message), _deliverable(message)
    version = deliverable.current_version
    with voice(member):
        letter = StaffLetter(
            template="escalation",
            title=_("Overdue: {title}, version {number}").format(
                title=deliverable.title, number=deliverable.current_number
            ),
            preheader=_("{client} has not answered in time.").format(client=deliverable.client.name),
            button=_("Open the deliverable"),
            path=agency_path(deliverable),
            notice=MemberNotice.ESCALATIONS,
            thread_key=f"deliverable:{deliverable.pk}",
            words={
                "deliverable": deliverable,
                "client": deliverable.client,
                "missing": _missing(version) if version else [],
                "reminders_go_on": _reminders_go_on(deliverable, at),
            },
        )
        return post(letter, member, at=at)


def accepted_due(message: Message, at: datetime) -> str | None:
    """As long as the person is still a contact there."""
    membership = _membership(message)
    return _within(message, MemberNotice.INVITATIONS, membership) if membership else "deleted"


def render_accepted(message: Message, at: datetime) -> OutgoingMail:
    """Somebody has opened their space for the first time (G1-35e)."""
    member, membership = member_of(message), _membership(message)
    if membership is None:
        raise LookupError("the due check lets no deleted contact through")
    with voice(member):
        letter = StaffLetter(
            template="invitation_accepted",
            title=_("{name} has opened the space of {client}").format(
                name=membership.contact.name, client=membership.client.name
            ),
            preheader=_("The invitation is used."),
            button=_("Open the client"),
            path=agency_path(membership.client),
            notice=MemberNotice.INVITATIONS,
            words={"contact": membership.contact, "client": membership.client},
        )
        return post(letter, member, at=at)


def joined_due(message: Message, at: datetime) -> str | None:
    """Whenever the inviter still wants to know."""
    return why_not(message, MemberNotice.INVITATIONS)


def render_joined(message: Message, at: datetime) -> OutgoingMail:
    """A colleague has accepted the invitation into the team."""
    member = member_of(message)
    newcomer = Member.objects.get(pk=message.payload["member_id"], workspace=member.workspace_id)
    with voice(member):
        letter = StaffLetter(
            template="member_joined",
            title=_("{name} has joined the team").format(name=newcomer.name),
            preheader=_("The invitation is used."),
            button=_("Open the dashboard"),
            path=agency_path_of("dashboard:home"),
            notice=MemberNotice.INVITATIONS,
            words={"newcomer": newcomer},
        )
        return post(letter, member, at=at)


def _within(message: Message, notice: MemberNotice, row: Guarded) -> str | None:
    """Wanted, and still within the member's reach (A10)."""
    if reason := why_not(message, notice):
        return reason
    return None if may_see(member_of(message), row.guard) else "not_visible"


def _unseen(message: Message, member: Member, topic: Topic) -> list[ClientComment]:
    """What others wrote in the slice after the member's own last word: clients' words and mentions."""
    began = datetime.fromisoformat(message.payload["began"])
    written = list(batches.written_in(topic.thread.pk, began))
    own = [number for number, comment in enumerate(written) if comment.author_member_id == member.pk]
    later = written[own[-1] + 1 :] if own else written
    named_in = set(
        Mention.objects.filter(comment__in=later, member=member).values_list("comment_id", flat=True)
    )
    wants = {notice: is_on(member, notice) for notice in (MemberNotice.COMMENTS, MemberNotice.MENTIONS)}
    return [
        comment
        for comment in later
        if (comment.author_contact_id and wants[MemberNotice.COMMENTS])
        or (comment.pk in named_in and wants[MemberNotice.MENTIONS])
    ]


def _reminders_go_on(deliverable: Deliverable, at: datetime) -> bool:
    """Whether anybody will still be reminded by the clock (G1-23, K-52, A-10)."""
    calendar = calendar_of(deliverable.workspace_id)
    return any(
        is_on(turn.slot.contact, ContactNotice.REMINDERS, client=deliverable.client)
        and next_reminder(turn.facts, since=calendar.day_of(at)) is not None
        for turn in turns(deliverable, calendar)
    )


def _missing(version: DeliverableVersion) -> list[str]:
    """Names of the approvers whose answer to a version that waits is awaited now (A-14)."""
    if version.outcome != DeliverableVersion.Outcome.WAITING:
        return []
    return [slot.contact.name for slot in awaited_on(version.deliverable)]


def _decision(message: Message) -> Decision:
    rows = Decision.objects.select_related(
        "deliverable__project", "deliverable__client", "version__deliverable"
    )
    return rows.get(pk=message.payload["decision_id"])


def _deliverable(message: Message) -> Deliverable:
    rows = Deliverable.objects.select_related("project", "client", "current_version__deliverable")
    deliverable: Deliverable = rows.get(pk=message.payload["deliverable_id"])
    return deliverable


def _document(message: Message) -> Document:
    return Document.objects.select_related("project__client").get(pk=message.payload["document_id"])


def _membership(message: Message) -> Membership | None:
    rows = Membership.objects.select_related("contact", "client").filter(contact__deleted_at=None)
    return rows.filter(pk=message.payload["membership_id"]).first()
