"""Remarks and answers (G1-14 to G1-18, G1-34, G1-42b, A-16, A-36)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from parvis.access import ContactRole, Forbidden, Role
from parvis.clients.models import PortalSettings
from parvis.conversations.actions import EmptyComment, ThreadAlreadyResolved
from parvis.conversations.models import Mention
from parvis.deliverables.actions import (
    Anchor,
    add_remark,
    mark_shown,
    reopen_remark,
    reply_to_remark,
    resolve_remark,
)
from parvis.deliverables.models import DeliverableState, VersionVisit
from parvis.deliverables.review import remarks_of
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import SUNDAY, make_contact, make_draft, make_file, make_member, publish


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable)
    return deliverable


def remark_by(person, deliverable, acting, body="Bigger button", **values):
    return add_remark(
        deliverable,
        version_id=deliverable.current_version_id,
        body=body,
        actor=acting(person),
        at=SUNDAY,
        **values,
    )


def test_answers_nest_three_levels_deep_and_several_roots_coexist(homepage, agency, acting):
    """G1-15: root, staff's answer, client's answer; an answer to that stays on the third level."""
    remark = remark_by(agency.sarah, homepage, acting)
    by_alex = reply_to_remark(remark, body="In v4", actor=acting(agency.alex), at=SUNDAY)
    by_sarah = reply_to_remark(
        remark, body="Perfect", actor=acting(agency.sarah), at=SUNDAY + timedelta(1), parent=by_alex
    )
    deeper = reply_to_remark(
        remark, body="Good", actor=acting(agency.alex), at=SUNDAY + timedelta(2), parent=by_sarah
    )
    remark_by(agency.mark, homepage, acting, "Old address")

    first, second = remarks_of(homepage, acting(agency.sarah))
    assert (first.remark.number, second.remark.number) == (1, 2)
    [answer] = first.root.replies
    assert [view.comment for view in answer.replies] == [by_sarah, deeper]
    assert {view.level for view in answer.replies} == {3}
    homepage.refresh_from_db()
    assert homepage.comment_count == 5  # G1-11


def test_a_remark_points_to_a_spot_of_a_file_of_its_version(homepage, agency, acting):
    """G1-42b."""
    file_id = homepage.current_version.files.get().file_id
    spot = Anchor(file_id, 1, Decimal("47.25"), Decimal("6.50"))
    assert remark_by(agency.sarah, homepage, acting, anchor=spot).is_pinned

    foreign = Anchor(make_file(agency.workspace).pk, 1, Decimal(10), Decimal(10))
    assert not remark_by(agency.sarah, homepage, acting, anchor=foreign).is_pinned


def test_an_attachment_stays_with_the_version_it_was_added_on(homepage, agency, acting):
    """G1-34c."""
    remark = remark_by(agency.sarah, homepage, acting, files=[make_file(agency.workspace, "footer.png")])
    publish(homepage)
    comment = remark.thread.comments.get()
    assert (comment.version_number, comment.attachments.get().file.name) == (1, "footer.png")


def test_settling_a_remark_is_not_approving(homepage, agency, acting):
    """G1-18, A-16: neither a tick nor the word "approved" decides anything."""
    remark = remark_by(agency.sarah, homepage, acting, "Perfect! Approved")
    resolve_remark(remark, actor=acting(agency.sarah), at=SUNDAY)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.IN_REVIEW
    assert homepage.open_remark_count == 0
    with pytest.raises(ThreadAlreadyResolved):
        resolve_remark(remark, actor=acting(agency.mark), at=SUNDAY)
    reopen_remark(remark, actor=acting(agency.mark), at=SUNDAY)
    homepage.refresh_from_db()
    assert homepage.open_remark_count == 1


def test_handles_mention_only_people_who_may_read_the_thread(homepage, agency, acting):
    """G1-16: nobody of another client, whose membership lists other projects, or who works elsewhere."""
    make_contact(agency.acme, "Nora Klein", projects=[])
    make_member(agency.workspace, "Ole Olsen", role=Role.MEMBER)
    words = "@alex-durand @ole-olsen @client-mark @client-bo @client-nora look"
    remark_by(agency.sarah, homepage, acting, words)
    assert {m.member or m.contact for m in Mention.objects.all()} == {agency.alex, agency.mark}


def test_an_empty_remark_is_refused(homepage, agency, acting):
    with pytest.raises(EmptyComment):
        remark_by(agency.sarah, homepage, acting, " \n ")
    assert not Event.objects.filter(kind=EventKind.DELIVERABLE_COMMENTED).exists()


def test_observers_read_and_do_not_comment(homepage, agency, acting):
    """G2-25c."""
    observer = make_contact(agency.acme, "Nora Klein", role=ContactRole.OBSERVER)
    with pytest.raises(Forbidden):
        remark_by(observer, homepage, acting)
    assert remarks_of(homepage, acting(observer)) == []


def test_comments_switched_off_are_refused(homepage, agency, acting):
    """G1-08b."""
    PortalSettings.objects.filter(client=agency.acme).update(comments=False)
    with pytest.raises(Forbidden) as refusal:
        remark_by(agency.sarah, homepage, acting)
    assert refusal.value.reasons == ["switch"]


def test_in_review_from_an_approvers_first_look(homepage, agency, acting):
    """G1-25b, A-36: said by the page in their own session; an observer's look changes nothing."""
    observer = make_contact(agency.acme, "Nora Klein", role=ContactRole.OBSERVER)
    for person, state in ((observer, DeliverableState.PENDING), (agency.sarah, DeliverableState.IN_REVIEW)):
        mark_shown(homepage, version_id=homepage.current_version_id, actor=acting(person), at=SUNDAY)
        homepage.refresh_from_db()
        assert homepage.state == state
    assert VersionVisit.objects.count() == 2


def test_the_number_of_queries_does_not_grow_with_the_thread(
    homepage, agency, acting, django_assert_num_queries
):
    """G11 of PERFORMANCE."""
    sarah = acting(agency.sarah)
    for wanted in (5, 50):
        while homepage.remarks.count() < wanted:
            remark = remark_by(agency.sarah, homepage, acting)
            reply_to_remark(remark, body="In v4", actor=acting(agency.alex), at=SUNDAY)
        with django_assert_num_queries(3):
            remarks_of(homepage, sarah)
