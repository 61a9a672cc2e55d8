"""Opening one link on many devices together, asking for many links together (C2, C10, X-08)."""

import pytest

from parvis.clients.actions.grants import OtherDevice, issue_token, open_link
from parvis.clients.actions.link_requests import answer_link_request, request_link
from parvis.clients.models import AccessGrant, ContactDevice, LinkRequest, TokenPurpose
from parvis.core.clock import now
from parvis.outbox.models import Message
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


def test_of_twelve_requests_answered_together_five_are_granted_and_none_twice(agency):
    """C10: also with two workers at each request."""
    asked = [
        request_link(workspace_id=agency.workspace.pk, email=agency.sarah.email, at=now()) for _ in range(6)
    ]
    answers = together([lambda one=one: answer_link_request(one, at=now()) for one in asked * 2])
    assert sum(answers) == Message.objects.count() == 5
    assert not LinkRequest.objects.exists()
