"""Every test of the outbox knows the test's kinds of message."""

import pytest

from parvis.outbox.tests import factories


@pytest.fixture(autouse=True)
def kinds(settings):
    settings.MESSAGES = factories.SETTING
    factories.RESULTS.clear()
