"""Activity is gathered: at most one mail a day and client tells of documents and milestones (DESIGN 9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.core.calendar import send_moment
from parvis.documents.models import Document
from parvis.events.models import Event
from parvis.http.links import portal_path
from parvis.mail.letters import OutgoingMail
from parvis.notifications.contacts.letters import Letter, Link, post
from parvis.notifications.contacts.readers import Reader, reader_of, readers_at
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.models import ActivityLine
from parvis.notifications.preferences import is_on
from parvis.outbox.actions import attempts_of, enqueue
from parvis.outbox.models import Message, MessageState
from parvis.projects.models import Milestone
from parvis.workspaces.calendar import calendar_of

KIND = "contacts.activity"
PAUSE = timedelta(minutes=10)  # whoever adds one document usually adds several
SHOWN = 10  # DESIGN 9


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to tell, as it stands now."""

    row: Document | Milestone
    notice: ContactNotice

    def as_link(self) -> Link:
        """One line of the mail, in the active language."""
        if isinstance(self.row, Milestone):
            return Link(
                self.row.title,
                _("Milestone reached, {project}").format(project=self.row.project.name_for_client),
                portal_path("portal:project", pk=self.row.project_id),
            )
        number = self.row.current_number
        detail = _("Version {number}, {project}") if number > 1 else _("New document, {project}")
        detail = detail.format(number=number, project=self.row.project.name_for_client)
        return Link(self.row.title, detail, portal_path("portal:document", pk=self.row.pk))


def gather(event: Event, notice: ContactNotice) -> None:
    """Note the event for everybody at the client who may see its subject and wants to hear of it."""
    for reader in readers_at(event.client_id, event.project_id):
        if reader.was_invited and reader.id != event.actor_id and _piece(event, reader) is not None:
            if not is_on(reader.contact, notice, client=reader.client):
                continue
            line = ActivityLine(
                workspace_id=event.workspace_id,
                contact=reader.contact,
                client=reader.client,
                event=event,
                at=event.at,
            )
            ActivityLine.objects.bulk_create([line], ignore_conflicts=True)
            _see_to_a_mail(event, reader)


def activity_due(message: Message, at: datetime) -> str | None:
    """Cancelled when access was closed, or when nothing is left to tell."""
    reader = reader_of(message.contact_id, message.payload["client_id"])
    if reader is None:
        return "access"
    return None if _pieces(message, reader) else "nothing_new"


def render_activity(message: Message, at: datetime) -> OutgoingMail:
    """One line for each thing, each only once whatever happened to it."""
    reader = reader_of(message.contact_id, message.payload["client_id"])
    assert reader is not None  # activity_due has looked, in this transaction
    pieces = _pieces(message, reader)
    _untold(message, reader).update(told_at=at, told_in=message.pk)
    with reader.voice():
        count = len(pieces)
        title = ngettext("{count} new thing in your space", "{count} new things in your space", count)
        rest = count - SHOWN
        more = ngettext("And {count} more.", "And {count} more.", rest).format(count=rest) if rest > 0 else ""
        letter = Letter(
            template="activity",
            title=title.format(count=count),
            preheader=", ".join(piece.row.title for piece in pieces[:3]),
            reason=_("You receive this because your space at {agency} has news, at most once a day.").format(
                agency=reader.workspace.name
            ),
            button=_("Open my space"),
            notice=pieces[0].notice,
            is_bulk=True,
            thread_key=f"activity:{reader.client.pk}",
            links=tuple(piece.as_link() for piece in pieces[:SHOWN]),
            words={"count": count, "more": more},
        )
        return post(letter, reader, at=at)


def _see_to_a_mail(event: Event, reader: Reader) -> None:
    """Today's mail, soon; when that has left already, tomorrow's at the hour at which mails leave."""
    calendar = calendar_of(event.workspace_id)
    today = calendar.day_of(event.at)
    tomorrow = today + timedelta(days=1)
    for day, not_before in ((today, event.at + PAUSE), (tomorrow, send_moment(tomorrow, calendar))):
        key = f"{KIND}:{reader.client.pk}:{reader.id}:{day}"
        enqueue(
            KIND,
            key=key,
            workspace_id=event.workspace_id,
            payload={"client_id": reader.client.pk},
            at=event.at,
            contact_id=reader.id,
            not_before=not_before,
        )
        # Not a look but a change of nothing: whoever is making this mail now is waited for, and afterwards it
        # no longer waits. A look would find it waiting, though it was written without this event.
        waiting = Message.objects.filter(workspace=event.workspace_id, key=key, state=MessageState.NEW)
        if waiting.update(key=key):
            return


def _untold(message: Message, reader: Reader) -> QuerySet[ActivityLine]:
    """What no other message tells; an attempt that failed or is in doubt has told nobody (F7, F8)."""
    lines = ActivityLine.objects.filter(contact=reader.contact, client=reader.client)
    return lines.filter(Q(told_at=None) | Q(told_in__in=attempts_of(message)))


def _pieces(message: Message, reader: Reader) -> list[Piece]:
    """What is still to tell, still visible and still wanted; each thing once, the newest first."""
    found: dict[object, Piece] = {}
    for line in _untold(message, reader).select_related("event").order_by("-at", "-id"):
        piece = _piece(line.event, reader)
        if piece is not None and is_on(reader.contact, piece.notice, client=reader.client):
            found.setdefault(piece.row.pk, piece)
    return list(found.values())


def _piece(event: Event, reader: Reader) -> Piece | None:
    """The event's subject, if this contact may see it now."""
    if event.subject_type == Milestone._meta.label:
        milestones = Milestone.objects.visible_to(reader.actor).select_related("project")
        milestone = milestones.filter(pk=event.subject_id).exclude(reached_at=None).first()
        return Piece(milestone, ContactNotice.MILESTONES) if milestone else None
    documents = Document.objects.visible_to(reader.actor).select_related("project")
    document = documents.filter(pk=event.subject_id).first()
    return Piece(document, ContactNotice.DOCUMENTS) if document else None
