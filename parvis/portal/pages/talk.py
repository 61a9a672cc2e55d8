"""The comments of a thread in the order they are read."""

from parvis.access import Actor
from parvis.conversations.models import ClientComment, Thread
from parvis.deliverables.review import CommentView, nested


def comments_of(thread: Thread | None, actor: Actor) -> list[CommentView]:
    """Root comments with everything said after them; empty where nobody has spoken yet."""
    if thread is None:
        return []
    rows = list(ClientComment.objects.filter(thread=thread).in_order())
    roots = [row for row in rows if row.parent_id is None]
    return [view for root in roots if (view := nested(_with_answers(root, rows), actor))]


def _with_answers(root: ClientComment, rows: list[ClientComment]) -> list[ClientComment]:
    """The root and what hangs on it, however deep, oldest first."""
    family = {root.pk}
    chosen = [root]
    for row in rows:
        if row.parent_id in family:
            family.add(row.pk)
            chosen.append(row)
    return chosen
