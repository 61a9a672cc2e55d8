"""Odd requests drawn from our own description: no failure of ours, no answer it does not list (S8)."""

import os
import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from parvis.api.tests.callers import Caller
from parvis.api.tests.operations import ROWS

load_all_checks()
ASKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
IS_SAMPLE = os.environ.get("PARVIS_TIER") not in {"full", "long"}
EXAMPLES = {  # 200 for each operation (S8)
    GenerationMode.POSITIVE: 4 if IS_SAMPLE else 120,
    GenerationMode.NEGATIVE: 2 if IS_SAMPLE else 80,
}
EVERY = 6 if IS_SAMPLE else 1  # so many operations are tried on every push; all of them in the full tier
FITTING = {
    "client_id": "acme",
    "contact_id": "sarah",
    "owner_id": "alex",
    "assignee_id": "alex",
    "responsible_id": "alex",
    "folder_id": "folder",
    "file_id": "version_file",
}
"""A thing of the right kind for a field."""
ADDRESSES = {row.operation: row.path for row in ROWS}


@pytest.fixture
def description(world):
    """The interface as a program finds it, served on the test's own connection to the database."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "wrong"])
@pytest.mark.parametrize("half", range(2))
def test_no_request_meets_a_failure_of_ours_or_an_undescribed_answer(
    world, description, settings, mode, half
):
    settings.API_REQUESTS_PER_MINUTE = 10**9
    checks = [CHECKS.get_one(name) for name in ASKED]
    caller = Caller(world.agency.olga)
    headers = {"Authorization": caller.defaults["HTTP_AUTHORIZATION"]}
    for found in [*description.get_all_operations()][::EVERY][half::2]:
        _hammer(found.ok(), world, headers, checks, mode)


def _hammer(operation, world, headers, checks, mode):
    """Many requests to one operation, each on an untouched world."""
    known = {name: str(pk) for name, pk in world.ids.items()}
    anything = st.sampled_from(sorted(known.values()))
    real = _address(operation, known)

    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        database=None,
        derandomize=IS_SAMPLE or "CI" in os.environ,  # by hand it goes on looking for new ones
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def hammered(data):
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if data.draw(st.integers(0, 3)):
            case.path_parameters = {**(case.path_parameters or {}), **real}
        if isinstance(case.body, dict) and data.draw(st.booleans()):
            case.body = _with_known_ids(
                case.body, lambda name: data.draw(st.just(known.get(FITTING.get(name, ""), "")) | anything)
            )
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(answer, checks=checks)

    hammered()


def _address(operation, known):
    """The values of the address that lead to something, by the names the description has for them."""
    names = re.findall(r"{(\w+)}", operation.path)
    pattern = re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(operation.path.removeprefix("/api/v1")))
    wanted = ADDRESSES[operation.definition.raw["operationId"]].format(**known).partition("?")[0]
    return dict(zip(names, re.fullmatch(pattern, wanted).groups(), strict=True))


def _with_known_ids(value, draw):
    """A body whose ids are things that exist, though perhaps of another kind."""
    if isinstance(value, list):
        return [_with_known_ids(inner, draw) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name: draw(name) if name.endswith("_id") else _with_known_ids(inner, draw)
        for name, inner in value.items()
    }
