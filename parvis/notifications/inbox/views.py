"""The inbox: one thing after the other, each done, put off, or opened."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.clients.choosing import client_choice
from parvis.core.clock import now
from parvis.http.keyset import capped_count, keyset_page
from parvis.http.lists import Choice, Tab, address, choice, page_links
from parvis.http.pages import offer_undo, say
from parvis.notifications.inbox.actions import finish, reopen, settle, snooze
from parvis.notifications.inbox.pages import card_of, lines
from parvis.notifications.kinds import InboxKind, InboxState
from parvis.notifications.models import InboxItem
from parvis.notifications.querysets import InboxQuerySet
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message
from parvis.signin.requests import AgencyRequest
from parvis.ui import dates

WAITING = "waiting"
ORDERS = {WAITING: ("at", True), "later": ("snoozed_until", False), "done": ("done_at", True)}
"""Newest first; what comes back, soonest first."""
_KINDS = [(kind.value, kind.label) for kind in InboxKind]


@require_safe
def inbox(request: AgencyRequest, pk: UUID | None = None) -> HttpResponse:
    """The list and the chosen item; without a choice the first one, so that the next opens by itself."""
    name, narrowed = _list_name(request), _choices(request)
    rows = _list(request, name)
    field, descending = ORDERS[name]
    page = keyset_page(rows, field=field, descending=descending, cursor=request.GET.get("cursor", ""))
    items = list(page.rows)
    chosen = _mine(request, pk) if pk else (items[0] if items else None)
    total = capped_count(rows)
    context = {
        "lines": lines(items, request.actor),
        "chosen": chosen,
        "chosen_line": lines([chosen], request.actor)[0] if chosen else None,
        "card": card_of(chosen, request.actor) if chosen else None,
        "list_name": name,
        "total": total if items else "",
        "chips": _chips(request, name),
        "choices": narrowed,
        "is_narrowed": any(each.value for each in narrowed),
        "here": _query(request),
        "is_waiting": chosen is not None and chosen.is_waiting(now()),
        "neighbours": _neighbours(items, chosen, counts=not page.previous_cursor, total=total),
        "last_done": _mine_all(request).exclude(done_at=None).order_by("-done_at").first(),
    }
    # From the page of an item, too, another page of the list opens its own first item.
    here = reverse("notifications:inbox")
    pages = {key: here + url if url else "" for key, url in page_links(request, page).items()}
    return render(request, "notifications/inbox/inbox.html", {**context, **pages})


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


def _list_name(request: HttpRequest) -> str:
    name = request.GET.get("list", WAITING)
    return name if name in ORDERS else WAITING


def _list(request: AgencyRequest, name: str) -> InboxQuerySet:
    """What waits; what comes back later; what was done; of one kind and one client if the address says so."""
    rows = _mine_all(request).select_related("event__names", "client")
    kind, client = _choices(request)
    if kind.value:
        rows = rows.filter(kind=kind.value)
    if client.pk:
        rows = rows.filter(client=client.pk)
    if name == "done":
        return rows.filter(state=InboxState.DONE)
    if name == "later":
        return rows.filter(state=InboxState.SNOOZED, snoozed_until__gt=now())
    return rows.waiting(now())


def _choices(request: AgencyRequest) -> list[Choice]:
    """Kind and client; one query a request."""
    known: list[Choice] | None = getattr(request, "inbox_choices", None)
    if known is None:
        kinds = choice(request.GET, "kind", _("Kind"), [("", _("All kinds")), *_KINDS])
        known = [kinds, client_choice(request.actor, request.GET)]
        request.inbox_choices = known  # type: ignore[attr-defined]
    return known


def _chips(request: AgencyRequest, name: str) -> list[Tab]:
    inbox = "notifications:inbox"
    named = [(WAITING, _("To sort"), "inbox"), ("later", _("Later"), "clock"), ("done", _("Sorted"), "check")]
    return [
        Tab(
            label,
            address(inbox, request.GET, list=key if key != WAITING else ""),
            current=key == name,
            icon=icon,
        )
        for key, label, icon in named
    ]


def _query(request: HttpRequest) -> str:
    """The list one stands in, for the addresses of its items."""
    return f"?{query}" if (query := request.GET.urlencode()) else ""


def _neighbours(
    items: list[InboxItem], chosen: InboxItem | None, *, counts: bool, total: str
) -> dict[str, InboxItem | int | str | None]:
    """The item before and after, and which of how many this is; a later page knows no number."""
    place = next((number for number, item in enumerate(items) if chosen and item.pk == chosen.pk), None)
    if place is None:
        return {"before": None, "after": None, "place": None, "count": total}
    return {
        "before": items[place - 1] if place else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        "place": place + 1 if counts else None,
        "count": total,
    }


def _next_address(request: AgencyRequest, item: InboxItem) -> str:
    """The item after this one in the same list, else the first, else the empty inbox."""
    waiting = _list(request, WAITING).exclude(pk=item.pk).order_by("-at", "-pk")
    after = waiting.filter(Q(at__lt=item.at) | Q(at=item.at, pk__lt=item.pk))
    following = (after.first() or waiting.first()) if item.is_waiting(now()) else None
    if following is None:
        return reverse("notifications:inbox")
    return reverse("notifications:item", args=[following.pk]) + _query(request)
