"""What the portal's tests start from."""

import pytest

from parvis.clients.models import AccessGrant
from parvis.core.ids import uuid7
from tests.clients import PortalBrowser
from tests.factories import join


@pytest.fixture
def browser(agency):
    """Nobody yet, at the door of Studio Nord's portal."""
    return PortalBrowser(agency.workspace)


@pytest.fixture
def sarahs(agency):
    """Sarah of Acme, inside."""
    return PortalBrowser(agency.workspace).enter(agency.sarah, agency.acme)


@pytest.fixture
def both(sarahs, agency):
    """Sarah with a second client, Borealis, on the same device (BT-15)."""
    join(agency.sarah, agency.borealis)
    grant = AccessGrant.objects.get(contact=agency.sarah)
    grant.pk, grant.client = uuid7(), agency.borealis
    grant.save(force_insert=True)
    return sarahs


@pytest.fixture
def marks(agency):
    """Mark of Acme, inside."""
    return PortalBrowser(agency.workspace).enter(agency.mark, agency.acme)


@pytest.fixture
def bos(agency):
    """Bo of Borealis, inside."""
    return PortalBrowser(agency.workspace).enter(agency.bo, agency.borealis)
