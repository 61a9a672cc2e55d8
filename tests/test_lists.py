"""The short lists of `config/` name functions by dotted path: every path leads somewhere (ARCHITECTURE 1)."""

import ast
import importlib
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

import parvis
from parvis.events.kinds import EventKind

SUBSCRIBERS = import_string(settings.SUBSCRIBERS)
MESSAGES = import_string(settings.MESSAGES)
DUE = import_string(settings.DUE)
BLOCKERS = import_string(settings.BLOCKERS)
OPT_OUTS = import_string(settings.OPT_OUTS)
ROOT = Path(parvis.__file__).parent


@pytest.mark.parametrize("kind", SUBSCRIBERS)
def test_a_subscriber_hears_an_event_that_exists_and_once(kind):
    assert kind in EventKind.values
    assert len(set(SUBSCRIBERS[kind])) == len(SUBSCRIBERS[kind])
    for path in SUBSCRIBERS[kind]:
        assert callable(import_string(path))


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_kind_of_message_can_be_asked_made_and_reported(kind):
    entry = MESSAGES[kind]
    for path in filter(None, (entry.due, entry.render, entry.result, entry.load)):
        assert callable(import_string(path))


@pytest.mark.parametrize("path", [*DUE, *BLOCKERS, *OPT_OUTS])
def test_what_the_clock_calls_what_forbids_a_deletion_and_who_wants_silence_exist(path):
    assert callable(import_string(path))


def test_every_kind_of_message_that_is_enqueued_can_be_made():
    enqueued = {kind for path in sorted(ROOT.rglob("*.py")) for kind in _enqueued_in(path)}
    assert len(enqueued) > 5, "the search finds nothing any more"
    assert enqueued <= set(MESSAGES)


def _enqueued_in(path):
    """Kinds that a module hands to `enqueue`, as far as they are written down there or are constants."""
    if "tests" in path.parts or path.name == "migrations":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "enqueue" and node.args):
            continue
        kind = node.args[0]
        if isinstance(kind, ast.Constant):
            yield kind.value
        elif isinstance(kind, ast.Name) and kind.id.isupper():
            name = ".".join(["parvis", *path.relative_to(ROOT).with_suffix("").parts])
            yield getattr(importlib.import_module(name), kind.id)
