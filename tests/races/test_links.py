"""Opening one link on many devices together (C2, X-08)."""

import pytest

from parvis.clients.actions.grants import OtherDevice, issue_token, open_link
from parvis.clients.models import AccessGrant, ContactDevice, TokenPurpose
from parvis.core.clock import now
from tests.races.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.full, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("purpose", [TokenPurpose.INVITATION, TokenPurpose.REQUESTED])
def test_of_twenty_openings_together_exactly_one_is_inside(agency, purpose):
    for _ in range(5):
        AccessGrant.objects.all().delete()
        secret = issue_token(agency.sarah, agency.acme, purpose=purpose, at=now())
        answers = together([lambda s=secret: open_link(s, device_secret=None, label="", at=now())] * 20)
        inside = [answer for answer in answers if not isinstance(answer, OtherDevice)]
        assert len(inside) == 1
        assert AccessGrant.objects.get().device == inside[0].device
        ContactDevice.objects.all().delete()
