"""The team's browser, and an agency with something on every page."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client as Browser

from parvis.access import Actor
from parvis.backstage.actions import add_note, add_staff_comment
from parvis.core.clock import now
from parvis.deliverables.actions import add_remark, reply_to_remark
from parvis.documents.actions import add_document, folders_of
from parvis.projects.actions import (
    add_milestone,
    add_task,
    comment_task,
    open_discussion,
    set_client_status,
)
from parvis.team.models import Member
from tests.factories import canary, make_draft, make_file, publish


@pytest.fixture
def sign_in() -> Callable[[Member], Browser]:
    """`sign_in(olga)` is a browser in which Olga is signed in."""

    def as_member(member: Member) -> Browser:
        browser = Browser()
        browser.force_login(member.user)
        return browser

    return as_member


@pytest.fixture
def busy(agency: SimpleNamespace, acting: Callable[..., Actor]) -> SimpleNamespace:
    """Acme's website with one of everything; what is internal carries a canary."""
    at, olga, sarah = now() - timedelta(days=1), acting(agency.olga), acting(agency.sarah)
    project = agency.website
    set_client_status(
        project, label="On it", description="", family="work", step=2, is_visible=True, actor=olga, at=at
    )
    agency.milestone = add_milestone(
        project, title="Launch", due_on=(at + timedelta(days=3)).date(), actor=olga, at=at
    )
    agency.task = add_task(
        project,
        title="Photos",
        assignee=agency.olga,
        due_on=at.date(),
        client_visible=True,
        actor=olga,
        at=at,
    )
    comment_task(agency.task, body="Which ones?", actor=sarah, at=at)
    agency.discussion = open_discussion(project, title="SEO", body="Keywords?", actor=sarah, at=at)
    agency.document = add_document(
        project,
        folder=folders_of(project)[0],
        title="Brief",
        file=make_file(agency.workspace),
        actor=olga,
        at=at,
    )
    agency.homepage = make_draft(project, approvers=[agency.sarah, agency.mark], at=at)
    agency.version = publish(agency.homepage, at=at, note="First idea.")
    agency.remark = add_remark(
        agency.homepage, version_id=agency.version.pk, body="Warmer, please.", actor=sarah, at=at
    )
    reply_to_remark(agency.remark, body="Sure.", actor=olga, at=at)
    add_staff_comment(agency.homepage, body=canary("too late"), actor=olga, at=at)
    add_note(agency.acme, body=canary("pays late"), actor=olga, at=at)
    return agency
