"""What is found by name: without accents and capitals, in any order, also after a change."""

import pytest

from parvis.api.tests.callers import Caller
from parvis.api.tests.operations import ACME, HOMEPAGE, SARAH, WEBSITE
from parvis.documents.models import Document
from tests.factories import make_client, make_contact, make_draft, make_project

RENAMED = [
    (ACME, {"name": "Élysée Fonderie"}, "acme corp"),
    (SARAH, {"last_name": "Élysée-Fonderie"}, "nothing of that name"),  # the address still says Lopez
    (WEBSITE, {"title": "Fonderie de l’Élysée"}, "website"),
    (WEBSITE, {"external_name": "Fonderie élysée"}, "nothing of that name"),
    (HOMEPAGE, {"title": "Élysée, fonderie"}, "homepage"),
]


def found(caller, words):
    return [hit["title"] for hit in caller.call("GET", f"/search?q={words}").json()]


@pytest.mark.parametrize(("path", "change", "before"), RENAMED)
def test_a_new_name_is_found_and_the_old_one_is_not(world, path, change, before):
    caller, path = Caller(world.agency.olga), path.format(**world.ids)
    changed = caller.call("PATCH", path, json=change).json()
    wanted = {"id": changed["id"]}
    hits = caller.call("GET", "/search?q=FONDERIE elysee").json()
    assert [hit for hit in hits if wanted.items() <= hit.items()]
    hits = caller.call("GET", f"/search?q={before}").json()
    assert not [hit for hit in hits if wanted.items() <= hit.items()]


@pytest.mark.parametrize(
    "words", ["ecole", "ÉCOLE", "École", "e\u0301cole", "ETE ecole", "coeur", "l'ete", "l´été"]
)
def test_accents_capitals_and_order_make_no_difference(agency, words):
    name = "Cœur de l’été à l’École"
    school = make_client(agency.workspace, name)
    make_project(school, name)
    make_draft(agency.website, name)
    assert found(Caller(agency.olga), words) == [name, name, name]


def test_a_person_is_found_by_both_names_and_by_address(agency):
    make_contact(agency.acme, "Zoë Müller")
    caller = Caller(agency.olga)
    assert found(caller, "muller zoe") == ["Zoë Müller"]
    assert found(caller, "zoe acme") == ["Zoë Müller"]  # part of the address
    assert found(caller, "zoe lopez") == []


@pytest.mark.parametrize("nothing", ["¨¨", "´´ ", "\u0301\u0301", "\u00ad\u00ad"])
def test_what_folds_to_nothing_finds_nothing(agency, nothing):
    caller = Caller(agency.olga)
    assert found(caller, nothing) == []
    assert caller.call("GET", f"/clients?q={nothing}").json()["items"] == []


@pytest.mark.parametrize("sign", ["%25", "_", "\\"])
def test_signs_of_the_database_are_only_signs(agency, sign):
    make_client(agency.workspace, "100 %_\\ Corp")
    assert found(Caller(agency.olga), f"0 {sign}") == ["100 %_\\ Corp"]
    assert found(Caller(agency.olga), f"borealis {sign}") == []


def test_the_list_of_a_kind_finds_as_the_search_does(agency):
    make_client(agency.workspace, "Éclair SA")
    make_project(agency.acme, "Éclairage")
    make_draft(agency.website, "Éclairs")
    caller = Caller(agency.olga)
    for path, name in (("clients", "Éclair SA"), ("projects", "Éclairage"), ("deliverables", "Éclairs")):
        items = caller.call("GET", f"/{path}?q=ECLAIR").json()["items"]
        assert [item.get("name") or item.get("title") for item in items] == [name]


def test_a_document_is_found_as_it_was_named(world):
    document = Document.objects.get(pk=world.ids["document"])
    assert document.search_text == document.title.casefold()
    assert document.title in found(Caller(world.agency.olga), document.title.upper())
