"""Deciding on a version (G1-20, G1-25, A-15, A-16, A-31, X-09, X-10)."""

from datetime import timedelta

import pytest
from django.utils import translation

from parvis.access import ContactRole, Forbidden
from parvis.clients.models import Membership, PortalSettings
from parvis.conversations.models import ClientComment
from parvis.deliverables.actions import Approver, Terms, decide, set_terms
from parvis.deliverables.errors import (
    AlreadyDecided,
    AlreadySettled,
    ApproverMayNotDecide,
    NotAnApprover,
    NotForApproval,
    NotYourTurn,
    ReasonRequired,
    TermsWouldDecide,
    VersionReplaced,
)
from parvis.deliverables.models import Decision, DeliverableState, DeliverableVersion, Purpose, Verdict
from parvis.documents.models import Document
from parvis.events.dispatching import dispatch
from parvis.events.kinds import EventKind
from parvis.events.models import Event, EventDelivery
from parvis.outbox.models import Message
from tests.factories import SUNDAY, make_contact, make_draft, make_file, publish, staff_of

LATER = SUNDAY + timedelta(days=1)


@pytest.fixture
def homepage(agency):
    """Version 1 of the homepage, waiting for Sarah and Mark."""
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(deliverable)
    return deliverable


def vote(deliverable, contact, acting, verdict=Verdict.APPROVED, note="", version=None, at=LATER):
    return decide(
        deliverable,
        version_id=version or deliverable.current_version_id,
        verdict=verdict,
        actor=acting(contact),
        at=at,
        note=note,
    )


def test_approved_when_all_required_approvers_have_approved_the_same_version(homepage, agency, acting):
    """G1-20: one of two is not enough, two are."""
    vote(homepage, agency.sarah, acting)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.IN_REVIEW

    vote(homepage, agency.mark, acting)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.APPROVED
    assert Event.objects.filter(kind=EventKind.DELIVERABLE_DECIDED).count() == 2
    assert Event.objects.filter(kind=EventKind.DELIVERABLE_APPROVED).count() == 1


def test_a_decision_keeps_name_function_and_fingerprint(homepage, agency, acting):
    """G1-34e, G1-19: who approved what, when."""
    decision = vote(homepage, agency.sarah, acting, note=" Lovely ")
    assert (decision.contact_name, decision.function, decision.note) == ("Sarah Lopez", "Marketing", "Lovely")
    assert decision.digest == homepage.current_version.digest
    assert decision.at == LATER


def test_the_first_change_request_settles_the_version_and_later_votes_are_kept_as_words(
    homepage, agency, acting
):
    """A-15, X-09."""
    vote(homepage, agency.mark, acting, Verdict.CHANGES_REQUESTED, "The address is old")
    with pytest.raises(AlreadySettled) as refusal:
        vote(homepage, agency.sarah, acting, note="Looks right to me")

    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.CHANGES_REQUESTED
    assert "kept as a comment" in str(refusal.value)
    kept = ClientComment.objects.get()
    assert (kept.body, kept.refused_verdict) == ("Looks right to me", "approved")
    assert Decision.objects.count() == 1


def test_a_new_version_resets_all_votes(homepage, agency, acting):
    """X-09: Sarah approves v1, Mark asks for changes; v2 waits for both again, both approve."""
    vote(homepage, agency.sarah, acting)
    vote(homepage, agency.mark, acting, Verdict.CHANGES_REQUESTED, "The address is old")
    publish(homepage, at=LATER)
    assert homepage.state == DeliverableState.PENDING

    vote(homepage, agency.sarah, acting)
    homepage.refresh_from_db()
    assert homepage.is_awaiting
    vote(homepage, agency.mark, acting)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.APPROVED


def test_a_vote_on_a_replaced_version_is_refused_with_its_words_kept(homepage, agency, acting):
    """A-15: decision on a superseded version."""
    first = homepage.current_version_id
    publish(homepage, at=LATER)
    with pytest.raises(VersionReplaced):
        vote(homepage, agency.sarah, acting, note="Go", version=first)
    assert not Decision.objects.exists()
    assert ClientComment.objects.get().version_number == 1


