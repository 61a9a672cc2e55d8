"""One request for one row, undone afterwards; what it wrote is remembered."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import clear_script_prefix, get_resolver, reverse
from django.urls.resolvers import URLResolver

from tests.access.rows import FILE, Row
from tests.factories import make_upload

CHANGES = re.compile(r'^\s*(INSERT\s+(?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OF_EVERY_VISIT = {"django_session"}


@dataclass
class Answer:
    """What came back, and the tables that were written to."""

    status: int
    location: str
    written: set[str] = field(default_factory=set)

    @property
    def is_allowed(self) -> bool:
        return self.status < 400 and not self.is_sent_away

    @property
    def is_sent_away(self) -> bool:
        """To the sign-in page, or shown what they had written beside the way to it."""
        return self.status == 401 or (self.status == 302 and "/sign-in/" in self.location)


def ask(browser: Client, row: Row, ids: dict[str, Any], urlconf: str) -> Answer:
    """Send the row's request, then take back whatever it did."""
    clear_script_prefix()
    named = {name: ids.get(value, value) for name, value in row.ids.items()}
    path = reverse(row.route, urlconf=urlconf, kwargs=named) + row.query.format_map(ids)
    answer = Answer(0, "")

    def remember(execute, sql, params, many, context):
        if change := CHANGES.match(sql):
            answer.written.add(change[2])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(remember):
        send = browser.get if row.method == "GET" else browser.post
        response = send(path) if row.method == "GET" else send(path, filled(row, ids))
        answer.status, answer.location = response.status_code, response.headers.get("Location", "")
        if response.streaming:
            response.getvalue()
        transaction.set_rollback(True)
    clear_script_prefix()
    return answer


def filled(row: Row, ids: dict[str, Any]) -> dict[str, Any]:
    """The body with ids in place of names."""
    body = {}
    for name, value in (row.body or {}).items():
        whole = value.format_map(ids) if isinstance(value, str) else value
        body[name.format_map(ids)] = make_upload() if value == FILE else whole
    return body


def routes(urlconf: str) -> dict[str, Any]:
    """Every named route of a urlconf with its view."""
    return dict(_walk(get_resolver(urlconf), ""))


def _walk(resolver: URLResolver, namespace: str):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern, namespace + inner)
        elif pattern.name:  # those without a name only say that nothing is here
            yield f"{namespace}{pattern.name}", pattern.callback


PORTAL, AGENCY = settings.PORTAL_URLCONF, settings.ROOT_URLCONF
