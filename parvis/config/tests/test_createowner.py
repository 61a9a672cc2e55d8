"""`createowner` makes only what the pages can show and reach."""

import pytest
from django.core.management import CommandError, call_command

from parvis.team.models import Member
from parvis.workspaces.models import Workspace
from tests.factories import make_member, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("PARVIS_OWNER_PASSWORD", "correct horse battery")


def create(email="olga@example.org", **options):
    call_command("createowner", email, **{"name": "Olga Petit", "workspace": "Nord", **options}, verbosity=0)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("address", "Nord_X", "cannot stand in an address"),
        ("address", "-nord", "cannot stand in an address"),
        ("address", "n" * 41, "cannot stand in an address"),
        ("workspace", "北", "cannot stand in an address"),
        ("workspace", "n" * 81, "--workspace wants"),
        ("name", " ", "--name wants"),
        ("time_zone", "Europe/Nowhere", "such as Europe/Paris"),
    ],
)
def test_what_would_break_pages_is_refused_in_a_sentence(option, value, words):
    with pytest.raises(CommandError, match=words):
        create(**{option: value})
    assert not Workspace.objects.exists()


def test_the_portal_of_a_name_with_underscores_is_reached(client):
    create(workspace="Atelier_Nord")
    slug = Workspace.objects.get().slug
    assert slug == "atelier-nord"
    assert client.get(f"/p/{slug}/sign-in/").status_code == 200


def test_an_account_that_exists_is_named_as_such(capsys):
    olga = make_member(make_workspace("Studio Sud"))
    create(olga.user.email)
    assert Member.objects.filter(user=olga.user).count() == 2
    assert "the password they have" in capsys.readouterr().out
