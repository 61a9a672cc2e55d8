"""The doctor finds rows that point into another workspace (ARCHITECTURE 4)."""

import pytest

from parvis.config.doctor import strayed_rows, workspaces
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
