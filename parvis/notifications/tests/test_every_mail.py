"""Every kind of mail there is, in four languages: whole, light, for one person, leading somewhere."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from parvis.access import Role
from parvis.backstage.actions import add_staff_comment
from parvis.clients.actions.contacts import NewContact, add_contact, invite_contact
from parvis.clients.actions.grants import open_link
from parvis.clients.actions.link_requests import send_link
from parvis.clients.models import Contact, Membership
from parvis.config.messages import MESSAGES
from parvis.deliverables.actions import Terms, add_remark, decide, reply_to_remark, withdraw_version
from parvis.deliverables.due import due
from parvis.deliverables.models import Verdict
from parvis.mail.composing import compose
from parvis.notifications.tests.postbox import Mail, Postbox
from parvis.notifications.tests.test_activity_mails import upload
from parvis.outbox.actions import enqueue
from parvis.outbox.kinds import kind_of
from parvis.outbox.models import Message
from parvis.signin.models import User
from parvis.team.actions.invitations import accept_invitation, invite_member
from parvis.workspaces.models import Workspace
from tests.factories import ask_for_link, make_contact, make_draft, publish, staff_of

MONDAY = datetime(2024, 12, 16, 9, 0, tzinfo=UTC)
LANGUAGES = ("fr", "en", "es", "pt")
RENDERED_ONCE = {"contacts.activity"}  # telling marks what was told; its languages are in its own test
WITH_ONE_PRESS = {"contacts.approval_reminder", "contacts.activity", "contacts.replies"}
WITHOUT_LINK = {"contacts.deliverable_withdrawn", "contacts.device_notice"}


class Polyglot(Postbox):
    """Renders whatever leaves in all four languages, and keeps every version."""

    def __init__(self):
        super().__init__()
        self.versions: list[tuple[str, str, Mail]] = []

    def pack(self, rendered, message, at):
        parcel = super().pack(rendered, message, at)
        if message.kind in RENDERED_ONCE:
            self.versions.append((message.kind, rendered.language, Mail(parcel)))
            return parcel
        for language in LANGUAGES:
            with speaking(language):
                kind = kind_of(message)
                again = kind.rendered(kind.loaded(message), at)
                assert compose(again, message, at)
                self.versions.append((message.kind, language, Mail(super().pack(again, message, at))))
        return parcel


@contextmanager
def speaking(language):
    """Everybody speaks this language, until the end of the block."""
    with transaction.atomic():
        for people in (Contact, User, Workspace):
            people.objects.update(language=language)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def everything(agency, acting):
    """One of each: what a busy fortnight brings."""
    box = Polyglot()
    olga, alex, sarah, mark = (acting(who) for who in (agency.olga, agency.alex, agency.sarah, agency.mark))
    agency.acme.escalation_contact = make_contact(agency.acme, "Clara Boss")
    agency.acme.save()
    homepage = make_draft(
        agency.website, approvers=[agency.sarah, agency.mark], terms=Terms(required_approvers=2), at=MONDAY
    )
    publish(homepage, at=MONDAY, note="Bigger logo.")
    box.run(MONDAY)
    for day in (1, 4):
        due(MONDAY + timedelta(days=day, minutes=1))
        box.run(MONDAY + timedelta(days=day, minutes=1))

    at = MONDAY + timedelta(days=5)
    version = homepage.current_version_id
    remark = add_remark(homepage, version_id=version, body="Too small?", actor=sarah, at=at)
    reply_to_remark(remark, body="Which one?", actor=olga, at=at)
    add_staff_comment(homepage, body="@alex-durand hm", actor=olga, at=at)
    decide(homepage, version_id=version, verdict=Verdict.APPROVED, note="Lovely.", actor=sarah, at=at)
    upload(agency, alex, "Brief", at=at)
    upload(agency, sarah, "Logo", at=at)
    box.run(at + timedelta(minutes=15))
    decide(homepage, version_id=version, verdict=Verdict.CHANGES_REQUESTED, actor=mark, at=at)
    box.run(at + timedelta(minutes=15))
    publish(homepage, at=at)
    box.run(at + timedelta(minutes=15))
    withdraw_version(homepage, actor=staff_of(agency.workspace), at=at)

    new = NewContact(first_name="Eva", email="eva@acme.test", language="en")
    membership = add_contact(agency.acme, new=new, actor=olga, at=at)
    invite_contact(membership, welcome_message="", actor=olga, at=at)
    box.run(at + timedelta(minutes=16))
    first = next(mail for mail in box.mails if mail.to == "eva@acme.test")
    open_link(secret_of(first), device_secret=None, label="Safari", at=at)
    ask_for_link(agency.workspace, email="eva@acme.test", at=at)
    box.run(at + timedelta(minutes=17))
    open_link(secret_of(box.to(membership.contact)[-1]), device_secret=None, label="Firefox", at=at)

    send_link(Membership.objects.get(pk=membership.pk), actor=olga, at=at)

    facts = {"workspace_id": agency.workspace.pk, "actor": olga, "at": at, "role": Role.MANAGER}
    invitation = invite_member(email="ines@nord.test", name="Ines Faure", **facts)
    enqueue(
        "signin.password_reset",
        key="reset",
        workspace_id=agency.workspace.pk,
        payload={},
        at=at,
        member_id=agency.alex.pk,
    )
    box.run(at + timedelta(minutes=18))
    accept_invitation(invitation, first_name="Ines", last_name="Faure", password="long enough", at=at)
    box.refuses.add(agency.mark.email)
    publish(homepage, at=at)
    box.run(at + timedelta(minutes=30))
    return box


def secret_of(mail):
    return secret_in(mail.links[0])


def secret_in(link):
    return link.rstrip("/").rsplit("/", 1)[1]


def test_every_kind_of_mail_in_four_languages(everything):
    """A-25, F10, DESIGN 9"""
    assert {kind for kind, _language, _mail in everything.versions} == set(MESSAGES)
    stored = str(list(Message.objects.values_list("key", "payload", "error", "result_reason")))
    for kind, language, mail in everything.versions:
        where = f"{kind} in {language}: {mail.subject}"
        is_whole(mail, language, where)
        leads_somewhere(kind, mail, where)
        # Only reminders and activity stop with one press; links and receipts always arrive.
        assert bool(mail.message["List-Unsubscribe"]) == (kind in WITH_ONE_PRESS), where
        # No access link was ever stored (ARCHITECTURE 2).
        assert not [link for link in mail.links if "/in/" in link and secret_in(link) in stored], where


def is_whole(mail, language, where):
    """In one language, for one person, light, and with nothing left unfilled."""
    assert mail.message["Content-Language"] == language, where
    assert f'<html lang="{language}">' in mail.html, where
    assert len(mail.message["To"].addresses) == 1, where
    assert len(mail.html.encode()) < 30_000, where
    assert len(mail.subject) > 10, where
    assert not re.search(r"\{[{%]?|%\(|None|\n{4}", mail.text), where
    assert "style=" in mail.html, where
    assert "prefers-color-scheme: dark" in mail.html, where
    assert "<script" not in mail.html, where


def leads_somewhere(kind, mail, where):
    """Text and HTML hold the same links: with images off, or as plain text, nothing is missing."""
    assert set(mail.links) == set(re.findall(r'href="([^"]+)"', mail.html)), where
    assert mail.links or kind in WITHOUT_LINK, where
