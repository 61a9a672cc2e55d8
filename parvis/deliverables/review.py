"""What the review page shows: remarks with their comments nested, and what the reader may decide."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet

from parvis.access import Actor, Condition, Permission, explain
from parvis.conversations.models import ClientComment, CommentAttachment
from parvis.core.prepared import hang, prepared
from parvis.deliverables.models import Decision, Deliverable, Remark
from parvis.deliverables.rules import ApprovalOrder, Purpose, whose_turn
from parvis.deliverables.votes import decided_on, votes_from


@dataclass(slots=True)
class CommentView:
    """A comment with the answers to it, at most three levels deep (G1-15)."""

    comment: ClientComment
    level: int
    is_mine: bool
    replies: list["CommentView"] = field(default_factory=list)


@dataclass(slots=True)
class RemarkView:
    """A remark with its root comment, its number being the pin's."""

    remark: Remark
    root: CommentView | None

    @property
    def is_open(self) -> bool:
        """Not yet settled."""
        return not self.remark.thread.is_resolved


@dataclass(frozen=True, slots=True)
class DecisionRights:
    """What the reader may decide on the current version, and the surroundings of that decision."""

    may_decide: bool
    decided: Decision | None
    is_turn: bool
    refusals: list[Condition]
    open_remarks: int
    rounds_used: int
    maximum_rounds: int | None
    answers: dict[UUID, Decision]  # to the current version, by contact

    @property
    def rounds_left(self) -> int | None:
        """Revision rounds still agreed (N-06); None where no limit was set."""
        return None if self.maximum_rounds is None else max(0, self.maximum_rounds - self.rounds_used)


def remarks_of(deliverable: Deliverable, actor: Actor) -> list[RemarkView]:
    """All remarks in the order of their numbers; three queries whatever their number.

    The caller has found the deliverable through `visible_to`.
    """
    comments: dict[UUID, list[ClientComment]] = defaultdict(list)
    for comment in _comments(deliverable.pk):
        comments[comment.thread_id].append(comment)
    attachments: dict[UUID, list[CommentAttachment]] = defaultdict(list)
    for attachment in _attachments(deliverable.pk) if comments else ():
        attachments[attachment.comment_id].append(attachment)
    hang(chain.from_iterable(comments.values()), "attachments", attachments)
    return [
        RemarkView(remark, nested(comments[remark.thread_id], actor)) for remark in _remarks(deliverable.pk)
    ]


@prepared
def _remarks(deliverable_id: UUID) -> QuerySet[Remark]:
    rows = Remark.objects.filter(deliverable=deliverable_id)
    return rows.select_related("thread", "version", "handled_in", "file")


@prepared
def _comments(deliverable_id: UUID) -> QuerySet[ClientComment]:
    threads = Remark.objects.filter(deliverable=deliverable_id).values("thread")
    return ClientComment.objects.filter(thread__in=threads).with_authors()


@prepared
def _attachments(deliverable_id: UUID) -> QuerySet[CommentAttachment]:
    threads = Remark.objects.filter(deliverable=deliverable_id).values("thread")
    return CommentAttachment.objects.filter(comment__thread__in=threads).select_related("file")


def nested(comments: list[ClientComment], actor: Actor) -> CommentView | None:
    """The first comment with everything said after it hung below."""
    views: dict[UUID, CommentView] = {}
    root: CommentView | None = None
    for comment in comments:
        parent = views.get(comment.parent_id) if comment.parent_id else None
        mine = actor.id is not None and actor.id in (comment.author_contact_id, comment.author_member_id)
        view = CommentView(comment, level=parent.level + 1 if parent else 1, is_mine=mine)
        views[comment.pk] = view
        if root is None:
            root = view
        else:
            (parent or root).replies.append(view)
    return root


def decision_rights(deliverable: Deliverable, actor: Actor) -> DecisionRights:
    """Whether the reader may decide now, and why not; one query, with the slots at hand."""
    conditions = explain(actor, Permission.DELIVERABLE_DECIDE, deliverable)
    slots = list(deliverable.slots.all())
    decided = decided_on(deliverable.shown_version_id)
    mine = next((slot for slot in slots if slot.contact_id == actor.contact_id), None)
    order = ApprovalOrder(deliverable.policy.order)
    is_turn = mine is not None and mine.pk in whose_turn(votes_from(slots, decided), order)
    allowed = all(condition.holds for condition in conditions) and deliverable.purpose == Purpose.APPROVAL
    answered = decided.get(actor.contact_id) if actor.contact_id else None
    return DecisionRights(
        may_decide=allowed and deliverable.is_awaiting and is_turn and answered is None,
        decided=answered,
        is_turn=is_turn,
        refusals=[condition for condition in conditions if not condition.holds],
        open_remarks=deliverable.open_remark_count,
        rounds_used=deliverable.rounds_used,
        maximum_rounds=deliverable.maximum_rounds,
        answers=decided,
    )
