"""Parents and children that do not belong together, and foreign ids in bodies (RELIABILITY A2, A3)."""

import re

from django.db import transaction

from parvis.access import Role
from parvis.api.tests.callers import Caller
from parvis.api.tests.operations import ROWS
from parvis.events.models import Event
from tests.factories import (
    SUNDAY,
    make_client,
    make_contact,
    make_draft,
    make_file,
    make_member,
    make_project,
    make_workspace,
    publish,
)

OTHER_PARENT = {"acme": "borealis", "website": "shop", "homepage": "draft", "document": "trashed"}
"""Another parent, as much the caller's own, that does not have the child."""


def attempt(caller, row, ids):
    with transaction.atomic():
        before = Event.objects.count()
        answer = caller.call(**row.filled(ids))
        happened = Event.objects.count() > before
        transaction.set_rollback(True)
    assert not happened, (row.operation, answer.content)
    return answer


def test_a_child_is_found_through_its_own_parent_alone(world):
    """A3: every address with two things in it, the parent exchanged."""
    caller, tried = Caller(world.agency.olga), 0
    for row in ROWS:
        parts = re.findall(r"{(\w+)}|/remarks/(\d)|/versions/(\d)", row.path)
        parent = parts[0][0] if len(parts) > 1 else ""
        if parent not in OTHER_PARENT or "/members/" in row.path:
            continue
        ids = {**world.ids, parent: world.ids[OTHER_PARENT[parent]]}
        assert attempt(caller, row, ids).status_code == 404, row.operation
        tried += 1
    assert tried >= 25


def test_foreign_ids_in_bodies_are_refused_and_nothing_is_stored(world):
    """A2: every id a body may hold, once from another workspace, once from another client."""
    caller = Caller(world.agency.olga)
    foreign = _foreign_things(make_workspace("Studio Sud"))
    sideways = _sideways(world)
    tried = set()
    for row in ROWS:
        for name in sorted(_named(row.json) | _named(row.form)):
            for others in (foreign, sideways):
                if name not in others:
                    continue
                row_ids = {**world.ids, f"body_{name}": others[name]}
                answer = attempt(caller, _renamed(row, name), row_ids)
                assert (answer.status_code, answer.json()["code"]) == (422, "unknown_reference"), (
                    row.operation,
                    name,
                )
                tried.add((row.operation, name))
    assert len(tried) >= 18


def _named(value):
    if isinstance(value, dict):
        return set().union(*map(_named, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(_named, value)) if value else set()
    return set(re.findall(r"{(\w+)}", value)) if isinstance(value, str) else set()


def _renamed(row, name):
    """The same row with another thing in its body, the address as it was."""

    def other(value):
        if isinstance(value, dict):
            return {key: other(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [other(inner) for inner in value]
        return value.replace(f"{{{name}}}", f"{{body_{name}}}") if isinstance(value, str) else value

    return type(row)(
        row.operation, row.method, row.path, row.status, other(row.json), other(row.form), row.files
    )


def _foreign_things(workspace):
    """What the bodies name, as another workspace has it."""
    member = make_member(workspace, "Stan Gers", role=Role.OWNER)
    client = make_client(workspace, "Foreign")
    contact = make_contact(client, "Fred Foreign")
    project = make_project(client, "Foreign")
    file = make_file(workspace)
    deliverable = make_draft(project, approvers=[contact])
    publish(deliverable, files=[file], at=SUNDAY)
    folder = project.folders.create(workspace=workspace, kind="custom", title="Foreign")
    things = dict.fromkeys(("sarah", "mark"), contact)
    things |= dict.fromkeys(("alex", "olga"), member)
    things |= dict.fromkeys(("folder", "other_folder"), folder)
    things |= {"acme": client, "website": project, "version_file": file}
    things |= dict.fromkeys(("task_comment", "settled_reply", "settled", "staff_comment"), project)
    return {name: thing.pk for name, thing in things.items()}


def _sideways(world):
    """What the bodies name, as another client of the same workspace has it, where that is wrong too."""
    elsewhere = make_project(world.agency.borealis, "Sideways")
    folder = elsewhere.folders.create(workspace=world.agency.workspace, kind="custom", title="Sideways")
    return {
        "sarah": world.ids["bo"],
        "mark": world.ids["bo"],
        "website": elsewhere.pk,
        "folder": folder.pk,
        "other_folder": folder.pk,
        "settled": world.ids["task_comment"],
        "task_comment": world.ids["settled_reply"],
        "settled_reply": world.ids["task_comment"],
        "version_file": world.ids["task_file"],
    }
