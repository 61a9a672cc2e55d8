"""Mails inside the team: mentions, new colleagues, a new password, an invitation."""

from datetime import timedelta

import pytest

from parvis.access import Role
from parvis.backstage.actions import add_staff_comment
from parvis.notifications.models import InboxItem
from parvis.outbox.actions import enqueue
from parvis.signin.tokens import digest
from parvis.team.actions.invitations import accept_invitation, invite_member, open_invitation
from tests.factories import SUNDAY, canary, make_draft, make_member

NOW = SUNDAY


def test_an_internal_mention_reaches_the_member_and_no_client(agency, postbox, acting):
    """G1-16, G1-32"""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    words = canary("margin is thin")
    add_staff_comment(homepage, body=f"@alex-durand @client-sarah {words}", actor=acting(agency.olga), at=NOW)
    postbox.run(NOW)
    (mail,) = postbox.mails
    assert mail.to == agency.alex.user.email
    assert mail.subject == "Olga Petit mentioned you: Homepage"
    assert words in mail.text
    assert "Team only" in mail.text
    assert InboxItem.objects.get().member == agency.alex


def test_a_member_outside_the_project_is_not_told(agency, postbox, acting):
    """G2-24a"""
    make_member(agency.workspace, "Nina Roy", role=Role.MEMBER)
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    add_staff_comment(homepage, body="@nina-roy look", actor=acting(agency.olga), at=NOW)
    postbox.run(NOW)
    assert postbox.mails == []


@pytest.fixture
def invitation(agency, acting):
    return invite_member(
        workspace_id=agency.workspace.pk,
        email="ines@nord.test",
        name="Ines Faure",
        role=Role.MANAGER,
        actor=acting(agency.olga),
        at=NOW,
    )


def test_an_invitation_into_the_team_opens_with_its_link(agency, postbox, invitation):
    postbox.run(NOW)
    (mail,) = postbox.mails
    assert mail.to == "ines@nord.test"
    assert mail.subject == "Olga Petit invites you into the team of Studio Nord"
    assert "Manager" in mail.text
    secret = mail.links[0].rstrip("/").rsplit("/", 1)[1]
    assert open_invitation(digest(secret), NOW) == invitation


def test_the_inviter_hears_of_the_new_colleague(agency, postbox, invitation):
    accept_invitation(invitation, first_name="Ines", last_name="Faure", password="a long password", at=NOW)
    postbox.run(NOW)
    (mail,) = postbox.to(agency.olga)
    assert mail.subject == "Ines Faure has joined the team"


def test_a_used_invitation_is_not_sent(agency, postbox, invitation):
    accept_invitation(invitation, first_name="Ines", last_name="Faure", password="a long password", at=NOW)
    postbox.run(NOW)
    assert "ines@nord.test" not in {mail.to for mail in postbox.mails}


def test_a_new_password_is_chosen_with_a_link_made_when_the_mail_leaves(agency, postbox, client):
    enqueue(
        "signin.password_reset",
        key="password-reset:1",
        workspace_id=agency.workspace.pk,
        payload={},
        at=NOW,
        member_id=agency.alex.pk,
    )
    postbox.run(NOW)
    (mail,) = postbox.to(agency.alex)
    assert mail.subject == "A new password for Studio Nord"
    page = client.get(mail.links[0].removeprefix("http://localhost:8000"), follow=True)
    assert page.status_code == 200
    assert 'name="password1"' in page.content.decode()


def test_a_disabled_member_gets_no_link(agency, postbox):
    agency.alex.disabled_at = NOW
    agency.alex.save()
    enqueue(
        "signin.password_reset",
        key="password-reset:1",
        workspace_id=agency.workspace.pk,
        payload={},
        at=NOW,
        member_id=agency.alex.pk,
    )
    postbox.run(NOW + timedelta(minutes=1))
    assert postbox.mails == []
