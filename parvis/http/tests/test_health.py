"""`/healthz` says whether the process answers, `/readyz` whether work gets done (ARCHITECTURE 7)."""

from datetime import timedelta

import pytest
from django.db import connection

from parvis.core.clock import now
from parvis.outbox.models import WorkerBeat

pytestmark = pytest.mark.django_db


def make_beat(*, seconds_ago: int) -> WorkerBeat:
    seen_at = now() - timedelta(seconds=seconds_ago)
    return WorkerBeat.objects.create(process="test", started_at=seen_at, seen_at=seen_at)


def test_alive_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_ready_while_a_worker_is_seen(client):
    make_beat(seconds_ago=5)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "migrations": "ok", "worker": "ok"}


def test_not_ready_when_no_worker_was_ever_seen(client):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["worker"] == "never seen"


def test_not_ready_when_the_worker_has_gone_quiet(client):
    make_beat(seconds_ago=300)

    assert client.get("/readyz").status_code == 503


def test_not_ready_when_a_migration_is_missing(client):
    make_beat(seconds_ago=5)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'outbox'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"].endswith("missing")
    assert "worker" not in answer.json()
