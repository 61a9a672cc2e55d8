"""A contact's first look at a version (G1-25b, A-36)."""

from parvis.deliverables.actions import add_remark, mark_shown, visits
from parvis.deliverables.models import DeliverableState, VersionVisit
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import SUNDAY, make_draft, publish


def looks_at(deliverable):
    return Event.objects.filter(kind=EventKind.DELIVERABLE_REVIEWED, subject_id=deliverable.pk).count()


def test_only_the_first_look_of_an_approver_begins_the_review(agency, acting):
    """Mark is not asked: his look is kept, and begins nothing."""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    version = publish(homepage)

    mark_shown(homepage, version_id=version.pk, actor=acting(agency.mark), at=SUNDAY)
    homepage.refresh_from_db()
    assert (homepage.state, looks_at(homepage)) == (DeliverableState.PENDING, 0)

    for _ in range(2):
        mark_shown(homepage, version_id=version.pk, actor=acting(agency.sarah), at=SUNDAY)
    homepage.refresh_from_db()
    assert (homepage.state, looks_at(homepage)) == (DeliverableState.IN_REVIEW, 1)
    assert VersionVisit.objects.filter(version=version).count() == 2


def test_a_look_in_another_window_at_the_same_moment_is_the_same_look(agency, acting, monkeypatch):
    """This window has not seen the other's visit, and finds it when it writes its own."""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    version = publish(homepage)
    sarah = acting(agency.sarah)
    mark_shown(homepage, version_id=version.pk, actor=sarah, at=SUNDAY)
    found, asked = visits._visits, []

    def blind_at_first(*about):
        asked.append(about)
        return found(*about) if len(asked) > 1 else []

    monkeypatch.setattr(visits, "_visits", blind_at_first)
    add_remark(homepage, version_id=version.pk, body="Warmer", actor=sarah, at=SUNDAY)

    visit = VersionVisit.objects.get(version=version)
    assert (len(asked), visit.commented_at, looks_at(homepage)) == (2, SUNDAY, 1)
