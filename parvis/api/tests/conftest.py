"""The world of the interface's tests."""

import pytest

from parvis.api.tests.world import furnish


@pytest.fixture
def world(agency):
    """Studio Nord with something for every operation; `world.ids` names it."""
    return furnish(agency)
