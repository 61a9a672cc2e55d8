"""`parvis reminders`: what is still to come, and why (N-02)."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.projects.models import Project
from parvis.projects.rules import ProjectStatus
from tests.factories import make_draft, publish


def printed(deliverable, *arguments):
    """What the command prints about a deliverable."""
    out = io.StringIO()
    call_command("reminders", str(deliverable.pk), *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    publish(deliverable, at=now())
    return deliverable


def test_the_preview_lists_five_mails_and_then_the_rule_that_stops_them(homepage):
    """A-22, K-52"""
    lines = json.loads(printed(homepage, "--json"))
    assert [line["sends"] for line in lines[:7]] == [True] * 5 + [False] * 2
    assert (lines[0]["cause"], lines[0]["rule"]) == ("every_period", "G1-23")
    assert (lines[5]["reason"], lines[5]["rule"]) == ("cap", "K-52")


def test_the_table_says_the_same_in_words(homepage, agency):
    table = printed(homepage)
    assert "Still without a decision" in table
    assert agency.sarah.name in table


def test_a_completed_project_blocks_every_line(homepage, agency):
    """K-59"""
    Project.objects.filter(pk=agency.website.pk).update(status=ProjectStatus.COMPLETED)
    lines = json.loads(printed(homepage, "--json"))
    assert {(line["sends"], line["rule"]) for line in lines} == {(False, "K-59")}


def test_until_ends_the_list(homepage):
    tomorrow = (now() + timedelta(days=1)).date()
    assert len(json.loads(printed(homepage, "--json", f"--until={tomorrow.isoformat()}"))) <= 1


def test_a_draft_waits_for_nobody(agency):
    assert "Nobody is waited for" in printed(make_draft(agency.website, approvers=[agency.sarah]))


@pytest.mark.django_db
def test_an_unknown_deliverable_and_a_date_that_is_none_are_said_in_a_sentence(homepage):
    with pytest.raises(CommandError, match="There is no deliverable"):
        call_command("reminders", str(uuid7()))
    with pytest.raises(CommandError, match="is not a date"):
        printed(homepage, "--until=tomorrow")
