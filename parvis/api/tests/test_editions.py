"""Two programs write the same thing (RELIABILITY G3)."""

import pytest

from parvis.api.tests.callers import Caller
from parvis.api.tests.operations import ACME, DOCUMENT, HOMEPAGE, MILESTONE, SARAH, TASK, WEBSITE

EDITED = [
    (ACME, {"phone": "1"}, {"phone": "2"}),
    (SARAH, {"phone": "1"}, {"phone": "2"}),
    (WEBSITE, {"title": "One"}, {"title": "Two"}),
    (WEBSITE + "/client-status", {"is_visible": True, "label": "One"}, {"is_visible": True, "label": "Two"}),
    (TASK, {"title": "One"}, {"title": "Two"}),
    (MILESTONE, {"title": "One"}, {"title": "Two"}),
    (DOCUMENT, {"title": "One"}, {"title": "Two"}),
    (HOMEPAGE, {"title": "One"}, {"title": "Two"}),
    (ACME + "/portal", {"enabled": True}, {"enabled": False}),
]


@pytest.mark.parametrize(("path", "first", "second"), EDITED)
def test_an_edition_that_has_passed_is_refused_and_changes_nothing(world, path, first, second):
    caller, path = Caller(world.agency.olga), path.format(**world.ids)
    method = "PUT" if path.endswith("status") else "PATCH"
    seen = caller.call("GET", path).json()["edition"]
    saved = caller.call(method, path, json={**first, "edition": seen}).json()
    assert saved["edition"] == seen + 1

    refused = caller.call(method, path, json={**second, "edition": seen})
    assert (refused.status_code, refused.json()["code"]) == (409, "edited_meanwhile")
    assert caller.call("GET", path).json()["edition"] == seen + 1

    unasked = caller.call(method, path, json=second)  # who sends no edition writes on what is there
    assert unasked.status_code == 200
    assert second.items() <= unasked.json().items()
