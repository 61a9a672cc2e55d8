"""What happens in every story: a version is shown, somebody remarks, somebody decides."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from parvis.access import Actor
from parvis.deliverables.actions import Anchor, add_remark, decide, mark_shown, publish_version
from parvis.deliverables.models import Deliverable, Remark, Verdict
from parvis.demo.stage import Stage


def publish(
    stage: Stage,
    deliverable: Deliverable,
    name: str,
    content: bytes,
    *,
    at: datetime,
    note: str = "",
    settles: Sequence[Remark] = (),
    author: str = "alex",
    deadline_days: int | None = None,
) -> None:
    """The next version, of one file."""
    publish_version(
        deliverable,
        files=[stage.file(name, content, at)],
        actor=stage.member(author),
        at=at,
        note=note,
        settles=[remark.pk for remark in settles],
        deadline_days=deadline_days,
    )


def remark(
    deliverable: Deliverable,
    actor: Actor,
    body: str,
    at: datetime,
    spot: tuple[float, float] | None = None,
) -> Remark:
    """Somebody opens the current version and leaves a remark, perhaps at a spot given in percent."""
    version = deliverable.current_version
    assert version
    anchor = None
    if spot:
        x, y = (Decimal(str(value)) for value in spot)
        anchor = Anchor(version.files.get().file_id, 1, x, y)
    mark_shown(deliverable, version_id=version.pk, actor=actor, at=at)
    return add_remark(deliverable, version_id=version.pk, body=body, actor=actor, at=at, anchor=anchor)


def answer(deliverable: Deliverable, actor: Actor, verdict: Verdict, at: datetime, note: str = "") -> None:
    """Somebody decides on the current version."""
    version = deliverable.current_version
    assert version
    decide(deliverable, version_id=version.pk, verdict=verdict, actor=actor, at=at, note=note)
    deliverable.refresh_from_db()
