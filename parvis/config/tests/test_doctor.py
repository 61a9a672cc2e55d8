"""The doctor finds what points into another workspace, a record without its locks (G10), a closed door."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from parvis.config.doctor import demonstration, mail_server, record, strayed_rows, workspaces
from parvis.demo.loading import OWNER_EMAIL
from parvis.events.triggers import drop_triggers, restore_triggers
from parvis.mail.tests.smtp import HANG_UP, scripted
from parvis.projects.models import Project
from parvis.workspaces.models import Workspace
from tests.factories import make_client, make_member, make_project, make_workspace

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


def test_a_demonstration_that_others_can_reach_is_found(settings):
    """Its owner's password is in the sources."""
    olga = make_member(make_workspace("Atelier Nord"))
    assert list(demonstration()) == []
    olga.user.email = OWNER_EMAIL
    olga.user.save()
    settings.BASE_URL = "https://parvis.localhost"
    assert list(demonstration()) == []
    settings.BASE_URL = "https://portal.example.org"
    assert [finding.level for finding in demonstration()] == ["failed"]


@pytest.mark.parametrize(
    "address", ["https://portal.example.org", "http://127.evil.test", "http://192.168.1.7"]
)
def test_no_demonstration_is_loaded_where_others_can_reach_it(settings, address):
    settings.BASE_URL = address
    with pytest.raises(CommandError, match="whose password everybody knows"):
        call_command("demo")
    assert not Workspace.objects.exists()


@pytest.mark.parametrize(
    ("scheme", "script", "level", "words"),
    [
        ("smtp", {}, "ok", "answers, signed in as lea."),
        ("smtp", {"AUTH": ["535 wrong password"]}, "failed", "does not let us in"),
        ("smtp", {"OFFER": ["250 test"]}, "failed", "does not let us in"),  # nobody can sign in there
        ("smtp+tls", {}, "failed", "STARTTLS extension not supported"),
        ("smtp", {"CONNECT": [HANG_UP]}, "failed", "does not let us in"),
    ],
)
def test_the_doctor_signs_in_to_the_mail_server_as_sending_does(settings, scheme, script, level, words):
    """F8: and nothing is sent."""
    with scripted(**{"OFFER": ["250-test\r\n250 AUTH PLAIN"], "AUTH": ["235 welcome"], **script}) as server:
        settings.EMAIL_URL = f"{scheme}://lea:secret@127.0.0.1:{server.port}"
        (finding,) = mail_server()

    assert (finding.level, words in finding.sentence) == (level, True), finding
    assert "secret" not in finding.sentence
    assert "MAIL" not in server.commands


def test_the_doctor_names_a_mail_address_that_cannot_be_used(settings):
    settings.EMAIL_URL = "mail.example.org:25"
    (finding,) = mail_server()
    assert finding.level == "failed"
    assert "PARVIS_EMAIL_URL" in finding.sentence
