"""The cast as pytest fixtures; `conftest.py` loads this for every test."""

from types import SimpleNamespace

import pytest

from parvis.access import Actor, Role
from parvis.clients.actors import actor_for
from parvis.clients.models import Contact
from parvis.team.actors import member_actor
from tests import factories


@pytest.fixture
def agency(db: None) -> SimpleNamespace:
    """The agency most tests are about."""
    return make_agency()


def make_agency() -> SimpleNamespace:
    """Studio Nord: Olga owns it, Alex works there; Acme with Sarah and Mark, Borealis with Bo."""
    workspace = factories.make_workspace()
    olga = factories.make_member(workspace, "Olga Petit")
    alex = factories.make_member(workspace, "Alex Durand", role=Role.MEMBER)
    acme = factories.make_client(workspace, "Acme Corp", owner=olga)
    borealis = factories.make_client(workspace, "Borealis")
    sarah = factories.make_contact(acme, "Sarah Lopez", function="Marketing")
    mark = factories.make_contact(acme, "Mark Weber", function="Legal")
    bo = factories.make_contact(borealis, "Bo Lind")
    website = factories.make_project(acme, "Website")
    factories.assign(alex, website)
    return SimpleNamespace(
        workspace=workspace,
        olga=olga,
        alex=alex,
        acme=acme,
        borealis=borealis,
        sarah=sarah,
        mark=mark,
        bo=bo,
        website=website,
    )


@pytest.fixture
def acting() -> object:
    """`acting(sarah)` is the person as an actor, with the rights the database gives at this moment."""

    def as_actor(person: object) -> Actor:
        if isinstance(person, Contact):
            return actor_for(person.pk, person.workspace_id, name=person.name)
        return member_actor(person)  # type: ignore[arg-type]

    return as_actor
