"""A postbox for every test of notifications."""

from collections.abc import Iterator

import pytest
from django.urls import clear_script_prefix

from parvis.notifications.tests.postbox import Postbox


@pytest.fixture
def postbox(db: None) -> Postbox:
    return Postbox()


@pytest.fixture(autouse=True)
def _own_prefix() -> Iterator[None]:
    """A visit to a portal leaves its prefix with the thread; a server starts each request afresh."""
    yield
    clear_script_prefix()
