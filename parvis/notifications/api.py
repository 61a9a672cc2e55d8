"""The member's own inbox and choices over the REST interface."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer, Body
from parvis.notifications.inbox.actions import finish, reopen, settle, snooze
from parvis.notifications.inbox.pages import lines
from parvis.notifications.kinds import InboxKind, InboxState, MemberNotice
from parvis.notifications.models import InboxItem
from parvis.notifications.preferences import Choice, preferences_of, set_preferences
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message
from parvis.team.models import Member

router = Router(tags=["inbox"])

ITEM = "/inbox/{uuid:item_id}"


class InboxList(StrEnum):
    """What waits, what comes back later, what is done."""

    WAITING = "waiting"
    LATER = "later"
    DONE = "done"


class InboxAnswer(Answer):
    id: UUID
    kind: InboxKind
    state: InboxState
    text: str
    client_id: UUID | None
    subject_type: str
    subject_id: UUID
    at: datetime
    snoozed_until: datetime | None
    done_at: datetime | None


class InboxFilters(Paging):
    list: InboxList = InboxList.WAITING


class ChoiceAnswer(Answer):
    kind: MemberNotice
    label: str
    is_on: bool


class ChoicesBody(Body):
    """Kinds that are not named stay as they are."""

    choices: dict[MemberNotice, bool]


@router.get("/inbox", response=Page[InboxAnswer])
def list_inbox(request: ApiRequest, filters: Query[InboxFilters]) -> object:
    """What the member has to look at, the newest first."""
    rows = InboxItem.objects.visible_to(request.actor).select_related("event__names", "client")
    match filters.list:
        case InboxList.DONE:
            page = cursor_page(rows.filter(state=InboxState.DONE), filters, order="-at")
        case InboxList.LATER:
            later = rows.filter(state=InboxState.SNOOZED, snoozed_until__gt=now())
            page = cursor_page(later, filters, order="-at")
        case _:
            page = cursor_page(rows.waiting(now()), filters, order="-at")
    return {**page, "items": _in_words(request, page["items"])}


@router.get(ITEM, response=InboxAnswer)
def get_inbox_item(request: ApiRequest, item_id: UUID) -> InboxItem:
    """One thing to look at."""
    return _told(request, item_id)


@router.post(ITEM + "/completion", response={201: InboxAnswer})
def complete_inbox_item(request: ApiRequest, item_id: UUID) -> Status[InboxItem]:
    """Sorted."""
    finish(_item(request, item_id), actor=request.actor, at=now())
    return Status(201, _told(request, item_id))


@router.post(ITEM + "/snooze", response={201: InboxAnswer})
def snooze_inbox_item(request: ApiRequest, item_id: UUID) -> Status[InboxItem]:
    """Put it off until tomorrow morning."""
    snooze(_item(request, item_id), actor=request.actor, at=now())
    return Status(201, _told(request, item_id))


@router.post(ITEM + "/reopening", response={201: InboxAnswer})
def reopen_inbox_item(request: ApiRequest, item_id: UUID) -> Status[InboxItem]:
    """It lies before the member again."""
    reopen(_item(request, item_id), actor=request.actor, at=now())
    return Status(201, _told(request, item_id))


@router.post(ITEM + "/resending", response={201: InboxAnswer})
def resend_message(request: ApiRequest, item_id: UUID) -> Status[InboxItem]:
    """Send again the message whose arrival is in doubt: a person's decision (F7)."""
    mine = InboxItem.objects.visible_to(request.actor)
    item = get_object_or_404(mine, pk=item_id, kind=InboxKind.MAIL_TROUBLE)
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=item.subject_id)
    at = now()
    send_again(message, actor=request.actor, at=at)
    settle(item.key, workspace_id=item.workspace_id, at=at)
    return Status(201, _told(request, item_id))


@router.get("/me/notifications", response=list[ChoiceAnswer])
def list_my_notifications(request: ApiRequest) -> list[Choice]:
    """What the member gets by mail; the inbox shows all of it in any case."""
    return preferences_of(_me(request))


@router.patch("/me/notifications", response=list[ChoiceAnswer])
def update_my_notifications(request: ApiRequest, body: ChoicesBody) -> list[Choice]:
    """Choose what to get by mail."""
    member = _me(request)
    choices = {kind.value: wanted for kind, wanted in body.choices.items()}
    set_preferences(member, choices, actor=request.actor, at=now())
    return preferences_of(member)


def _me(request: ApiRequest) -> Member:
    return get_object_or_404(Member.objects.active(), pk=request.actor.member_id)


def _item(request: ApiRequest, pk: UUID) -> InboxItem:
    rows = InboxItem.objects.visible_to(request.actor).select_related("event__names", "client")
    return get_object_or_404(rows, pk=pk)


def _told(request: ApiRequest, pk: UUID) -> InboxItem:
    item: InboxItem = _in_words(request, [_item(request, pk)])[0]
    return item


def _in_words(request: ApiRequest, items: list[InboxItem]) -> list[Any]:
    """The items with what they say, in the caller's language."""
    told = lines(items, request.actor)
    for line in told:
        line.item.text = line.text  # type: ignore[attr-defined]
    return [line.item for line in told]
