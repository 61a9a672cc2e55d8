"""Talks a contact may read, the liveliest first (G1-13)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from parvis.access import Actor
from parvis.portal.sections import clients_with_messages
from parvis.projects.models import Discussion, Task

TALKS = 100


@dataclass(frozen=True, slots=True)
class Talk:
    """A discussion, or a task somebody has written about."""

    title: str
    project: str
    url: str
    is_task: bool
    comment_count: int
    last_at: datetime | None


def discussions(actor: Actor) -> QuerySet[Discussion]:
    """Discussions of clients whose messages are switched on."""
    rows = Discussion.objects.visible_to(actor).filter(project__client__in=clients_with_messages(actor))
    return rows.select_related("thread", "project__client")


def talks(actor: Actor) -> list[Talk]:
    """Discussions and talked-about tasks together."""
    tasks = (
        Task.objects.visible_to(actor).exclude(client_thread=None).filter(client_thread__comment_count__gt=0)
    )
    found = [
        Talk(
            row.title,
            row.project.name_for_client,
            reverse("portal:discussion", args=[row.pk]),
            False,
            row.thread.comment_count,
            row.thread.last_comment_at or row.opened_at,
        )
        for row in discussions(actor).order_by("-thread__last_comment_at", "-pk")[:TALKS]
    ]
    found += [
        Talk(
            row.title,
            row.project.name_for_client,
            reverse("portal:task", args=[row.pk]),
            True,
            row.client_thread.comment_count if row.client_thread else 0,
            row.client_thread.last_comment_at if row.client_thread else None,
        )
        for row in tasks.select_related("client_thread", "project").order_by(
            "-client_thread__last_comment_at"
        )[:TALKS]
    ]
    return sorted(found, key=lambda talk: (talk.last_at is not None, talk.last_at), reverse=True)
