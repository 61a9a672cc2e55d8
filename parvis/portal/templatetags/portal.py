"""Words and signs of the portal's templates."""

from collections.abc import Sized
from dataclasses import dataclass

from django import template
from django.urls import reverse

from parvis.conversations.models import ClientComment
from parvis.portal.pages.documents import icon_of
from parvis.ui import dates
from parvis.ui.fragments import fragment

register = template.Library()


@register.filter
def file_icon(family: str) -> str:
    """The icon of a kind of file."""
    return icon_of(family)


@register.filter
def older_count(versions: Sized) -> int:
    """How many versions there are beside the current one."""
    return len(versions) - 1


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a comment."""

    url: str
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class CommentCard:
    """Everything a comment shows, in the reader's words; nothing of who reads it."""

    id: str
    name: str
    first_name: str
    handle: str
    at: str
    moment: str
    when: str
    body: str
    came_late: bool
    number: str
    level: str
    attachments: tuple[Attached, ...]


@register.simple_tag
def comment_card(comment: ClientComment, number: object = "", level: object = "") -> str:
    """One comment with its files; `number` is that of its remark, `level` counts from 2 for answers.

    The same comment is shown to everybody and on every visit, so what it looks like is kept: by all it shows.
    """
    card = CommentCard(
        id=str(comment.pk),
        name=comment.author_name,
        first_name=comment.author.first_name,  # type: ignore[attr-defined]
        handle=comment.author_handle,
        at=comment.at.isoformat(),
        moment=dates.moment(comment.at),
        when=dates.when(comment.at),
        body=comment.body,
        came_late=bool(comment.refused_verdict),
        number=str(number),
        level=str(level),
        attachments=tuple(
            Attached(reverse("portal:attachment", args=[each.pk]), each.file.name, each.file.size_bytes)
            for each in comment.attachments.all()
        ),
    )
    return fragment("portal/_comment.html", card)
