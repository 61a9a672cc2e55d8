"""The way in: invitation, requested link, another device, invitations nobody uses."""

from datetime import timedelta

import pytest

from parvis.clients.actions.contacts import NewContact, add_contact, delete_contact, invite_contact
from parvis.clients.actions.grants import open_link, revoke_access
from parvis.clients.actions.link_requests import send_link
from parvis.clients.actors import contact_actor
from parvis.clients.models import MembershipState
from parvis.notifications.due import due
from parvis.notifications.inbox.actions import finish
from parvis.notifications.models import InboxItem
from parvis.outbox.models import Message
from tests.factories import SUNDAY, ask_for_link

NOW = SUNDAY


def secret_in(mail):
    return mail.links[0].rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def eva(agency, acting, postbox):
    """Invited a moment ago."""
    new = NewContact(first_name="Eva", last_name="Moss", email="eva@acme.test", language="en")
    membership = add_contact(agency.acme, new=new, actor=acting(agency.olga), at=NOW)
    invite_contact(membership, welcome_message="Glad to have you.", actor=acting(agency.olga), at=NOW)
    postbox.run(NOW)
    return membership


def test_an_invitation_says_what_it_is_and_opens_the_space(agency, postbox, eva):
    """G1-35c, d; K-62"""
    (mail,) = postbox.to(eva.contact)
    assert mail.subject == "Olga Petit invites you to your space at Studio Nord"
    assert "Glad to have you." in mail.text
    assert "There is no password" in mail.text
    assert mail.message["List-Unsubscribe"] is None
    assert mail.message["Reply-To"].addresses[0].addr_spec == agency.olga.user.email
    opened = open_link(secret_in(mail), device_secret=None, label="Safari", at=NOW)
    assert opened.contact == eva.contact


def test_no_secret_is_kept_in_the_outbox(postbox, eva):
    secret = secret_in(postbox.mails[0])
    rows = Message.objects.values_list("key", "payload", "error", "result_reason")
    assert secret not in str(list(rows))


def test_the_inviter_hears_when_the_invitation_is_used_and_only_once(agency, postbox, eva):
    """G1-35e"""
    opened = open_link(secret_in(postbox.mails[0]), device_secret=None, label="Safari", at=NOW)
    postbox.run(NOW)
    (mail,) = postbox.to(agency.olga)
    assert mail.subject == "Eva Moss has opened the space of Acme Corp"
    open_link(secret_in(postbox.mails[0]), device_secret=opened.device_secret, label="Safari", at=NOW)
    postbox.run(NOW)
    assert len(postbox.to(agency.olga)) == 1


def test_a_requested_link_goes_to_the_address_and_takes_the_device_over(agency, postbox, eva):
    """K-33, A-12, C4"""
    first = secret_in(postbox.mails[0])
    open_link(first, device_secret=None, label="Safari", at=NOW)
    ask_for_link(agency.workspace, secret=first, at=NOW)
    postbox.run(NOW)
    mail = postbox.to(eva.contact)[-1]
    assert mail.subject == "Your access link for Studio Nord"
    assert mail.message["List-Unsubscribe"] is None

    open_link(secret_in(mail), device_secret=None, label="Firefox, Android", at=NOW)
    postbox.run(NOW)
    notice = postbox.to(eva.contact)[-1]
    assert notice.subject == "Your space at Studio Nord was opened on another device"
    assert "Firefox, Android" in notice.text
    assert notice.links == []


def test_a_link_the_team_sends_says_who_sent_it_and_takes_the_device_over(agency, acting, postbox, eva):
    """K-33, K-42, A-12: to the original address only, for whoever cannot find the way in any more."""
    phone = open_link(secret_in(postbox.mails[0]), device_secret=None, label="Safari", at=NOW).device
    eva.refresh_from_db()
    send_link(eva, actor=acting(agency.olga), at=NOW)
    postbox.run(NOW)
    mail = postbox.to(eva.contact)[-1]
    assert "Olga Petit sends you a new link." in mail.text
    assert "you asked for" not in mail.text
    assert mail.message["Reply-To"].addresses[0].addr_spec == agency.olga.user.email
    laptop = open_link(secret_in(mail), device_secret=None, label="Firefox", at=NOW).device
    assert contact_actor(laptop, NOW) is not None
    assert contact_actor(phone, NOW) is None


def test_access_closed_before_the_link_leaves(agency, postbox, acting, eva):
    """A10"""
    ask_for_link(agency.workspace, email="eva@acme.test", at=NOW)
    revoke_access(eva, actor=acting(agency.olga), at=NOW)
    before = len(postbox.mails)
    postbox.run(NOW)
    assert len(postbox.mails) == before
    assert Message.objects.get(kind="contacts.access_link").result_reason == "access"


def test_an_invitation_nobody_uses_comes_back_to_the_inviter(agency, eva):
    """G1-35e"""
    assert due(NOW + timedelta(days=29)) == {"expired_invitations": 0}
    assert due(NOW + timedelta(days=31)) == {"expired_invitations": 1}
    item = InboxItem.objects.get()
    assert (item.member, item.kind) == (agency.olga, "invitation_expired")
    assert due(NOW + timedelta(days=32)) == {"expired_invitations": 0}


def test_an_invitation_expires_and_can_be_renewed(agency, acting, eva):
    """DOMAIN 3.3: invited → expired → invited; the second one that runs out is told as well."""
    due(NOW + timedelta(days=31))
    eva.refresh_from_db()
    assert eva.state == MembershipState.EXPIRED
    finish(InboxItem.objects.get(), actor=acting(agency.olga), at=NOW + timedelta(days=31))
    invite_contact(eva, actor=acting(agency.olga), at=NOW + timedelta(days=32))
    assert due(NOW + timedelta(days=40)) == {"expired_invitations": 0}
    assert due(NOW + timedelta(days=63)) == {"expired_invitations": 1}
    assert InboxItem.objects.get().state == "open"


@pytest.mark.parametrize("ending", ["sent again", "opened", "closed", "deleted"])
def test_an_unused_invitation_leaves_the_inbox_when_it_moves_on(agency, postbox, acting, eva, ending):
    """G1-35e: the inviter is not asked to send again what was sent again, or opened by a later link."""
    olga, at = acting(agency.olga), NOW + timedelta(days=31)
    due(at)
    if ending == "sent again":
        invite_contact(eva, actor=olga, at=at)
    elif ending == "opened":
        ask_for_link(agency.workspace, email="eva@acme.test", at=at)
        postbox.run(at)
        open_link(secret_in(postbox.to(eva.contact)[-1]), device_secret=None, label="Safari", at=at)
    elif ending == "closed":
        revoke_access(eva, actor=olga, at=at)
    else:
        delete_contact(eva.contact, actor=olga, at=at)
    assert InboxItem.objects.get().state == "open"
    postbox.run(at)
    assert InboxItem.objects.get().state == "done"
