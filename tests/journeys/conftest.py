"""A served Parvis, a browser, real mail, and the cast."""

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from parvis.clients.models import Contact
from parvis.signin.models import User
from parvis.workspaces.models import Workspace
from tests.chromium import until_served
from tests.journeys.post import Post
from tests.journeys.visitors import Visitor, arrive, leave


@pytest.fixture
def post(settings, live_server) -> Iterator[Post]:
    """Mail goes over real SMTP, and its links lead to the served Parvis."""
    office = Post()
    settings.EMAIL_URL = office.url
    settings.BASE_URL = live_server.url
    office.open()
    yield office
    office.close()


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., Visitor]]:
    """`visit("fr", PHONE)` is somebody with a device; in the end no page they met had a fault."""
    visitors: list[Visitor] = []

    def come(language: str, size: tuple[int, int], **habits: object) -> Visitor:
        visitor = arrive(chromium, language, size, **habits)  # type: ignore[arg-type]
        visitors.append(visitor)
        return visitor

    yield come
    for visitor in visitors:
        leave(visitor)
    until_served()
    faults = dict.fromkeys(problem for visitor in visitors for problem in visitor.problems)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture
def speaking(agency: SimpleNamespace) -> Callable[[str], SimpleNamespace]:
    """`speaking("fr")` is the agency, where everybody speaks French."""

    def in_language(language: str) -> SimpleNamespace:
        for people in (Contact, User, Workspace):
            people.objects.update(language=language)
        return agency

    return in_language


@pytest.fixture(scope="session")
def is_thorough() -> bool:
    """In the full tier every page is looked at in both sizes and both schemes."""
    return os.environ.get("PARVIS_TIER") in {"full", "long"}
