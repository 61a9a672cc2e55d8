"""The doctor finds rows that point into another workspace, and a record without its locks (G10)."""

import pytest
from django.db import connection

from parvis.config.doctor import record, strayed_rows, workspaces
from parvis.events.triggers import drop_triggers, restore_triggers
from parvis.projects.models import Project
from tests.factories import make_client, make_project, make_workspace

pytestmark = pytest.mark.django_db


def test_nothing_is_said_while_every_row_stays_at_home():
    make_project(client=make_client(workspace=make_workspace()))

    (finding,) = workspaces()

    assert finding.level == "ok"


def test_a_row_that_points_into_another_workspace_is_found():
    project = make_project(client=make_client(workspace=make_workspace("Studio Nord")))
    Project.objects.filter(pk=project.pk).update(workspace=make_workspace("Atelier Sud"))

    found = {name: count for name, count in strayed_rows() if count}

    assert found["projects.Project.client"] == 1
    assert {finding.level for finding in workspaces()} == {"failed"}


def test_a_record_that_could_be_changed_is_found():
    """G10: one missing trigger is enough."""
    drop_triggers(connection)
    assert [finding.level for finding in record()] == ["failed"]

    restore_triggers(using="default")
    assert [finding.level for finding in record()] == ["ok"]
    with connection.cursor() as cursor:
        on = " ON events_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER events_event_no_delete{on}")
    assert [finding.level for finding in record()] == ["failed"]
