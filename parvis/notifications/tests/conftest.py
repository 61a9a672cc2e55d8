"""A postbox for every test of notifications."""

import pytest

from parvis.notifications.tests.postbox import Postbox


@pytest.fixture
def postbox(db: None) -> Postbox:
    return Postbox()
