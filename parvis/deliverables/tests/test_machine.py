"""A deliverable walked at random beside a model in plain Python (S7, DOMAIN 3.3, A-15)."""

import contextlib
import os
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from parvis.core.errors import DomainError
from parvis.deliverables.actions import Terms, add_remark, decide, mark_shown, withdraw_version
from parvis.deliverables.models import Decision, Deliverable, DeliverableState, DeliverableVersion, Verdict
from parvis.deliverables.rules import AWAITING, TRANSITIONS
from parvis.events.models import Event
from tests.factories import SUNDAY, make_draft, make_file, publish

IS_FULL = os.environ.get("PARVIS_TIER") in {"full", "long"}
PEOPLE = st.sampled_from(["sarah", "mark"])


def machine(agency, acting, visited: Counter[str]):
    """The machine, closed over the cast of one test."""
    actors = {name: acting(getattr(agency, name)) for name in ("sarah", "mark")}
    olga = acting(agency.olga)
    picture = make_file(agency.workspace)

    class Walk(RuleBasedStateMachine):
        @initialize(required=st.integers(1, 2))
        def begin(self, required):
            terms = Terms(required_approvers=required)
            self.row = make_draft(agency.website, approvers=[agency.sarah, agency.mark], terms=terms)
            self.required = required
            self.state = DeliverableState.DRAFT
            self.votes: dict[str, Verdict] = {}
            self.clock = SUNDAY

        def to(self, state):
            if state != self.state:
                visited[(self.state, state)] += 1
            self.state = state

        def now(self):
            self.clock += timedelta(minutes=1)
            return self.clock

        @rule()
        def publish(self):
            publish(self.row, files=[picture], at=self.now(), actor=olga)
            self.votes = {}
            self.to(DeliverableState.PENDING)

        @rule()
        def withdraw(self):
            if self.state in AWAITING:
                withdraw_version(self.row, actor=olga, at=self.now())
                self.to(DeliverableState.DRAFT)
            else:
                with pytest.raises(DomainError):
                    withdraw_version(self.row, actor=olga, at=self.now())

        @rule(who=PEOPLE)
        def look(self, who):
            if self.state == DeliverableState.DRAFT:
                return
            shown = self.row.current_version_id
            mark_shown(self.row, version_id=shown, actor=actors[who], at=self.now())
            if self.state == DeliverableState.PENDING:
                self.to(DeliverableState.IN_REVIEW)

        @rule(who=PEOPLE)
        def remark(self, who):
            if self.state == DeliverableState.DRAFT:
                return
            shown = self.row.current_version_id
            add_remark(self.row, version_id=shown, body="Hm", actor=actors[who], at=self.now())
            if self.state == DeliverableState.PENDING:
                self.to(DeliverableState.IN_REVIEW)

        @rule(who=PEOPLE, verdict=st.sampled_from(Verdict), late=st.booleans())
        def answer(self, who, verdict, late):
            if self.state == DeliverableState.DRAFT:
                return
            version = self.row.current_version_id
            if late and self.row.current_number > 1:
                version = self.row.versions.order_by("number").first().pk
            expected = version == self.row.current_version_id and self.state in AWAITING
            expected = expected and who not in self.votes
            accepted = False
            with contextlib.suppress(DomainError):
                decide(
                    self.row,
                    version_id=version,
                    verdict=verdict,
                    actor=actors[who],
                    at=self.now(),
                    note="Because",
                )
                accepted = True
            assert accepted == expected
            if accepted:
                self.votes[who] = verdict
                self.conclude()

        @rule(who=PEOPLE, verdict=st.sampled_from(Verdict))
        def look_and_answer(self, who, verdict):
            """What people do most: without this rule chance alone seldom walks this way."""
            self.look(who)
            self.row_and_model_agree()
            self.answer(who, verdict, late=False)

        def conclude(self):
            said = list(self.votes.values())
            if Verdict.REJECTED in said:
                self.to(DeliverableState.REJECTED)
            elif Verdict.CHANGES_REQUESTED in said:
                self.to(DeliverableState.CHANGES_REQUESTED)
            elif said.count(Verdict.APPROVED) >= self.required:
                self.to(DeliverableState.APPROVED)
            elif self.state == DeliverableState.PENDING:
                self.to(DeliverableState.IN_REVIEW)

        @invariant()
        def row_and_model_agree(self):
            if not hasattr(self, "row"):
                return
            self.row = Deliverable.objects.select_related("project", "current_version").get(pk=self.row.pk)
            assert self.row.state == self.state
            decisions = Decision.objects.filter(version=self.row.current_version_id)
            assert {d.verdict for d in decisions} == set(self.votes.values())
            waiting = DeliverableVersion.objects.filter(deliverable=self.row, outcome="")
            assert waiting.count() == (1 if self.state in AWAITING else 0)
            assert (
                self.row.comment_count
                == Event.objects.filter(subject_id=self.row.pk, kind="deliverable.commented").count()
            )

    return Walk


@pytest.mark.django_db
def test_any_walk_keeps_row_and_model_together(agency, acting):
    """All transitions of DOMAIN 3.3 are visited in the full tier; none other ever happens."""
    visited: Counter = Counter()
    run_state_machine_as_test(
        machine(agency, acting, visited),
        settings=settings(
            max_examples=500 if IS_FULL else 10,
            stateful_step_count=50 if IS_FULL else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for before, after in visited:
        assert after in TRANSITIONS[before] or (before in AWAITING and after == DeliverableState.PENDING)
    if IS_FULL:
        listed = {(before, after) for before, follow in TRANSITIONS.items() for after in follow}
        assert listed <= set(visited)
