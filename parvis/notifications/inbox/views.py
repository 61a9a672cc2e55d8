"""The inbox: one thing after the other, each done, put off, or opened."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.core.clock import now
from parvis.http.pages import offer_undo, say
from parvis.notifications.inbox.actions import finish, reopen, settle, snooze
from parvis.notifications.inbox.pages import SHOWN, card_of, lines
from parvis.notifications.kinds import InboxKind, InboxState
from parvis.notifications.models import InboxItem
from parvis.notifications.querysets import InboxQuerySet
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message
from parvis.signin.requests import AgencyRequest
from parvis.ui import dates

LISTS = ("waiting", "later", "done")


@require_safe
def inbox(request: AgencyRequest, pk: UUID | None = None) -> HttpResponse:
    """The list and the chosen item; without a choice the first one, so that the next opens by itself."""
    name = request.GET.get("list", "waiting")
    items = list(_list(request, name)[:SHOWN])
    chosen = _mine(request, pk) if pk else (items[0] if items else None)
    context = {
        "lines": lines(items, request.actor),
        "chosen": chosen,
        "chosen_line": lines([chosen], request.actor)[0] if chosen else None,
        "card": card_of(chosen, request.actor) if chosen else None,
        "list_name": name if name in LISTS else "waiting",
        "is_waiting": chosen is not None and chosen.is_waiting(now()),
        "neighbours": _neighbours(items, chosen),
        "last_done": _mine_all(request).exclude(done_at=None).order_by("-done_at").first(),
    }
    return render(request, "notifications/inbox/inbox.html", context)


@require_POST
def create_completion(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Done; the next one opens."""
    item = _mine(request, pk)
    following = _next_address(request, item)
    finish(item, actor=request.actor, at=now())
    offer_undo(request, _("Sorted."), reverse("notifications:reopening", args=[pk]))
    return redirect(following)


@require_POST
def create_snooze(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Tomorrow morning; the next one opens."""
    item = _mine(request, pk)
    following = _next_address(request, item)
    until = snooze(item, actor=request.actor, at=now())
    text = _("Comes back {when}.").format(when=dates.when(until))
    offer_undo(request, text, reverse("notifications:reopening", args=[pk]))
    return redirect(following)


@require_POST
def create_reopening(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Undo."""
    reopen(_mine(request, pk), actor=request.actor, at=now())
    return redirect("notifications:item", pk)


@require_POST
def create_resending(request: AgencyRequest, pk: UUID) -> HttpResponse:
    """Send again what may not have arrived: a person's decision (F7)."""
    item = get_object_or_404(InboxItem.objects.visible_to(request.actor), pk=pk, kind=InboxKind.MAIL_TROUBLE)
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=item.subject_id)
    at = now()
    following = _next_address(request, item)
    send_again(message, actor=request.actor, at=at)
    settle(item.key, workspace_id=item.workspace_id, at=at)
    say(request, _("The message is sent again."))
    return redirect(following)


def _mine_all(request: AgencyRequest) -> InboxQuerySet:
    return InboxItem.objects.visible_to(request.actor)


def _mine(request: AgencyRequest, pk: UUID) -> InboxItem:
    rows = _mine_all(request).select_related("event__names", "client")
    return get_object_or_404(rows, pk=pk)


def _list(request: AgencyRequest, name: str) -> InboxQuerySet:
    """What waits, oldest first; what comes back later; what was done, newest first."""
    rows = _mine_all(request).select_related("event__names", "client")
    if name == "done":
        return rows.filter(state=InboxState.DONE).order_by("-done_at", "-id")
    if name == "later":
        return rows.filter(state=InboxState.SNOOZED, snoozed_until__gt=now()).order_by("snoozed_until", "id")
    return rows.waiting(now()).order_by("-at", "-id")


def _neighbours(items: list[InboxItem], chosen: InboxItem | None) -> dict[str, InboxItem | int | None]:
    """The item before and after, and which of how many this is."""
    place = next((number for number, item in enumerate(items) if chosen and item.pk == chosen.pk), None)
    if place is None:
        return {"before": None, "after": None, "place": None, "count": len(items)}
    return {
        "before": items[place - 1] if place else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        "place": place + 1,
        "count": len(items),
    }


def _next_address(request: HttpRequest, item: InboxItem) -> str:
    """The item after this one, else the first, else the empty inbox."""
    waiting = list(_list(request, "waiting").values_list("pk", flat=True)[:SHOWN])  # type: ignore[arg-type]
    if item.pk in waiting:
        place = waiting.index(item.pk)
        rest = waiting[place + 1 :] or waiting[:place]
        if rest:
            return reverse("notifications:item", args=[rest[0]])
    return reverse("notifications:inbox")
