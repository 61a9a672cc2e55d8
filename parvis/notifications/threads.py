"""From a thread to what it is about: threads do not know their owner, owners point down to them."""

from dataclasses import dataclass
from uuid import UUID

from parvis.access import Actor, Switch
from parvis.conversations.models import ClientComment, Thread
from parvis.deliverables.models import Deliverable, Remark
from parvis.events.models import Event
from parvis.http.links import portal_path
from parvis.projects.models import Discussion, Project, Task
from parvis.team.models import Member


@dataclass(frozen=True, slots=True)
class Topic:
    """What a thread is about, as both sides call it."""

    thread: Thread
    row: Deliverable | Task | Discussion
    project: Project
    title: str
    path: str  # within the portal
    responsible: Member | None

    def is_visible_to(self, actor: Actor) -> bool:
        """Whether this person may read the thread at this moment: the owner, and the switch of its kind."""
        if actor.is_contact:
            access = actor.clients.get(self.project.client_id)
            switch = Switch.MESSAGES if isinstance(self.row, Discussion) else Switch.COMMENTS
            if access is None or switch not in access.switches:
                return False
        return type(self.row).objects.visible_to(actor).filter(pk=self.row.pk).exists()


def comment_of(event: Event) -> ClientComment | None:
    """The comment an event points to."""
    pk = event.values.get("comment_id") or event.values.get("comment")
    return ClientComment.objects.filter(pk=pk).first() if pk else None


def topic_of(thread_id: UUID | str) -> Topic | None:
    """The owner of a thread; None for a thread without one, or a deleted owner."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        return None
    return _remark(thread) or _task(thread) or _discussion(thread)


def _remark(thread: Thread) -> Topic | None:
    remark = (
        Remark.objects.filter(thread=thread)
        .select_related("deliverable__project__client", "deliverable__responsible__user")
        .first()
    )
    if remark is None or remark.deliverable.deleted_at is not None:
        return None
    deliverable = remark.deliverable
    return Topic(
        thread,
        deliverable,
        deliverable.project,
        deliverable.title,
        portal_path("portal:deliverable", pk=deliverable.pk),
        deliverable.responsible,
    )


def _task(thread: Thread) -> Topic | None:
    task = (
        Task.objects.filter(client_thread=thread).select_related("project__client", "assignee__user").first()
    )
    if task is None:
        return None
    return Topic(
        thread, task, task.project, task.title, portal_path("portal:task", pk=task.pk), task.assignee
    )


def _discussion(thread: Thread) -> Topic | None:
    talk = Discussion.objects.filter(thread=thread).select_related("project__client").first()
    if talk is None:
        return None
    return Topic(thread, talk, talk.project, talk.title, portal_path("portal:discussion", pk=talk.pk), None)