def test_nobody_decides_twice(homepage, agency, acting):
    vote(homepage, agency.sarah, acting)
    with pytest.raises(AlreadyDecided):
        vote(homepage, agency.sarah, acting, Verdict.REJECTED, "No")
    assert Decision.objects.get().verdict == Verdict.APPROVED


def test_a_rejection_needs_a_reason(homepage, agency, acting):
    with pytest.raises(ReasonRequired):
        vote(homepage, agency.sarah, acting, Verdict.REJECTED, "  ")
    vote(homepage, agency.sarah, acting, Verdict.REJECTED, "Not our style")
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.REJECTED  # G1-25e


def test_each_state_has_the_name_clients_know():
    """G1-25a-e, in the words of the source."""
    with translation.override("fr"):
        names = {state: str(state.label) for state in DeliverableState}
    assert names == {
        DeliverableState.DRAFT: "Brouillon",
        DeliverableState.PENDING: "En attente",
        DeliverableState.IN_REVIEW: "En revue",
        DeliverableState.CHANGES_REQUESTED: "Changements demandés",
        DeliverableState.APPROVED: "Approuvé",
        DeliverableState.REJECTED: "Rejeté",
    }


def test_how_a_version_ended_agrees_with_the_version():
    """G1-39d, in a language where a version has a gender and a deliverable another."""
    with translation.override("fr"):
        names = [str(outcome.label) for outcome in DeliverableVersion.Outcome]
    assert names == ["En attente", "Approuvée", "Changements demandés", "Rejetée", "Remplacée", "Retirée"]


def test_no_opinion_is_recorded_and_counts_as_no_approval(homepage, agency, acting):
    """A-15."""
    vote(homepage, agency.sarah, acting, Verdict.NO_OPINION)
    vote(homepage, agency.mark, acting)
    homepage.refresh_from_db()
    assert homepage.is_awaiting


def test_approvers_in_sequence_answer_one_after_the_other(agency, acting):
    """A-14."""
    terms = Terms(required_approvers=2, order="sequential")
    deliverable = make_draft(agency.website, approvers=[agency.sarah, agency.mark], terms=terms)
    publish(deliverable)
    with pytest.raises(NotYourTurn):
        vote(deliverable, agency.mark, acting)
    vote(deliverable, agency.sarah, acting)
    vote(deliverable, agency.mark, acting)
    deliverable.refresh_from_db()
    assert deliverable.state == DeliverableState.APPROVED


def test_a_decision_maker_who_was_not_asked_may_not_decide(homepage, agency, acting):
    other = make_contact(agency.acme, "Nora Klein")
    with pytest.raises(NotAnApprover):
        vote(homepage, other, acting)


@pytest.mark.parametrize("role", [ContactRole.OBSERVER, ContactRole.TECHNICAL, ContactRole.BILLING])
def test_only_decision_makers_decide(homepage, agency, acting, role):
    """X-10, G2-25d: the role changed after the slot was given."""
    Membership.objects.filter(contact=agency.sarah).update(role=role)
    with pytest.raises(Forbidden) as refusal:
        vote(homepage, agency.sarah, acting)
    assert "role" in refusal.value.reasons


def test_a_decision_maker_with_the_switch_off_may_not_decide(homepage, agency, acting):
    """X-10, G1-08c."""
    PortalSettings.objects.filter(client=agency.acme).update(approvals=False)
    with pytest.raises(Forbidden) as refusal:
        vote(homepage, agency.sarah, acting)
    assert refusal.value.reasons == ["switch"]


def test_another_clients_contact_may_not_decide(homepage, agency, acting):
    with pytest.raises(Forbidden):
        vote(homepage, agency.bo, acting)


def test_staff_never_decide_for_a_client(homepage, agency, acting):
    with pytest.raises(Forbidden):
        vote(homepage, agency.olga, acting)


