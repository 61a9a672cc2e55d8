"""How programs are refused: problem documents with a stable code, never a page (RFC 9457)."""

import pytest

from parvis.access import Role
from parvis.api.tests.callers import Caller, picture
from parvis.clients.models import Client, ClientState
from parvis.projects.models import Project
from tests.factories import assign, make_member


def is_problem(answer, status, code):
    document = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, document["status"], document["code"]) == (status, status, code), document
    assert document["type"] and document["title"] and document["detail"]
    return document


def test_unknown_addresses_and_methods_are_refused_without_a_page(agency):
    caller = Caller(agency.olga)
    is_problem(caller.call("GET", "/nowhere"), 404, "not_found")
    is_problem(caller.call("GET", "/clients/not-an-id"), 404, "not_found")
    refused = caller.call("PUT", "/clients")
    is_problem(refused, 405, "method_not_allowed")
    assert set(refused["Allow"].split(", ")) == {"GET", "POST"}


def test_a_refused_permission_names_its_conditions(agency):
    """A-03: which condition said no."""
    answer = Caller(agency.alex).call("PATCH", f"/clients/{agency.acme.pk}", json={"name": "Mine"})
    document = is_problem(answer, 403, "forbidden")
    assert document["permission"] == "client.edit"
    assert document["conditions"] == [{"name": "role", "detail": "member"}]


def test_a_rule_that_says_no_has_its_code_and_a_sentence_in_the_callers_language(agency):
    path, body = f"/clients/{agency.acme.pk}/state", {"state": "prospect"}
    english = Caller(agency.olga).call("PUT", path, json=body)
    french = Caller(agency.olga, headers={"Accept-Language": "fr"}).call("PUT", path, json=body)
    is_problem(english, 409, "client_state_change_impossible")
    is_problem(french, 409, "client_state_change_impossible")
    assert french["Content-Language"] == "fr"
    assert Client.objects.get(pk=agency.acme.pk).state == ClientState.ACTIVE


@pytest.mark.parametrize("body", ["{", "[", "\xff", '{"name": "A"'])
def test_a_body_that_is_no_json_is_refused(agency, body):
    answer = Caller(agency.olga).post("/api/v1/clients", body, content_type="application/json")
    is_problem(answer, 400, "body_unreadable")


def test_every_wrong_field_is_named(agency):
    body = {"name": "  ", "state": "asleep", "website": "javascript:alert(1)", "colour": 99, "extra": 1}
    document = is_problem(Caller(agency.olga).call("POST", "/clients", json=body), 422, "invalid")
    assert {field["name"] for field in document["fields"]} == {"name", "state", "website", "colour", "extra"}
    assert all(field["message"] for field in document["fields"])
    assert Client.objects.count() == 2


@pytest.mark.parametrize("body", ["[]", "3", "null", '"x"', '{"name": null}', "{}"])
def test_a_body_of_another_shape_is_refused(agency, body):
    answer = Caller(agency.olga).post("/api/v1/clients", body, content_type="application/json")
    is_problem(answer, 422, "invalid")


def test_misspelt_filters_are_refused_instead_of_overlooked(agency):
    document = is_problem(Caller(agency.olga).call("GET", "/clients?stat=active"), 422, "invalid")
    assert document["fields"][0]["name"] == "stat"


def test_nobody_writes_what_is_not_offered(agency):
    """A6: mass assignment is refused, on creating as on changing, and nothing is stored."""
    caller = Caller(agency.olga)
    for extra in (
        "id",
        "workspace",
        "workspace_id",
        "created_at",
        "deleted_at",
        "is_main",
        "escalation_contact",
    ):
        value = str(agency.borealis.pk)
        is_problem(caller.call("POST", "/clients", json={"name": "A", extra: value}), 422, "invalid")
        path = f"/clients/{agency.acme.pk}"
        is_problem(caller.call("PATCH", path, json={"sector": "B", extra: value}), 422, "invalid")
    for extra in ("number", "client_id", "status", "published_at"):
        path = f"/projects/{agency.website.pk}"
        is_problem(caller.call("PATCH", path, json={"title": "B", extra: "1"}), 422, "invalid")
    assert not Client.objects.filter(name="A").exists()
    assert Client.objects.get(pk=agency.acme.pk).sector == ""
    assert Project.objects.get(pk=agency.website.pk).title == "Website"


def test_unknown_names_in_a_form_are_refused(agency):
    answer = Caller(agency.olga).call(
        "POST",
        f"/clients/{agency.acme.pk}/portal/look",
        form={"colour": "#123456", "enabled": "false", "other": picture()},
    )
    document = is_problem(answer, 422, "invalid")
    assert {field["name"] for field in document["fields"]} == {"enabled", "other"}


def test_files_are_refused_with_a_code(agency, settings):
    caller, path = Caller(agency.olga), f"/clients/{agency.acme.pk}/portal/look"
    settings.UPLOAD_LIMIT_BYTES = 10_000
    large = picture()
    large.write(b"x" * 12_000)
    large.seek(0)
    is_problem(caller.call("POST", path, form={"logo": large}), 413, "file_too_large")
    disguised = picture("run.exe")
    is_problem(caller.call("POST", path, form={"logo": disguised}), 422, "file_type_refused")
    huge = {"logo": picture(), "colour": "x" * 40_000}
    is_problem(caller.call("POST", path, form=huge), 413, "upload_too_large")


def test_a_body_beyond_the_limit_is_refused(agency, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Caller(agency.olga).call("POST", "/clients", json={"name": "A" * 200})
    is_problem(answer, 413, "too_large")


def test_amounts_are_for_managers(agency):
    """G2-24f: a member of the lowest role reads and writes no contract amount."""
    Project.objects.filter(pk=agency.website.pk).update(contract_amount_minor=450_000)
    path = f"/projects/{agency.website.pk}"
    assert Caller(agency.olga).call("GET", path).json()["contract_amount_minor"] == 450_000
    assert Caller(agency.alex).call("GET", path).json()["contract_amount_minor"] is None
    boss = make_member(agency.workspace, "Mia Manager", role=Role.MANAGER)
    assign(boss, agency.website)
    changed = Caller(boss).call("PATCH", path, json={"contract_amount_minor": 500_000})
    assert changed.json()["contract_amount_minor"] == 500_000
