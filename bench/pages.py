"""The requests that are measured, and how many queries each takes."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, set_script_prefix

from bench.dataset import Scene
from bench.load import Request
from bench.visitors import contact_cookies, member_cookies
from parvis.core.ids import uuid7

FORM = "application/x-www-form-urlencoded"
SAVED = (302, 303)


@dataclass(frozen=True)
class Page:
    """One kind of request, sent again and again by the same visitor."""

    label: str
    requests: Iterator[Request]


@dataclass(frozen=True)
class Queries:
    """What one request asks of the database; beginning and ending transactions is not counted."""

    reads: int
    writes: int
    milliseconds: float

    @property
    def number(self) -> int:
        """All of them."""
        return self.reads + self.writes


def pages_of(scene: Scene) -> list[Page]:
    """Portal first, then the agency. Every write goes to another row than the one before it."""
    sarah, busy, olga = contact_cookies(scene), contact_cookies(scene, busy=True), member_cookies(scene)
    set_script_prefix("/")
    today, clients, search = map(reverse, ("dashboard:home", "clients:clients", "dashboard:search"))
    return [
        Page("portal home", _gets(_portal(scene, "home"), sarah)),
        Page("review, 20 comments", _gets(_portal(scene, "deliverable", scene.reviewed.pk), sarah)),
        Page("comment POST", _comments(scene, sarah)),
        Page("decision POST", _decisions(scene, busy)),
        Page("dashboard", _gets(today, olga)),
        Page("client list of 50", _gets(clients, olga)),
        Page("search", _gets(f"{search}?{urlencode({'q': 'homepage logo'})}", olga)),
    ]


def count_queries(page: Page) -> Queries:
    """Queries of one request, the caches of the process being warm."""
    browser = Browser(headers={"host": settings.ALLOWED_HOSTS[0]})
    _send(browser, next(page.requests))
    with CaptureQueriesContext(connection) as captured:
        _send(browser, next(page.requests))
    spent = sum(float(query["time"]) for query in captured.captured_queries)
    verbs = [query["sql"].split()[0].upper() for query in captured.captured_queries]
    reads = sum(verb in {"SELECT", "WITH"} for verb in verbs)
    return Queries(reads, sum(verb in {"INSERT", "UPDATE", "DELETE"} for verb in verbs), spent * 1000)


def _send(browser: Browser, request: Request) -> None:
    browser.cookies = SimpleCookie(request.headers["Cookie"])
    response = browser.generic(
        request.method, request.path, request.body, request.headers.get("Content-Type", "")
    )
    if response.status_code not in request.expected:
        raise SystemExit(f"{request.method} {request.path} answered {response.status_code}.")


def _portal(scene: Scene, name: str, *arguments: object) -> str:
    set_script_prefix(f"/p/{scene.workspace.slug}/")
    return reverse(f"portal:{name}", urlconf=settings.PORTAL_URLCONF, args=arguments)


def _gets(path: str, cookies: dict[str, str]) -> Iterator[Request]:
    return itertools.repeat(Request(path, headers=_headers(cookies)))


def _comments(scene: Scene, cookies: dict[str, str]) -> Iterator[Request]:
    """Answers within the remarks of all other deliverables of the client, in turn."""
    for number in itertools.count(1):
        deliverable = scene.talked_about[number % len(scene.talked_about)]
        path = _portal(scene, "replies", deliverable.pk, 1)
        yield _post(path, cookies, {"body": f"Answer number {number}, thank you."})


def _decisions(scene: Scene, cookies: dict[str, str]) -> Iterator[Request]:
    """Each deliverable can be decided once."""
    for deliverable in scene.to_decide():
        path = _portal(scene, "decisions", deliverable.pk)
        values = {"verdict": "approved", "version": deliverable.current_version_id, "note": ""}
        yield _post(path, cookies, values)


def _post(path: str, cookies: dict[str, str], values: Mapping[str, object]) -> Request:
    token = cookies[settings.CSRF_COOKIE_NAME]
    body = urlencode({**values, "csrfmiddlewaretoken": token, "nonce": uuid7()})
    return Request(path, "POST", body, {**_headers(cookies), "Content-Type": FORM}, expected=SAVED)


def _headers(cookies: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
