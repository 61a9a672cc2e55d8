"""Answers and mentions: one mail for what was written in a thread within ten minutes (BK-06, G1-33b)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.conversations.models import ClientComment
from parvis.mail.letters import OutgoingMail
from parvis.notifications import batches
from parvis.notifications.contacts.letters import Letter, post
from parvis.notifications.contacts.readers import Reader, reader_of
from parvis.notifications.contacts.subscribers import addressees, wants_to_read
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.threads import Topic, topic_of
from parvis.outbox.models import Message
from parvis.team.models import Member


def replies_due(message: Message, at: datetime) -> str | None:
    """The thread is still visible, still wanted, and holds something the reader has not answered."""
    reader, topic = _both(message)
    if reader is None:
        return "access"
    if topic is None or not topic.is_visible_to(reader.actor):
        return "not_visible"
    if not wants_to_read(reader, topic):
        return "preference"
    return None if _unseen(message, reader, topic) else "nothing_new"


def render_replies(message: Message, at: datetime) -> OutgoingMail:
    """What was written, who wrote it, and the way to the thread; an answer by mail reaches the writer."""
    reader, topic = _both(message)
    if reader is None or topic is None:
        raise LookupError("the due check lets nobody without access through")
    comments = _unseen(message, reader, topic)
    count, last = len(comments), comments[-1]
    with reader.voice():
        words = {"author": last.author_name, "title": topic.title, "count": count}
        title = ngettext("{author} wrote about {title}", "{count} new comments on {title}", count).format(
            **words
        )
        letter = Letter(
            template="replies",
            title=title,
            preheader=_preheader(last),
            reason=_("You receive this because you take part in this conversation, or were named in it."),
            button=_("Read and answer"),
            path=topic.path,
            notice=ContactNotice.REPLIES,
            is_bulk=True,
            writer=_writer(comments),
            thread_key=f"thread:{topic.thread.pk}",
            words={
                "comments": comments,
                "topic_title": topic.title,
                "project_name": topic.project.name_for_client,
            },
        )
        return post(letter, reader, at=at)


def _both(message: Message) -> tuple[Reader | None, Topic | None]:
    reader = reader_of(message.contact_id, message.payload["client_id"])
    return reader, topic_of(message.payload["thread_id"])


def _unseen(message: Message, reader: Reader, topic: Topic) -> list[ClientComment]:
    """What others wrote to this reader in the slice, after the reader's own last word."""
    began = datetime.fromisoformat(message.payload["began"])
    written = list(batches.written_in(topic.thread.pk, began))
    own = [number for number, comment in enumerate(written) if comment.author_contact_id == reader.id]
    later = written[own[-1] + 1 :] if own else written
    return [comment for comment in later if reader.id in addressees(comment, topic)]


def _preheader(comment: ClientComment) -> str:
    return comment.body[:120] or _("A file was added.")


def _writer(comments: list[ClientComment]) -> Member | None:
    """The member whose words these are, the last one first; none where only contacts wrote."""
    members = [comment.author_member for comment in comments if comment.author_member is not None]
    return members[-1] if members else None
