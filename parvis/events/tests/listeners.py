"""Subscribers for tests. Their effect can be counted: each adds a plus to the workspace's name."""

from django.db.models import Value
from django.db.models.functions import Concat

from parvis.events.kinds import EventKind
from parvis.workspaces.models import Workspace

HERE = "parvis.events.tests.listeners"
SUBSCRIBERS = {
    EventKind.DELIVERABLE_APPROVED: (f"{HERE}.count", f"{HERE}.count_too"),
    EventKind.DELIVERABLE_REJECTED: (f"{HERE}.stumble", f"{HERE}.count"),
}


class Stumbled(Exception):
    """What a broken subscriber raises."""


def count(event):
    Workspace.objects.filter(pk=event.workspace_id).update(name=Concat("name", Value("+")))


def count_too(event):
    count(event)


def stumble(event):
    count(event)
    raise Stumbled("with something Sarah wrote")
