"""What lists of the team share: chips and choices that live in the address, links to the pages around."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from parvis.http.keyset import KeysetPage

SHOWN = 200
MESSAGES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a page; also a segment or a filter chip."""

    label: str | Promise
    url: str
    current: bool = False
    count: str | int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A select of a list's filters; the option without a value takes the filter away."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str

    @property
    def pk(self) -> UUID | None:
        """The row chosen, where the options are rows."""
        return UUID(self.value) if self.value else None


@dataclass(frozen=True, slots=True)
class Part:
    """The first rows of what is usually short; `all_url` leads to all, empty where nothing is missing."""

    rows: list[Any]
    all_url: str


def part(request: HttpRequest, rows: QuerySet[Any, Any], limit: int = SHOWN) -> Part:
    """So many rows, or with `?all=1` every one."""
    if "all" in request.GET:
        return Part(list(rows), "")
    found = list(rows[: limit + 1])
    return Part(found[:limit], "?all=1" if len(found) > limit else "")


def choice(params: QueryDict, name: str, label: str, options: Iterable[tuple[str, str | Promise]]) -> Choice:
    """With what the address says, if it is one of the options."""
    offered = [(value, str(words)) for value, words in options]
    value = params.get(name, "")
    return Choice(name, label, offered, value if value in dict(offered) else "")


def order_choice(params: QueryDict) -> Choice:
    """The orders every list of work knows."""
    orders = [
        ("", _("Changed last")),
        ("oldest", _("Changed longest ago")),
        ("due", _("With a deadline, soonest first")),
    ]
    return choice(params, "sort", _("Order"), orders)


def order_of(chosen: Choice, *, due: str) -> tuple[str, bool]:
    """The column of such an order, and whether it falls; `due` names the one of the deadline."""
    return (due, False) if chosen.value == "due" else ("updated_at", chosen.value != "oldest")


def address(name: str, params: QueryDict, *args: object, **changes: str) -> str:
    """An address with the present filters, some changed; an empty value takes a filter away."""
    query = params.copy()
    query.pop("cursor", None)
    for key, value in changes.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    rest = query.urlencode()
    return reverse(name, args=args) + (f"?{rest}" if rest else "")


def page_url(params: QueryDict, cursor: str) -> str:
    """The same list at another page; empty where there is none."""
    if not cursor:
        return ""
    query = params.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def page_links(request: HttpRequest, page: KeysetPage) -> dict[str, str]:
    """What the pager needs."""
    return {
        "next_url": page_url(request.GET, page.next_cursor),
        "previous_url": page_url(request.GET, page.previous_cursor),
    }
