"""SQLite knows how its tables have grown (PERFORMANCE: nothing on a request's path is O(all rows))."""

from datetime import timedelta

from django.db import connection

from parvis.config.upkeep import due, refresh_statistics
from parvis.conversations.models import Thread
from tests.factories import SUNDAY


def test_a_partial_index_is_used_once_the_tables_have_been_looked_at(agency):
    Thread.objects.bulk_create(
        Thread(
            workspace=agency.website.workspace,
            client=agency.acme,
            project_id=agency.website.pk,
            created_at=SUNDAY,
        )
        for _ in range(2000)
    )
    refresh_statistics()
    awaited = Thread.objects.filter(workspace=agency.website.workspace, awaits_answer=True, resolved_at=None)
    # PostgreSQL keeps its statistics itself, in its own time.
    assert connection.vendor == "postgresql" or "threads_awaiting_answer" in awaited.explain()


def test_the_clock_looks_once_a_day(django_assert_num_queries, db):
    due(SUNDAY)
    with django_assert_num_queries(0):
        due(SUNDAY + timedelta(hours=1))
