"""Putting things into inboxes, and dealing with them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor
from parvis.core.calendar import send_moment
from parvis.core.errors import DomainError
from parvis.events.models import Event
from parvis.notifications.kinds import InboxKind, InboxState
from parvis.notifications.models import InboxItem
from parvis.team.models import Member
from parvis.workspaces.calendar import calendar_of


class ItemGone(DomainError):
    """Another window was quicker, or the item is somebody else's."""

    code: ClassVar[str] = "inbox_item_gone"
    message = _("This was sorted already.")


@transaction.atomic
def put(
    members: Iterable[Member],
    *,
    kind: InboxKind,
    key: str,
    subject_type: str,
    subject_id: UUID,
    at: datetime,
    client_id: UUID | None = None,
    event: Event | None = None,
) -> None:
    """Lay something before members. The same key again means news about the same thing: it opens anew."""
    for member in members:
        InboxItem.objects.update_or_create(
            member=member,
            key=key,
            defaults={
                "workspace_id": member.workspace_id,
                "kind": kind,
                "subject_type": subject_type,
                "subject_id": subject_id,
                "client_id": client_id,
                "event": event,
                "at": at,
                "state": InboxState.OPEN,
                "snoozed_until": None,
                "done_at": None,
            },
        )


def settle(key: str, *, workspace_id: UUID, at: datetime, member_id: UUID | None = None) -> None:
    """The thing is dealt with elsewhere: it leaves the inboxes, or one member's."""
    items = InboxItem.objects.filter(workspace=workspace_id, key=key).exclude(state=InboxState.DONE)
    if member_id is not None:
        items = items.filter(member=member_id)
    items.update(state=InboxState.DONE, done_at=at, snoozed_until=None)


def finish(item: InboxItem, *, actor: Actor, at: datetime) -> None:
    """Sorted. Raises ItemGone."""
    _change(item, actor, InboxState.DONE, done_at=at, snoozed_until=None)


def snooze(item: InboxItem, *, actor: Actor, at: datetime) -> datetime:
    """Put it off until tomorrow morning, at the hour mails leave; returns that moment. Raises ItemGone."""
    calendar = calendar_of(item.workspace_id)
    until = send_moment(calendar.day_of(at) + timedelta(days=1), calendar)
    _change(item, actor, InboxState.SNOOZED, snoozed_until=until)
    return until


def reopen(item: InboxItem, *, actor: Actor, at: datetime) -> None:
    """Undo: it lies before the member again. Raises ItemGone."""
    _change(item, actor, InboxState.OPEN, done_at=None, snoozed_until=None, before=tuple(InboxState))


def _change(
    item: InboxItem,
    actor: Actor,
    state: InboxState,
    *,
    before: tuple[InboxState, ...] = (InboxState.OPEN, InboxState.SNOOZED),
    **values: object,
) -> None:
    """An inbox is its member's alone: whose it is, is the whole permission."""
    mine = InboxItem.objects.visible_to(actor).filter(pk=item.pk, state__in=before)
    if not mine.update(state=state, **values):
        raise ItemGone
    item.state = state
