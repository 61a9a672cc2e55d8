"""Every operation: it works, and it is refused to whoever may not (ARCHITECTURE 8; A1, A3 of RELIABILITY)."""

from functools import cache
from typing import get_args

from django.db import transaction
from pydantic import BaseModel

from parvis.access import Role
from parvis.access.permissions import STAFF_ROLES
from parvis.api.tests.callers import Caller, picture
from parvis.api.tests.operations import ROWS
from parvis.api.urls import api
from parvis.events.models import Event
from parvis.signin.api_tokens import Scope
from tests.factories import make_member, make_workspace


@cache
def described():
    """Every operation of the description: name → (method, address)."""
    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    return {
        operation["operationId"]: (method.upper(), path)
        for path, operations in paths.items()
        for method, operation in operations.items()
    }


def answers(caller, ids, rows=ROWS):
    """Each operation on an untouched world: (row, answer, did anything happen)."""
    for row in rows:
        with transaction.atomic():
            before = Event.objects.count()
            answer = caller.call(**row.filled(ids))
            happened = Event.objects.count() > before
            transaction.set_rollback(True)
        yield row, answer, happened


def told(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_operation_has_a_row_and_every_row_an_operation():
    assert {row.operation for row in ROWS} == set(described())
    for row in ROWS:
        assert described()[row.operation][0] == row.method, row.operation


def test_no_two_shapes_of_the_description_share_a_name():
    """Ninja keeps the last of two, and describes both operations by it."""
    shapes = {}
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                for model in (*operation.models, *operation.response_models.values()):
                    for shape in _shapes(model):
                        assert shapes.setdefault(shape.__name__, shape) is shape, shape
    assert len(shapes) > 60


def test_the_owner_can_do_everything(world):
    wrong = [
        (row.operation, answer.status_code, told(answer)[:300])
        for row, answer, _happened in answers(Caller(world.agency.olga), world.ids)
        if answer.status_code != row.status
    ]
    assert not wrong


def test_nobody_gets_in_without_a_token(world):
    for row, answer, _happened in answers(Caller(), world.ids):
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), row.operation


def test_a_token_of_another_workspace_finds_nothing(world):
    """A foreign id is unknown, in an address (404) as in a body (422); lists hold nothing foreign."""
    stranger = make_member(make_workspace("Studio Sud"), "Stan Gers")
    known = {str(pk) for pk in world.ids.values()}
    for row, answer, happened in answers(Caller(stranger), world.ids):
        if "{" in row.path:
            assert answer.status_code == 404, row.operation
            assert not happened, row.operation
        elif names_things(row.json):
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown_reference"), row.operation
            assert not happened, row.operation
        assert not known & set(_words(told(answer))), row.operation


def test_a_member_without_projects_reaches_nothing_of_the_clients(world):
    """G2-24a: 404 where the thing is out of sight, 403 where the verb is not theirs."""
    nobody = make_member(world.agency.workspace, "Nina Nobody", role=Role.MEMBER)
    for row, answer, happened in answers(Caller(nobody), world.ids):
        if row.anybody:
            assert answer.status_code == row.status, row.operation
        else:
            assert answer.status_code in (403, 404, 422), (row.operation, answer.status_code)
            assert not happened, row.operation


def test_who_may_not_is_told_so_before_a_file_is_looked_at(world, monkeypatch):
    """Every role may see and nothing else: where a file comes along, its type is not what is refused."""
    for permission in STAFF_ROLES:
        if not permission.endswith(".see"):
            monkeypatch.setitem(STAFF_ROLES, permission, frozenset())
    bodies = api.get_openapi_schema(path_prefix="/")["paths"]
    refused = []
    for row in ROWS:
        method, place = described()[row.operation]
        content = bodies[place][method.lower()].get("requestBody", {}).get("content", {})
        for name in uploads_of(content):
            sent = row.filled(world.ids)
            sent["form"][name] = picture("disguised.exe")
            answer = Caller(world.agency.olga).call(**sent)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), row.operation
            refused.append(row.operation)
    assert len(refused) == 10


def uploads_of(content):
    """The names of the files in a described form."""
    fields = content.get("multipart/form-data", {}).get("schema", {}).get("properties", {})
    return [name for name in fields if name in ("file", "files", "logo")]


def test_a_token_for_reading_changes_nothing(world):
    for row, answer, happened in answers(Caller(world.agency.olga, [Scope.READ]), world.ids):
        if row.method == "GET":
            assert answer.status_code == row.status, row.operation
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), row.operation
            assert not happened, row.operation


def test_a_token_for_writing_alone_reads_nothing(world):
    reads = [row for row in ROWS if row.method == "GET"]
    for row, answer, _happened in answers(Caller(world.agency.olga, [Scope.WRITE]), world.ids, reads):
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), row.operation


def test_methods_that_are_not_offered_are_refused_everywhere(world):
    """A6: no verb slips past; an override in the query or a header is not heard."""
    caller = Caller(world.agency.olga)
    for row in ROWS:
        method_of, place = described()[row.operation]
        methods = {method for method, path in described().values() if path == place}
        address = row.path.partition("?")[0].format(**world.ids)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"} - methods:
            answer = caller.call(method, address, headers={"X-HTTP-Method-Override": method_of})
            assert answer.status_code == 405, (method, place)
    smuggled = caller.call("GET", f"/clients/{world.ids['acme']}?_method=DELETE")
    assert smuggled.status_code == 422


def test_there_is_no_operation_to_decide_with():
    """Decisions are the client's people's alone (G2-25d)."""
    assert not [path for _method, path in described().values() if "decision" in path]


def _shapes(model):
    """The classes a description is made of, those within others too."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        if model.__module__.startswith("parvis."):
            yield model
        for field in model.model_fields.values():
            yield from _shapes(field.annotation)
    for inner in get_args(model):
        yield from _shapes(inner)


def names_things(value):
    """Whether a body holds ids of the world."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(names_things, inner)) or (isinstance(value, str) and "{" in value)


def _words(content):
    return content.decode(errors="replace").replace('"', " ").split()
