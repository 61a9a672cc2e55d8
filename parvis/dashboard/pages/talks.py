"""Talks whose last word is a client's: what the indicator of the first page counts (G2-04e)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.conversations.models import ClientComment, Thread
from parvis.deliverables.models import Remark
from parvis.http.keyset import KeysetPage, keyset_page
from parvis.projects.models import Discussion, Project, Task
from parvis.ui.text import plain

EXCERPT = 160  # characters of what was said last


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk: what it is about, what was said last, by whom and when, and the way to the answer."""

    title: str
    place: str
    url: str
    author: str
    words: str
    at: datetime


def unanswered(actor: Actor) -> QuerySet[Thread]:
    """Open talks within reach whose last word is a client's (for G2-04e, until client requests exist).

    Without those where nobody could answer: about a deleted deliverable, about a task the client no longer
    sees, in an archived project.
    """
    rows = Thread.objects.filter(
        awaits_answer=True, workspace=actor.workspace_id, resolved_at=None, client__deleted_at=None
    )
    if actor.assigned_project_ids is not None:
        rows = rows.filter(project_id__in=actor.assigned_project_ids)
    about_deleted = Remark.objects.filter(thread=OuterRef("pk")).exclude(deliverable__deleted_at=None)
    about_hidden = Task.objects.filter(client_thread=OuterRef("pk"), client_visible=False)
    archived = Project.objects.filter(pk=OuterRef("project_id")).exclude(archived_at=None)
    return rows.exclude(Exists(about_deleted)).exclude(Exists(about_hidden)).exclude(Exists(archived))


def unanswered_page(actor: Actor, *, client: UUID | None, cursor: str) -> KeysetPage:
    """Fifty of them, the one that has waited longest first."""
    rows = unanswered(actor)
    if client:
        rows = rows.filter(client=client)
    return keyset_page(rows, field="last_comment_at", descending=False, cursor=cursor)


def talk_lines(threads: Iterable[Thread]) -> list[TalkLine]:
    """The lines of these talks, in their order; four queries whatever their number."""
    threads = list(threads)
    pks = [thread.pk for thread in threads]
    said = _last_words(pks)
    subjects = {**_remarks(pks), **_tasks(pks), **_discussions(pks)}
    return [
        TalkLine(
            *subjects[thread.pk],
            author=said[thread.pk].author_name,
            words=plain(said[thread.pk].body, EXCERPT) or _("A file, without words"),
            at=said[thread.pk].at,
        )
        for thread in threads
        if thread.pk in subjects and thread.pk in said
    ]


def _last_words(pks: list[UUID]) -> dict[UUID, ClientComment]:
    rows = ClientComment.objects.filter(thread__in=pks, at=F("thread__last_comment_at"))
    return {comment.thread_id: comment for comment in rows.with_authors()}


def _remarks(pks: list[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """By thread: title, place and address, as for the other two kinds."""
    rows = Remark.objects.filter(thread__in=pks).select_related("deliverable__project__client")
    return {
        row.thread_id: (
            _("%(title)s, remark %(number)s") % {"title": row.deliverable.title, "number": row.number},
            _place(row.deliverable.project),
            reverse("deliverables:deliverable", args=[row.deliverable_id])
            + f"?side=open#remark-{row.number}",
        )
        for row in rows
    }


def _tasks(pks: list[UUID]) -> dict[UUID, tuple[str, str, str]]:
    rows = Task.objects.filter(client_thread__in=pks).select_related("project__client")
    return {row.client_thread_id: _of_project(row, "projects:task") for row in rows if row.client_thread_id}


def _discussions(pks: list[UUID]) -> dict[UUID, tuple[str, str, str]]:
    rows = Discussion.objects.filter(thread__in=pks).select_related("project__client")
    return {row.thread_id: _of_project(row, "projects:discussion") for row in rows}


def _of_project(row: Task | Discussion, route: str) -> tuple[str, str, str]:
    return row.title, _place(row.project), reverse(route, args=[row.project_id, row.pk])


def _place(project: Project) -> str:
    return f"{project.client.name} · {project.title}"
