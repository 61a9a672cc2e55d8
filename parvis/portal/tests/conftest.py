"""What the portal's tests start from."""

import pytest

from tests.clients import PortalBrowser


@pytest.fixture
def browser(agency):
    """Nobody yet, at the door of Studio Nord's portal."""
    return PortalBrowser(agency.workspace)


@pytest.fixture
def sarahs(agency):
    """Sarah of Acme, inside."""
    return PortalBrowser(agency.workspace).enter(agency.sarah, agency.acme)


@pytest.fixture
def marks(agency):
    """Mark of Acme, inside."""
    return PortalBrowser(agency.workspace).enter(agency.mark, agency.acme)


@pytest.fixture
def bos(agency):
    """Bo of Borealis, inside."""
    return PortalBrowser(agency.workspace).enter(agency.bo, agency.borealis)
