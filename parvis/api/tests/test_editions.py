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
    ("/workspace", {"name": "One"}, {"name": "Two"}),
    ("/workspace/calendar", {"region": "BY"}, {"region": "BE"}),
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


@pytest.mark.parametrize("path", ["/workspace", ACME + "/portal"])
def test_a_look_that_was_changed_meanwhile_stays(world, path):
    caller, path = Caller(world.agency.olga), path.format(**world.ids)
    seen = caller.call("GET", path).json()["edition"]
    assert caller.call("POST", path + "/look", form={"colour": "#112233", "edition": seen}).status_code == 200

    refused = caller.call("POST", path + "/look", form={"colour": "#445566", "edition": seen})
    assert (refused.status_code, refused.json()["code"]) == (409, "edited_meanwhile")
    assert caller.call("GET", path).json()["colour"] == "#112233"


def test_who_approves_is_not_overwritten(world):
    caller, path = Caller(world.agency.olga), HOMEPAGE.format(**world.ids) + "/terms"
    seen = caller.call("GET", path).json()
    saved = caller.call("PUT", path, json={**seen, "deadline_days": 7}).json()
    assert saved["edition"] == seen["edition"] + 1
    refused = caller.call("PUT", path, json={**seen, "deadline_days": 9})
    assert (refused.status_code, refused.json()["code"]) == (409, "edited_meanwhile")
    assert caller.call("GET", path).json()["deadline_days"] == 7
