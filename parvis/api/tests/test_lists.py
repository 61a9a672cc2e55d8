"""Lists: pages by cursor, filters, order."""

import pytest

from parvis.api.tests.callers import Caller
from tests.factories import make_client, make_draft, make_project


def walked(caller, path, limit):
    """Every item of a list, page after page."""
    items, cursor, pages = [], "", 0
    joint = "&" if "?" in path else "?"
    while cursor is not None:
        page = caller.call("GET", f"{path}{joint}limit={limit}&cursor={cursor}").json()
        items += page["items"]
        cursor, pages = page["next"], pages + 1
    return items, pages


@pytest.mark.parametrize("sort", ["name", "-name", "last_activity_at", "-last_activity_at"])
def test_pages_join_without_gap_or_double(agency, sort):
    """All clients share one moment of activity: the id decides."""
    for number in range(9):
        make_client(agency.workspace, f"Client {number % 3}")
    items, pages = walked(Caller(agency.olga), f"/clients?sort={sort}", 4)
    assert (len(items), len({item["id"] for item in items}), pages) == (11, 11, 3)
    names = [item["name"] for item in items]
    if sort == "name":
        assert names == sorted(names)
    if sort == "-name":
        assert names == sorted(names, reverse=True)


def test_a_row_that_appears_meanwhile_moves_nothing(agency):
    caller = Caller(agency.olga)
    first = caller.call("GET", "/clients?limit=1").json()
    make_client(agency.workspace, "Aaa first of all")
    second = caller.call("GET", f"/clients?limit=1&cursor={first['next']}").json()
    assert [first["items"][0]["name"], second["items"][0]["name"]] == ["Acme Corp", "Borealis"]


def test_a_cursor_leads_on_in_its_own_list_alone(agency):
    """It is signed, and bound to filters and order."""
    make_project(agency.acme, "Shop")
    caller = Caller(agency.olga)
    cursor = caller.call("GET", "/clients?limit=1").json()["next"]
    for path in (
        f"/clients?limit=1&sort=-name&cursor={cursor}",
        f"/clients?limit=1&q=a&cursor={cursor}",
        f"/projects?cursor={cursor}",
        f"/clients?cursor={cursor[:-2]}",
        "/clients?cursor=abc",
    ):
        answer = caller.call("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_unusable"), path


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", ""])
def test_a_page_has_one_to_a_hundred_items(agency, limit):
    assert Caller(agency.olga).call("GET", f"/clients?limit={limit}").status_code == 422


def test_filters_narrow(agency):
    make_draft(agency.website, "Logo")
    caller = Caller(agency.olga)

    def names(path):
        return [item.get("name") or item.get("title") for item in caller.call("GET", path).json()["items"]]

    assert names("/clients?q=acm") == ["Acme Corp"]
    assert names("/clients?state=suspended") == []
    assert names(f"/projects?client_id={agency.acme.pk}") == ["Website"]
    assert names(f"/projects?client_id={agency.borealis.pk}") == []
    assert names("/deliverables?state=draft") == ["Logo"]
    assert names("/deliverables?is_awaiting=true") == []
    assert names("/deliverables?is_awaiting=false") == ["Logo"]


def test_a_list_costs_the_same_number_of_queries_however_long(agency, django_assert_max_num_queries):
    caller = Caller(agency.olga)
    caller.call("GET", "/clients")
    for number in range(40):
        make_client(agency.workspace, f"Client {number}")
    with django_assert_max_num_queries(8):
        assert len(caller.call("GET", "/clients?limit=50").json()["items"]) == 42
