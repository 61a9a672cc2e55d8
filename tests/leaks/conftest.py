"""An agency whose every internal text is a canary, with a neighbour that is nothing but canaries."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from parvis.access import Role
from parvis.backstage.actions import add_note, add_staff_comment
from parvis.clients.models import Client
from parvis.core.clock import now
from parvis.deliverables.actions import Terms, add_remark, decide, reply_to_remark
from parvis.deliverables.models import Deliverable, Purpose, Verdict
from parvis.documents.actions import add_document, folders_of
from parvis.documents.models import Document
from parvis.files.due import make_waiting_previews
from parvis.notifications.tests.postbox import Postbox
from parvis.projects.actions import add_milestone, add_task, comment_task, open_discussion
from parvis.signin.models import User
from parvis.team.actions import invite_member
from tests.factories import (
    canary,
    make_client,
    make_contact,
    make_draft,
    make_file,
    make_member,
    make_project,
    make_workspace,
    publish,
    staff_of,
)


def furnish(project, people: SimpleNamespace, say: Callable[[str], str], at) -> Deliverable:
    """One of everything a client can see, in words chosen by `say`."""
    workspace, actor = project.workspace, staff_of(project.workspace)
    task = add_task(project, title=say("photos"), client_visible=True, actor=actor, at=at)
    comment_task(task, body=say("which ones"), actor=actor, at=at)
    add_milestone(project, title=say("launch"), due_on=(at + timedelta(days=3)).date(), actor=actor, at=at)
    open_discussion(project, title=say("keywords"), body=say("which words"), actor=actor, at=at)
    add_document(
        project,
        folder=folders_of(project)[0],
        title=say("brief"),
        file=make_file(workspace, f"{say('brief').replace(' ', '-')}.png"),
        actor=actor,
        at=at,
    )
    shown = make_draft(project, say("homepage"), approvers=people.approvers, at=at, terms=Terms(1))
    file = make_file(workspace, f"{say('homepage').replace(' ', '-')}.png")
    version = publish(shown, files=[file], at=at, note=say("first idea"))
    remark = add_remark(shown, version_id=version.pk, body=say("warmer"), actor=actor, at=at)
    reply_to_remark(remark, body=say("sure"), actor=actor, at=at)
    publish(make_draft(project, say("sitemap"), purpose=Purpose.INFORMATION, at=at), at=at)
    return shown


@pytest.fixture
def nest(agency: SimpleNamespace, acting) -> SimpleNamespace:
    """Studio Nord as Sarah may know it, full of what she may not."""
    at = now() - timedelta(hours=2)
    olga, website = acting(agency.olga), agency.website
    User.objects.filter(pk=agency.olga.user_id).update(email=f"{canary('o').replace(' ', '.')}@nord.test")
    User.objects.filter(pk=agency.alex.user_id).update(email=f"{canary('a').replace(' ', '.')}@nord.test")
    website.title, website.external_name = canary("secret project"), "Your website"
    website.contract_amount_minor = 7_777_777
    website.save()
    shown = furnish(website, SimpleNamespace(approvers=[agency.sarah, agency.mark]), lambda word: word, at)
    add_staff_comment(shown, body=canary("too late"), actor=olga, at=at)
    add_staff_comment(website, body=canary("over budget"), actor=olga, at=at)
    add_note(agency.acme, body=canary("pays late"), actor=olga, at=at)
    Client.objects.filter(pk=agency.acme.pk).update(
        sector=canary("sector"), phone=canary("phone")[:40], vat_number=canary("vat")[:20]
    )
    add_task(website, title=canary("hidden task"), actor=olga, at=at)
    make_draft(website, canary("draft"), approvers=[agency.sarah], at=at)
    hidden = add_document(
        website,
        folder=folders_of(website)[0],
        title=canary("hidden document"),
        file=make_file(agency.workspace, f"{canary('hidden').replace(' ', '-')}.png"),
        actor=olga,
        at=at,
    )
    Document.objects.filter(pk=hidden.pk).update(client_visible=False)
    invite_member(
        workspace_id=agency.workspace.pk,
        email=f"{canary('i').replace(' ', '.')}@nord.test",
        name=canary("invited"),
        role=Role.MEMBER,
        actor=olga,
        at=at,
    )
    neighbours(agency, at)
    with transaction.atomic():
        make_waiting_previews(now())
    agency.shown = shown
    return agency


def neighbours(agency: SimpleNamespace, at) -> None:
    """Another client, another project of the same client's neighbour, another agency: canaries all."""
    elsewhere = make_workspace(canary("Sud")[:20].replace(" ", "-"))
    make_member(elsewhere, canary("Otto"))
    for workspace in (agency.workspace, elsewhere):
        client = make_client(workspace, canary("Rival"))
        contact = make_contact(client, canary("Rita"))
        furnish(make_project(client, canary("site")), SimpleNamespace(approvers=[contact]), canary, at)


@pytest.fixture
def letters(nest: SimpleNamespace, acting) -> Postbox:
    """The mails that everything so far, a decision and a new version bring."""
    box = Postbox()
    box.run(now())
    sarah = acting(nest.sarah)
    nest.shown.refresh_from_db()
    add_remark(
        nest.shown, version_id=nest.shown.current_version_id, body="Another word", actor=sarah, at=now()
    )
    decide(
        nest.shown,
        version_id=nest.shown.current_version_id,
        verdict=Verdict.CHANGES_REQUESTED,
        note="Darker",
        actor=sarah,
        at=now(),
    )
    publish(nest.shown, at=now(), note="Darker now")
    box.run(now() + timedelta(minutes=30))
    return box
