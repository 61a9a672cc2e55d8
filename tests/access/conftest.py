"""One world for the whole table, and everybody who asks in it: `ask` takes back whatever a request did."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client as Browser
from django.test import override_settings

from parvis.access import ContactRole, Role
from parvis.api.tests.world import furnish
from parvis.clients.actions.grants import claim_preview, start_preview
from parvis.clients.models import ContactDevice, MembershipState
from parvis.conversations.models import CommentAttachment
from parvis.core.clock import now
from parvis.files.due import make_waiting_previews
from parvis.http.sessions import portal_cookie
from parvis.outbox.models import Message
from parvis.signin.api_tokens import Scope, issue_api_token
from parvis.team.actions import disable_member
from tests.cast import make_agency
from tests.clients import PortalBrowser
from tests.factories import (
    assign,
    make_client,
    make_contact,
    make_file,
    make_member,
    make_project,
    make_workspace,
    open_device,
)


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the world lie."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def files_folder(settings: Any, shared_folder: Path) -> Path:
    """The folder of the world, for every test in it."""
    settings.FILES_URL = f"file://{shared_folder}"
    return shared_folder


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, shared_folder: Path) -> Iterator[SimpleNamespace]:
    """Studio Nord with something behind every route; `ids` names it. Made once, and taken back at the end.

    Without `db` in its name pytest-django runs this after the tests that empty the database: nothing here may
    lean on rows that a migration wrote.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_URL=f"file://{shared_folder}"),
        transaction.atomic(),
    ):
        made = _made(make_agency())
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


def _made(agency: SimpleNamespace) -> SimpleNamespace:
    made = furnish(agency)
    made.elsewhere = make_workspace("Studio Sud")
    logo = make_file(agency.workspace, "logo.png")
    agency.workspace.branding.logo_id = logo.pk
    agency.workspace.branding.save()
    token, _raw = issue_api_token(agency.olga, label="t", scopes=[Scope.READ], at=now(), expires_at=None)
    archived = make_project(agency.acme, "Past", status="archived", archived_at=now())
    assign(agency.alex, archived)
    made.ids |= {
        "archived": archived.pk,
        "logo": logo.pk,
        "token": token.pk,
        "attachment": CommentAttachment.objects.get(comment=made.ids["task_comment"]).pk,
        "message": Message.objects.get(key="lost").pk,
    }
    with transaction.atomic():
        make_waiting_previews(now())
    return made


@pytest.fixture(scope="module")
def members(world: SimpleNamespace) -> dict[str, Browser]:
    """A browser for every kind of member, and for those who are none."""
    agency = world.agency
    people = {
        "owner": agency.olga,
        "assigned": agency.alex,
        "admin": make_member(agency.workspace, "Ada Min", role=Role.ADMIN),
        "manager": make_member(agency.workspace, "Mia Manager", role=Role.MANAGER),
        "unassigned": make_member(agency.workspace, "Uma Away", role=Role.MEMBER),
        "disabled": make_member(agency.workspace, "Dan Gone", role=Role.ADMIN),
        "elsewhere": make_member(world.elsewhere, "Otto Sud"),
    }
    factor = {"secret": "", "seed": "", "used_mask": 0}
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=agency.olga.user, type=kind, data=factor)
    browsers = {"anonymous": Browser()}
    for name, member in people.items():
        browsers[name] = Browser()
        browsers[name].force_login(member.user)
    disable_member(people["disabled"], actor=world.actor, at=now())
    return browsers


@pytest.fixture(scope="module")
def contacts(world: SimpleNamespace) -> dict[str, PortalBrowser]:
    """A browser for every kind of contact, and for those who are none."""
    agency, acme = world.agency, world.agency.acme
    stranger = make_contact(make_client(world.elsewhere, "Zeta"), "Zoe Zeta")
    people = {
        "decision_maker": (agency.sarah, acme),
        "technical": (make_contact(acme, "Tim Tech", role=ContactRole.TECHNICAL), acme),
        "billing": (make_contact(acme, "Bea Bill", role=ContactRole.BILLING), acme),
        "observer": (make_contact(acme, "Nora Blum", role=ContactRole.OBSERVER), acme),
        "listed": (make_contact(acme, "Lia List", projects=[project_of(world, "shop")]), acme),
        "sibling": (agency.bo, agency.borealis),
        "closed": (make_contact(acme, "Cleo Shut", state=MembershipState.DISABLED), acme),
        "expired": (make_contact(acme, "Ed Old"), acme),
    }
    browsers = {name: PortalBrowser(agency.workspace).enter(*who) for name, who in people.items()}
    ContactDevice.objects.filter(pk=browsers["expired"].device.pk).update(expires_at=now() - timedelta(1))
    browsers["anonymous"] = PortalBrowser(agency.workspace)
    browsers["foreign"] = PortalBrowser(agency.workspace)
    _device, secret = open_device(stranger, stranger.memberships.get().client, at=now())
    browsers["foreign"].cookies[portal_cookie(agency.workspace.slug, "device")] = secret
    browsers["preview"] = PortalBrowser(agency.workspace)
    code = start_preview(agency.sarah, acme, actor=world.actor, at=now())
    browsers["preview"].cookies[portal_cookie(agency.workspace.slug, "preview")] = claim_preview(
        code, at=now()
    )
    return browsers


def project_of(world: SimpleNamespace, name: str):
    """A project of the world by its name."""
    return type(world.agency.website).objects.get(pk=world.ids[name])
