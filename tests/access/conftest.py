"""One world for the whole table, and everybody who asks in it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client as Browser

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


@pytest.fixture
def world(agency: SimpleNamespace) -> SimpleNamespace:
    """Studio Nord with something behind every route; `ids` names it."""
    made = furnish(agency)
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


@pytest.fixture
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
        "elsewhere": make_member(make_workspace("Studio Sud"), "Otto Sud"),
    }
    browsers = {"anonymous": Browser()}
    for name, member in people.items():
        browsers[name] = Browser()
        browsers[name].force_login(member.user)
    disable_member(people["disabled"], actor=world.actor, at=now())
    return browsers


@pytest.fixture
def contacts(world: SimpleNamespace) -> dict[str, PortalBrowser]:
    """A browser for every kind of contact, and for those who are none."""
    agency, acme = world.agency, world.agency.acme
    other = make_workspace("Studio Sud")
    stranger = make_contact(make_client(other, "Zeta"), "Zoe Zeta")
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
