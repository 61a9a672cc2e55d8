"""The same request sent many times at the same moment, on PostgreSQL (RELIABILITY G4)."""

import pytest

from parvis.api.tests.callers import Caller
from parvis.clients.models import Client
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.http.models import KeptAnswer
from tests.races.together import together

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.full,
    pytest.mark.django_db(transaction=True),
]
PARALLEL = 50


def adding(member, key, name="Nova"):
    caller = Caller(member)
    return lambda: caller.call("POST", "/clients", json={"name": name}, headers={"Idempotency-Key": key})


def test_fifty_at_once_have_one_effect_and_equal_answers(agency):
    for round_ in range(3):
        name = f"Nova {round_}"
        requests = [adding(agency.olga, f"key-{round_}", name) for _ in range(PARALLEL)]
        answers = together(requests)
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert sum(answer.get("Idempotency-Replayed") == "true" for answer in answers) == PARALLEL - 1
        client = Client.objects.get(name=name)
        assert Event.objects.filter(kind=EventKind.CLIENT_ADDED, subject_id=client.pk).count() == 1


def test_of_two_different_requests_with_one_key_one_is_refused(agency):
    for round_ in range(10):
        names = [f"Left {round_}", f"Right {round_}"]
        answers = together([adding(agency.olga, f"key-{round_}", name) for name in names])
        assert sorted(answer.status_code for answer in answers) == [201, 422]
        assert Client.objects.filter(name__in=names).count() == 1


def test_refused_together_leaves_nothing(agency):
    """Each is refused for itself; none waits for an answer that never comes."""
    agency.alex.role = "member"
    answers = together([adding(agency.alex, "key") for _ in range(8)])
    assert {answer.status_code for answer in answers} == {403}
    assert not KeptAnswer.objects.exists()
