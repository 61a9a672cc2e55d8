"""Whatever the team does, no word of its own reaches a client by mail (B2, B9, G1-32)."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.access import ContactRole, Forbidden, Role
from parvis.backstage.actions import add_note, add_staff_comment
from parvis.core.errors import DomainError
from parvis.deliverables.actions import add_remark, decide, reply_to_remark, withdraw_version
from parvis.deliverables.due import due
from parvis.deliverables.models import Purpose, Remark, Verdict
from parvis.notifications.tests.test_activity_mails import upload
from parvis.projects.actions import add_milestone, add_task, reach_milestone
from parvis.projects.models import ProjectStatus
from tests.factories import CANARY, canary, make_contact, make_draft, make_member, publish

START = datetime(2024, 12, 16, 9, 0, tzinfo=UTC)
STEPS = 40


class Busy:
    """A team at work: every internal text carries a canary, every name a client may read does not."""

    def __init__(self, agency, acting, seed):
        self.agency, self.acting, self.chance = agency, acting, random.Random(seed)
        self.at = START
        self.project = agency.website
        self.project.title, self.project.external_name = canary("internal title"), "Our website"
        self.project.save()
        self.nina = make_member(agency.workspace, "Nina Roy", role=Role.MANAGER)
        self.billing = make_contact(agency.acme, "Bill Fay", role=ContactRole.BILLING)
        self.deliverables = []

    def step(self):
        """One thing somebody does; refusals are part of the day."""
        self.at += timedelta(hours=self.chance.choice((1, 3, 11)))
        deed = self.chance.choice(self.DEEDS)
        with suppress(DomainError, Forbidden):
            deed(self)

    def draft(self):
        self.deliverables.append(
            make_draft(self.project, "Page", approvers=[self.agency.sarah, self.agency.mark], at=self.at)
        )
        make_draft(self.project, canary("never shown"), purpose=Purpose.INFORMATION, at=self.at)

    def show(self):
        publish(self.one(), at=self.at, note="Done as you wished.")

    def take_back(self):
        withdraw_version(self.one(), actor=self.acting(self.agency.olga), at=self.at)

    def whisper(self):
        words = canary("@client-sarah @client-bill @nina-roy the margin")
        add_staff_comment(self.one(), body=words, actor=self.acting(self.agency.olga), at=self.at)
        add_note(self.agency.acme, body=canary("pays late"), actor=self.acting(self.agency.olga), at=self.at)

    def remark(self):
        deliverable = self.one()
        if deliverable.current_version_id:
            add_remark(
                deliverable,
                version_id=deliverable.current_version_id,
                body="@designer-x @client-mark what do you think?",
                actor=self.acting(self.chance.choice((self.agency.sarah, self.agency.alex))),
                at=self.at,
            )

    def answer(self):
        remark = Remark.objects.filter(deliverable=self.one()).first()
        if remark is not None:
            reply_to_remark(remark, body="I see.", actor=self.acting(self.nina), at=self.at)

    def vote(self):
        deliverable = self.one()
        if deliverable.current_version_id:
            decide(
                deliverable,
                version_id=deliverable.current_version_id,
                verdict=self.chance.choice((Verdict.APPROVED, Verdict.CHANGES_REQUESTED)),
                note="As agreed.",
                actor=self.acting(self.chance.choice((self.agency.sarah, self.agency.mark))),
                at=self.at,
            )

    def file(self):
        hidden = self.chance.random() < 0.5
        title = canary("costs") if hidden else "Brief"
        upload(self.agency, self.acting(self.agency.alex), title, at=self.at, client_visible=not hidden)

    def milestone(self):
        hidden = self.chance.random() < 0.5
        facts = {"due_on": date(2025, 1, 10), "actor": self.acting(self.agency.olga), "at": self.at}
        title = canary("pay the freelancer") if hidden else "Design done"
        reached = add_milestone(self.project, title=title, client_visible=not hidden, **facts)
        reach_milestone(reached, actor=facts["actor"], at=self.at)
        add_task(self.project, title=canary("internal task"), actor=facts["actor"], at=self.at)

    def toggle(self):
        portal = self.agency.acme.portal
        switch = self.chance.choice(("comments", "documents", "milestones", "messages"))
        setattr(portal, switch, not getattr(portal, switch))
        portal.save()
        self.project.status = self.chance.choice(list(ProjectStatus)[:4])
        self.project.save()

    def one(self):
        if not self.deliverables:
            self.draft()
        chosen = self.chance.choice(self.deliverables)
        chosen.refresh_from_db()
        return chosen

    DEEDS = (
        draft,
        show,
        show,
        take_back,
        whisper,
        whisper,
        remark,
        remark,
        answer,
        vote,
        file,
        milestone,
        toggle,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_no_word_of_the_team_reaches_a_client(agency, acting, postbox, seed):
    busy = Busy(agency, acting, seed)
    for _number in range(STEPS):
        busy.step()
        due(busy.at)
        postbox.run(busy.at, patience=timedelta(minutes=20))
    postbox.run(busy.at + timedelta(days=2))

    staff = {member.user.email for member in (agency.olga, agency.alex, busy.nina)}
    outside = [mail for mail in postbox.mails if mail.to not in staff]
    assert [mail.subject for mail in outside if CANARY in mail.everything] == []
    assert len(outside) > 5
    assert {mail.to for mail in outside} <= {agency.sarah.email, agency.mark.email}
    # The nets hold: the same texts were sent, to those whose they are.
    assert [mail for mail in postbox.mails if mail.to in staff and CANARY in mail.everything]
