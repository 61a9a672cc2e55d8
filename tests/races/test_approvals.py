"""Approvals raced on PostgreSQL (G1, G2 and S6 of RELIABILITY; A-15)."""

import pytest

from parvis.core.clock import now
from parvis.deliverables.actions import Terms, add_remark, decide
from parvis.deliverables.errors import AlreadyDecided, AlreadySettled, VersionReplaced
from parvis.deliverables.models import Decision, Deliverable, DeliverableState, Remark, Verdict
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import make_contact, make_draft, make_file, publish
from tests.races.together import together

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.full,
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 40


def voting(deliverable, contact, acting, verdict=Verdict.APPROVED, note=""):
    actor, version = acting(contact), deliverable.current_version_id
    return lambda: decide(
        Deliverable.objects.select_related("project").get(pk=deliverable.pk),
        version_id=version,
        verdict=verdict,
        actor=actor,
        at=now(),
        note=note,
    )


def test_the_last_two_approvers_together_make_it_approved_exactly_once(agency, acting):
    """ARCHITECTURE 2: neither may see only their own vote."""
    for round_ in range(ROUNDS):
        deliverable = make_draft(agency.website, f"Page {round_}", approvers=[agency.sarah, agency.mark])
        publish(deliverable)
        answers = together(
            [voting(deliverable, agency.sarah, acting), voting(deliverable, agency.mark, acting)]
        )
        deliverable.refresh_from_db()
        assert all(isinstance(answer, Decision) for answer in answers), answers
        assert deliverable.state == DeliverableState.APPROVED
        approvals = Event.objects.filter(kind=EventKind.DELIVERABLE_APPROVED, subject_id=deliverable.pk)
        assert approvals.count() == 1


def test_eight_connections_of_one_approver_record_one_decision(agency, acting):
    for round_ in range(ROUNDS):
        deliverable = make_draft(agency.website, f"Page {round_}", approvers=[agency.sarah])
        publish(deliverable)
        answers = together([voting(deliverable, agency.sarah, acting)] * 8)
        assert Decision.objects.filter(deliverable=deliverable).count() == 1
        assert sum(isinstance(answer, Decision) for answer in answers) == 1
        assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 7


def test_approving_and_asking_for_changes_together_leave_one_outcome(agency, acting):
    """A-15: one required approval, two approvers: the first answer settles it."""
    for round_ in range(ROUNDS):
        deliverable = make_draft(
            agency.website,
            f"Page {round_}",
            approvers=[agency.sarah, agency.mark],
            terms=Terms(required_approvers=1),
        )
        publish(deliverable)
        answers = together(
            [
                voting(deliverable, agency.sarah, acting),
                voting(deliverable, agency.mark, acting, Verdict.CHANGES_REQUESTED, "Not yet"),
            ]
        )
        deliverable.refresh_from_db()
        [winner] = [answer for answer in answers if isinstance(answer, Decision)]
        [loser] = [answer for answer in answers if isinstance(answer, AlreadySettled)]
        assert (deliverable.state, type(loser)) == (winner.verdict, AlreadySettled)


def test_an_approval_never_lands_on_a_version_replaced_meanwhile(agency, acting):
    """G2: the approved fingerprint is the one shown, or the answer is refused."""
    for round_ in range(ROUNDS):
        deliverable = make_draft(agency.website, f"Page {round_}", approvers=[agency.sarah])
        first = publish(deliverable)
        again = make_file(agency.workspace, f"again-{round_}.png")
        fresh = Deliverable.objects.select_related("project").get(pk=deliverable.pk)
        vote, _version = together(
            [voting(deliverable, agency.sarah, acting), lambda f=fresh, n=again: publish(f, files=[n])]
        )
        deliverable.refresh_from_db()
        assert (deliverable.current_number, deliverable.state) == (2, DeliverableState.PENDING)
        if isinstance(vote, Decision):
            assert vote.digest == first.digest
        else:
            assert isinstance(vote, VersionReplaced)
            assert not Decision.objects.filter(deliverable=deliverable).exists()


def test_remarks_left_together_get_numbers_of_their_own(agency, acting):
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    version = publish(deliverable)
    people = [acting(make_contact(agency.acme, f"Person{n} Test")) for n in range(8)]

    def leaving(actor):
        return lambda: add_remark(
            Deliverable.objects.select_related("project").get(pk=deliverable.pk),
            version_id=version.pk,
            body="Look",
            actor=actor,
            at=now(),
        )

    together([leaving(actor) for actor in people])
    assert sorted(Remark.objects.values_list("number", flat=True)) == list(range(1, 9))
