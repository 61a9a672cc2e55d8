"""Publishing versions (G1-17, G1-22, G1-41a, G1-41c, DOMAIN 3.3)."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.access import Role
from parvis.deliverables.actions import (
    Terms,
    add_remark,
    decide,
    delete_deliverable,
    publish_version,
    set_terms,
    withdraw_version,
)
from parvis.deliverables.errors import AlreadyChanged, CannotWithdraw, NoApprover, NothingToPublish
from parvis.deliverables.models import Deliverable, DeliverableState, DeliverableVersion, Verdict
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import sentence
from tests.factories import SUNDAY, make_draft, make_member, make_project, publish


@pytest.fixture
def homepage(agency):
    return make_draft(agency.website, approvers=[agency.sarah, agency.mark])


def test_the_deadline_is_the_end_of_the_third_working_day(homepage):
    """G1-22, A-35: submitted on Sunday 15 December 2024, due on Wednesday the 18th, in Paris."""
    version = publish(homepage)
    assert version.due_at == datetime(2024, 12, 18, 22, 59, 59, tzinfo=UTC)
    assert homepage.state == DeliverableState.PENDING


def test_another_deadline_can_be_asked_for_at_every_submission(homepage):
    """G1-41a."""
    assert publish(homepage, deadline_days=1).due_at.date().isoformat() == "2024-12-16"


def test_a_version_replaces_the_one_that_still_waits(homepage):
    first = publish(homepage)
    second = publish(homepage, at=SUNDAY + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.outcome, second.number) == (DeliverableVersion.Outcome.SUPERSEDED, 2)
    assert homepage.current_version == second


def test_remarks_are_marked_as_handled_in_the_new_version(homepage, agency, acting):
    """G1-17: v1 remark, handled in v2; the link is stored."""
    publish(homepage)
    remark = add_remark(
        homepage,
        version_id=homepage.current_version_id,
        body="Bigger button",
        actor=acting(agency.sarah),
        at=SUNDAY,
    )
    second = publish(homepage, settles=[remark.pk])
    remark.refresh_from_db()
    assert remark.handled_in == second
    event = Event.objects.get(kind=EventKind.REMARK_HANDLED)
    assert sentence(event) == "Olga Petit handled remark 1 on Homepage in version 2"  # G1-41d

    withdraw_version(homepage, actor=acting(agency.olga), at=SUNDAY)
    remark.refresh_from_db()
    assert remark.handled_in is None  # what the client cannot see handles nothing


def test_only_the_client_uses_rounds_up(homepage, agency, acting):
    """DOMAIN 3.3: what the team replaces or takes back by itself costs the client nothing."""
    publish(homepage)
    publish(homepage)
    withdraw_version(homepage, actor=acting(agency.olga), at=SUNDAY)
    publish(homepage)
    assert homepage.rounds_used == 0


def test_a_deleted_deliverable_is_published_to_nobody(homepage, agency, acting):
    delete_deliverable(Deliverable.objects.get(pk=homepage.pk), actor=acting(agency.olga), at=SUNDAY)
    with pytest.raises(AlreadyChanged):
        publish(homepage)
    assert not DeliverableVersion.objects.exists()


def test_a_waiting_version_keeps_somebody_to_ask(homepage, agency, acting):
    publish(homepage)
    with pytest.raises(NoApprover):
        set_terms(homepage, terms=Terms(), approvers=(), actor=acting(agency.olga), at=SUNDAY)


def test_more_rounds_than_agreed_are_noticed(agency, acting):
    """G1-41c: one round agreed, the second revision warns the team and is published all the same."""
    deliverable = make_draft(agency.website, approvers=[agency.sarah], maximum_rounds=1)
    for verdict in (Verdict.CHANGES_REQUESTED, Verdict.REJECTED, None):
        shown = publish(deliverable)
        if verdict:
            sarah = acting(agency.sarah)
            decide(deliverable, version_id=shown.pk, verdict=verdict, note="No.", actor=sarah, at=SUNDAY)
    assert deliverable.has_exceeded_rounds
    warning = Event.objects.get(kind=EventKind.DELIVERABLE_ROUNDS_EXCEEDED)
    assert (warning.values["rounds_used"], warning.audience) == (2, "staff")


def test_a_version_needs_a_file(homepage, agency, acting):
    with pytest.raises(NothingToPublish):
        publish_version(homepage, files=[], actor=acting(agency.olga), at=SUNDAY)


def test_an_approval_needs_somebody_to_ask(agency):
    draft = make_draft(agency.website)
    with pytest.raises(NoApprover):
        publish(draft)


def test_withdrawing_hides_it_from_the_client_and_publishing_shows_it_again(homepage, agency, acting):
    """DOMAIN 3.3: pending → draft → pending."""
    publish(homepage)
    seen = Deliverable.objects.visible_to(acting(agency.sarah))
    assert seen.filter(pk=homepage.pk).exists()

    withdraw_version(homepage, actor=acting(agency.olga), at=SUNDAY)
    assert not seen.filter(pk=homepage.pk).exists()
    with pytest.raises(CannotWithdraw):
        withdraw_version(homepage, actor=acting(agency.olga), at=SUNDAY)

    publish(homepage)
    assert seen.filter(pk=homepage.pk).exists()


def test_a_member_reaches_only_what_they_work_on(agency, acting):
    """G2-24a: Alex works on the website; a second project of the same client is out of sight."""
    own = make_draft(agency.website, approvers=[agency.sarah])
    foreign = make_draft(make_project(agency.acme, "Brochure"), approvers=[agency.sarah])
    seen = Deliverable.objects.visible_to(acting(agency.alex))
    assert list(seen.filter(pk__in=[own.pk, foreign.pk])) == [own]


def test_a_manager_sees_every_project(agency, acting):
    manager = make_member(agency.workspace, "Mia Sand", role=Role.MANAGER)
    make_draft(make_project(agency.borealis, "Brochure"), approvers=[agency.bo], terms=Terms())
    assert Deliverable.objects.visible_to(acting(manager)).count() == 1
