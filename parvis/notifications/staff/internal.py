"""Mentions in the team's own discussions (G1-16); with the inbox alone it reads `backstage/` (G1-32)."""

from datetime import datetime

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from parvis.backstage.models import StaffComment
from parvis.events.models import Event
from parvis.mail.letters import OutgoingMail
from parvis.notifications.addresses import agency_path
from parvis.notifications.inbox.actions import put
from parvis.notifications.kinds import InboxKind, MemberNotice
from parvis.notifications.members import may_see, member_by_id
from parvis.notifications.preferences import is_on
from parvis.notifications.staff.letters import StaffLetter, member_of, post, voice, why_not
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message


def staff_commented(event: Event) -> None:
    """Members named in an internal comment who may see what it is about."""
    comment = StaffComment.objects.filter(pk=event.subject_id).first()
    if comment is None:
        return
    named = [member_by_id(pk) for pk in event.values.get("mentioned", [])]
    people = [m for m in named if m and m.pk != comment.author_id and may_see(m, comment.guard)]
    put(
        people,
        kind=InboxKind.MENTION,
        key=f"staff-comment:{comment.pk}",
        subject_type=event.subject_type,
        subject_id=comment.pk,
        client_id=comment.client_id,
        event=event,
        at=event.at,
    )
    for member in people:
        if is_on(member, MemberNotice.MENTIONS):
            enqueue(
                "staff.mention",
                key=f"staff.mention:{event.pk}:{member.pk}",
                workspace_id=event.workspace_id,
                payload={"comment_id": comment.pk},
                at=event.at,
                member_id=member.pk,
            )


def mention_due(message: Message, at: datetime) -> str | None:
    """Wanted, and within the member's reach."""
    if reason := why_not(message, MemberNotice.MENTIONS):
        return reason
    comment = _comment(message)
    if comment is None or about(comment) is None:
        return "deleted"
    return None if may_see(member_of(message), comment.guard) else "not_visible"


def render_mention(message: Message, at: datetime) -> OutgoingMail:
    """Who named the member where, marked as the team's own."""
    member, comment = member_of(message), _comment(message)
    row = about(comment) if comment else None
    if comment is None or row is None:
        raise LookupError("the due check lets no deleted comment through")
    with voice(member):
        letter = StaffLetter(
            template="mention",
            title=_("{author} mentioned you: {title}").format(author=comment.author.name, title=row),
            preheader=comment.body[:120],
            button=_("Read and answer"),
            path=agency_path(row),
            notice=MemberNotice.MENTIONS,
            thread_key=f"staff:{comment.subject_id}",
            words={"comment": comment},
        )
        return post(letter, member, at=at)


def about(comment: StaffComment) -> Model | None:
    """The project, task or deliverable a comment stands on."""
    model = apps.get_model(comment.subject_type)
    row: Model | None = model._default_manager.filter(pk=comment.subject_id).first()
    return row


def _comment(message: Message) -> StaffComment | None:
    return StaffComment.objects.select_related("author").filter(pk=message.payload["comment_id"]).first()
