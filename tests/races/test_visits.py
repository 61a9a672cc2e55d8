"""A first look raced with a decision and with itself on PostgreSQL (RELIABILITY G1, S6; G1-25b, A-36)."""

import pytest

from parvis.core.clock import now
from parvis.deliverables.actions import decide, mark_shown
from parvis.deliverables.models import Decision, Deliverable, DeliverableState, Verdict, VersionVisit
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import make_draft, publish
from tests.races.together import together

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.full,
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 40


def test_looking_in_one_window_and_deciding_in_another(agency, acting):
    """Both lock the same two rows: in another order each would wait for the other until one is ended."""
    actor = acting(agency.sarah)
    for round_ in range(ROUNDS):
        row = make_draft(agency.website, f"Page {round_}", approvers=[agency.sarah])
        version = publish(row)

        def fresh(pk=row.pk):
            return Deliverable.objects.select_related("project").get(pk=pk)

        def look(fresh=fresh, version=version):
            return mark_shown(fresh(), version_id=version.pk, actor=actor, at=now())

        def answer(fresh=fresh, version=version):
            verdict = Verdict.APPROVED
            return decide(fresh(), version_id=version.pk, verdict=verdict, actor=actor, at=now())

        answers = together([look, answer, look])

        assert (answers[0], answers[2]) == (None, None)
        assert isinstance(answers[1], Decision)
        row.refresh_from_db()
        assert row.state == DeliverableState.APPROVED
        assert VersionVisit.objects.filter(version=version).count() == 1
        looks = Event.objects.filter(kind=EventKind.DELIVERABLE_REVIEWED, subject_id=row.pk)
        assert looks.count() == 1
