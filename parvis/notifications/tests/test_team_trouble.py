"""Mails to the team that fail, or may not have arrived, lie before its administrators (F7, S5)."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from parvis.access import Role
from parvis.notifications.models import InboxItem
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message
from parvis.team.actions import invite_member
from tests.factories import SUNDAY, make_member

NOW = SUNDAY


@pytest.fixture
def ada(agency):
    return make_member(agency.workspace, "Ada Min", role=Role.ADMIN)


def invite(agency, acting):
    return invite_member(
        workspace_id=agency.workspace.pk,
        email="ines@nord.test",
        name="Ines Faure",
        role=Role.MANAGER,
        actor=acting(agency.olga),
        at=NOW,
    )


def ask_for_a_new_password(member):
    enqueue(
        "signin.password_reset",
        key="password-reset:1",
        workspace_id=member.workspace_id,
        payload={},
        at=NOW,
        member_id=member.pk,
    )


def troubled():
    return {item.member for item in InboxItem.objects.filter(kind="mail_trouble").exclude(state="done")}


def test_a_refused_invitation_lies_before_the_administrators(agency, acting, ada, postbox):
    postbox.refuses.add("ines@nord.test")
    invite(agency, acting)
    postbox.run(NOW)
    assert troubled() == {agency.olga, ada}
    (mail,) = postbox.to(ada)
    assert mail.subject == "1 message may not have arrived"
    assert "Ines Faure" in mail.text

    browser = Browser()
    browser.force_login(ada.user)
    item = InboxItem.objects.get(member=ada)
    assert "A message to Ines Faure was not delivered." in browser.get(reverse("notifications:inbox")).text
    page = browser.get(reverse("notifications:item", args=[item.pk])).text
    assert "ines@nord.test" in page
    assert f'href="{reverse("settings:people")}"' in page
    assert "Ines Faure" in browser.get(reverse("settings:mail")).text

    browser.post(reverse("notifications:resending", args=[item.pk]))
    assert troubled() == set()
    assert Message.objects.filter(key__startswith="again:").exists()


def test_a_mail_that_may_not_have_arrived_is_not_told_to_the_person_it_was_for(agency, ada, postbox):
    postbox.is_silent = True
    ask_for_a_new_password(ada)
    postbox.run(NOW)
    assert Message.objects.get(kind="signin.password_reset").state == "unknown"
    assert InboxItem.objects.filter(member=ada, subject_id__in=_of("signin.password_reset")).count() == 0
    assert InboxItem.objects.filter(member=agency.olga, subject_id__in=_of("signin.password_reset")).exists()
    assert not InboxItem.objects.filter(member=agency.alex).exists()


def test_trouble_with_the_mail_about_trouble_comes_to_rest(agency, acting, ada, postbox):
    """A server that refuses everything: one such mail a day and person, whoever it was to reach."""
    postbox.refuses |= {"ines@nord.test", ada.user.email, agency.olga.user.email}
    invite(agency, acting)
    postbox.run(NOW)
    assert Message.objects.filter(kind="staff.mail_trouble").count() == 2


def _of(kind):
    return Message.objects.filter(kind=kind).values("pk")