def test_slots_are_named_and_held_by_one_contact_each(agency):
    """G1-21: the primary approves as marketing director, the secondary for the lawyers, in this order."""
    named = [Approver(agency.mark.pk, "Marketing director"), Approver(agency.sarah.pk, "Legal review")]
    deliverable = make_draft(agency.website)
    set_terms(
        deliverable,
        terms=Terms(required_approvers=2),
        approvers=named,
        actor=staff_of(agency.workspace),
        at=SUNDAY,
    )
    slots = deliverable.slots.values_list("position", "contact", "function")
    assert list(slots) == [
        (0, agency.mark.pk, "Marketing director"),
        (1, agency.sarah.pk, "Legal review"),
    ]


def test_a_slot_holds_only_a_decision_maker(agency):
    """A-31: refused, naming who would need another role."""
    observer = make_contact(agency.acme, "Nora Klein", role=ContactRole.OBSERVER)
    with pytest.raises(ApproverMayNotDecide) as refusal:
        make_draft(agency.website, approvers=[agency.sarah, observer])
    assert refusal.value.contact_ids == [observer.pk]


def test_feedback_asks_for_no_approval(agency, acting):
    """G1-37b."""
    mockup = make_draft(agency.website, "Navigation", purpose=Purpose.FEEDBACK)
    publish(mockup)
    with pytest.raises(NotForApproval):
        vote(mockup, agency.sarah, acting)


def test_an_approved_version_is_filed_without_being_uploaded_again(homepage, agency, acting):
    """G1-29."""
    vote(homepage, agency.sarah, acting)
    vote(homepage, agency.mark, acting)
    filed = Document.objects.get(folder__kind="approvals")
    assert filed.current_version.file_id == homepage.current_version.files.get().file_id


@pytest.mark.parametrize("files", [1, 2])
def test_the_longest_names_do_not_stand_in_the_way_of_an_approval(agency, acting, files):
    """G1-29: a title of 160 characters, files of 180 bytes; version and file are still to be read."""
    long = make_draft(agency.website, "T" * 160, approvers=[agency.sarah])
    names = [f"{letter}{'x' * 175}.png" for letter in "ab"][:files]
    publish(long, files=[make_file(agency.workspace, name) for name in names])

    vote(long, agency.sarah, acting)

    long.refresh_from_db()
    assert long.state == DeliverableState.APPROVED
    titles = sorted(Document.objects.values_list("title", flat=True))
    assert len(titles) == files
    for title, name in zip(titles, names, strict=True):
        assert len(title) <= 160
        assert title.startswith("TTT")
        assert (title.endswith(" v1"), title.endswith(".png")) == (files == 1, files == 2)
        assert files == 1 or f" v1 · {name[:20]}" in title


def test_new_terms_never_decide_by_themselves(homepage, agency, acting):
    """A-16: Sarah has approved; asking for one approval only, or leaving Mark out, would settle it."""
    vote(homepage, agency.sarah, acting)
    for required, people in ((1, [agency.sarah, agency.mark]), (1, [agency.sarah])):
        homepage.refresh_from_db()
        with pytest.raises(TermsWouldDecide):
            set_terms(
                homepage,
                terms=Terms(required_approvers=required),
                approvers=[Approver(person.pk) for person in people],
                actor=acting(agency.olga),
                at=LATER,
            )
    homepage.refresh_from_db()
    assert homepage.is_awaiting
    assert homepage.slots.count() == 2


def test_who_is_asked_only_now_is_named_and_told(homepage, agency, acting):
    """G1-21: Nora becomes a third approver while the version waits."""
    nora = make_contact(agency.acme, "Nora Klein")
    approvers = [Approver(person.pk) for person in (agency.sarah, agency.mark, nora)]
    terms = Terms(required_approvers=3)
    set_terms(homepage, terms=terms, approvers=approvers, actor=acting(agency.olga), at=LATER)
    edited = Event.objects.get(kind=EventKind.DELIVERABLE_EDITED)
    assert edited.values["now_asked"] == [str(nora.pk)]

    EventDelivery.objects.exclude(event=edited).delete()
    dispatch(LATER)
    assert [message.contact_id for message in Message.objects.all()] == [nora.pk]
