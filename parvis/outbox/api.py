"""What leaves the house, over the REST interface: which messages are in trouble, and sending again."""

from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status
from pydantic import Field

from parvis.access.requests import ApiRequest
from parvis.core.clock import now
from parvis.http.cursors import Page, Paging, cursor_page
from parvis.http.schemas import Answer
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message, MessageState

router = Router(tags=["messages"])


class MessageAnswer(Answer):
    """A message and how it stands; its text is made when it leaves, and kept nowhere."""

    id: UUID
    kind: str
    state: MessageState
    member_id: UUID | None
    contact_id: UUID | None
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    error: str
    result_reason: str


class MessageFilters(Paging):
    state: MessageState | None = Field(None, description="Else those in trouble.")


@router.get("/messages", response=Page[MessageAnswer])
def list_messages(request: ApiRequest, filters: Query[MessageFilters]) -> object:
    """Messages in trouble, or in the state asked for, the newest first."""
    rows = Message.objects.visible_to(request.actor)
    rows = rows.filter(state=filters.state) if filters.state else rows.troubled()
    return cursor_page(rows, filters, order="-created_at")


@router.post("/messages/{uuid:message_id}/resending", response={201: MessageAnswer})
def resend_one_message(request: ApiRequest, message_id: UUID) -> Status[Message]:
    """Send once more what perhaps never arrived: a person's decision (F7)."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=message_id)
    return Status(201, send_again(message, actor=request.actor, at=now()))
