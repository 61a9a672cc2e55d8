"""A talk awaits an answer while the last word is the client's (G2-04e)."""

import pytest

from parvis.conversations.actions import add_comment
from parvis.conversations.models import Thread
from tests.factories import SUNDAY


@pytest.mark.django_db
def test_a_client_s_last_word_awaits_an_answer_until_the_team_has_given_one(agency, acting):
    thread = Thread.objects.create(
        workspace=agency.website.workspace,
        client=agency.acme,
        project_id=agency.website.pk,
        created_at=SUNDAY,
    )
    awaited = []
    for person in (agency.sarah, agency.alex, agency.alex, agency.sarah):
        add_comment(thread, body="Well?", actor=acting(person), at=SUNDAY)
        thread.refresh_from_db()
        awaited.append(thread.awaits_answer)
    assert awaited == [True, False, False, True]
