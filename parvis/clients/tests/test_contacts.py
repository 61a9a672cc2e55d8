"""Contacts: adding, inviting, deleting (G1-35, G2-13 to G2-15, R-10, P-14, A-38)."""

from datetime import timedelta

import pytest

from parvis.access import ContactRole, Forbidden, Switch
from parvis.clients.actions.contacts import (
    NewContact,
    add_contact,
    change_contact_role,
    delete_contact,
    edit_contact,
    invite_contact,
    make_main_contact,
    reopen_access,
    restore_contact,
)
from parvis.clients.actions.grants import LinkExpired, issue_token, open_link, revoke_access
from parvis.clients.actions.portals import PRESETS, brand_portal, configure_portal
from parvis.clients.actors import contact_actor
from parvis.clients.errors import (
    AccessIsClosed,
    AccessIsNotClosed,
    AlreadyInside,
    ContactAlreadyThere,
    EmailTaken,
    PortalIsOff,
)
from parvis.clients.models import Contact, Membership, MembershipState, TokenPurpose
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import SUNDAY, ask_for_link, make_contact, make_project, open_device


def membership_of(contact, client):
    return Membership.objects.select_related("client__portal", "contact").get(contact=contact, client=client)


def test_two_people_of_the_same_name_get_different_handles(agency, acting):
    """G1-16."""
    olga = acting(agency.olga)
    second = add_contact(agency.acme, new=NewContact("Sarah", "s2@acme.test", "Roy"), actor=olga, at=SUNDAY)
    third = add_contact(agency.acme, new=NewContact("Sarah", "s3@acme.test", "Roy"), actor=olga, at=SUNDAY)
    assert second.contact.handle == "client-sarah-roy"
    assert third.contact.handle == "client-sarah-2"


def test_a_known_person_joins_another_client_with_the_same_login(agency, acting):
    """P-14: one login for several clients; their name stays as it is."""
    new = NewContact("Sara", agency.sarah.email.upper(), role=ContactRole.OBSERVER)
    membership = add_contact(agency.borealis, new=new, actor=acting(agency.olga), at=SUNDAY)
    assert membership.contact == agency.sarah
    assert membership.contact.first_name == "Sarah"
    with pytest.raises(ContactAlreadyThere):
        add_contact(agency.borealis, new=new, actor=acting(agency.olga), at=SUNDAY)


def test_the_invitation_is_pending_until_used(agency, acting):
    """G1-35a-e, G2-13, A-38: with role, welcome message and a list of projects."""
    shop = make_project(agency.acme, "Shop")
    nora = make_contact(agency.acme, "Nora Berg", state=MembershipState.NONE)
    membership = invite_contact(
        membership_of(nora, agency.acme),
        welcome_message="Welcome, Nora.",
        projects=[shop.pk],
        actor=acting(agency.olga),
        at=SUNDAY,
    )
    assert membership.state == MembershipState.INVITED
    assert membership.invited_by == agency.olga
    assert not membership.reaches_all_projects
    assert [listed.project_id for listed in membership.listed_projects.all()] == [shop.pk]
    event = Event.objects.get(kind=EventKind.CONTACT_INVITED)
    assert event.subject_id == membership.pk
    assert event.values["is_again"] is False

    invite_contact(membership, actor=acting(agency.olga), at=SUNDAY)
    assert Event.objects.filter(kind=EventKind.CONTACT_INVITED).count() == 2


def test_nobody_is_invited_into_a_portal_that_is_off(agency, acting):
    """G2-11."""
    olga = acting(agency.olga)
    nora = make_contact(agency.acme, "Nora Berg", state=MembershipState.NONE)
    configure_portal(agency.acme.portal, enabled=False, actor=olga, at=SUNDAY)
    with pytest.raises(PortalIsOff):
        invite_contact(membership_of(nora, agency.acme), actor=olga, at=SUNDAY)
    assert membership_of(nora, agency.acme).state == MembershipState.NONE


def test_who_is_inside_is_not_invited_and_who_is_shut_out_is_let_in_by_hand(agency, acting):
    """DOMAIN 3.3: no transition but the listed ones."""
    olga = acting(agency.olga)
    membership = membership_of(agency.sarah, agency.acme)
    with pytest.raises(AlreadyInside):
        invite_contact(membership, actor=olga, at=SUNDAY)
    with pytest.raises(AccessIsNotClosed):
        reopen_access(membership, actor=olga, at=SUNDAY)
    open_device(agency.sarah, agency.acme)
    revoke_access(membership, actor=olga, at=SUNDAY)
    membership = membership_of(agency.sarah, agency.acme)
    with pytest.raises(AccessIsClosed):
        invite_contact(membership, actor=olga, at=SUNDAY)
    assert reopen_access(membership, actor=olga, at=SUNDAY).state == MembershipState.ACTIVE


@pytest.mark.parametrize(("days", "state"), [(1, MembershipState.INVITED), (31, MembershipState.EXPIRED)])
def test_an_invitation_nobody_used_is_still_pending_after_the_access_was_closed(agency, acting, days, state):
    """G1-35e, DOMAIN 3.3: its link is closed for good, and it can be sent again."""
    olga, later = acting(agency.olga), SUNDAY + timedelta(days=days)
    nora = make_contact(agency.acme, "Nora Berg", state=MembershipState.NONE)
    membership = invite_contact(membership_of(nora, agency.acme), actor=olga, at=SUNDAY)
    secret = issue_token(nora, agency.acme, purpose=TokenPurpose.INVITATION, at=SUNDAY)
    revoke_access(membership, actor=olga, at=SUNDAY)
    reopened = reopen_access(membership_of(nora, agency.acme), actor=olga, at=later)
    assert (reopened.state, membership_of(nora, agency.acme).state) == (state, state)
    with pytest.raises(LinkExpired):
        open_link(secret, device_secret=None, label="", at=later)
    assert invite_contact(reopened, actor=olga, at=later).state == MembershipState.INVITED


def test_who_was_never_invited_is_only_a_name_after_reopening(agency, acting):
    """DOMAIN 3.3: added anew after a deletion, without any access."""
    nora = make_contact(agency.acme, "Nora Berg", state=MembershipState.DISABLED)
    membership = membership_of(nora, agency.acme)
    assert reopen_access(membership, actor=acting(agency.olga), at=SUNDAY).state == MembershipState.NONE


def test_a_member_of_the_lowest_role_invites_nobody(agency, acting):
    with pytest.raises(Forbidden):
        invite_contact(membership_of(agency.sarah, agency.acme), actor=acting(agency.alex), at=SUNDAY)


def test_a_deleted_contact_is_out_at_once_and_comes_back_by_the_links_there_were(agency, acting):
    """R-10, K-46: sessions end, links open nothing; restored, they open on a device that is bound anew."""
    olga = acting(agency.olga)
    device, _secret = open_device(agency.sarah, agency.acme)
    unused = issue_token(agency.sarah, agency.acme, purpose=TokenPurpose.NOTICE, at=SUNDAY)
    delete_contact(agency.sarah, actor=olga, at=SUNDAY)
    device.refresh_from_db()
    assert device.revoked_at == SUNDAY
    assert not Membership.objects.usable().filter(contact=agency.sarah).exists()
    with pytest.raises(LinkExpired):
        open_link(unused, device_secret=None, label="", at=SUNDAY)
    assert ask_for_link(agency.workspace, at=SUNDAY, email=agency.sarah.email) == 0

    restore_contact(Contact.objects.deleted_for(olga).get(), actor=olga, at=SUNDAY)
    assert Membership.objects.usable().filter(contact=agency.sarah).exists()
    device.refresh_from_db()
    assert contact_actor(device, SUNDAY) is None
    opened = open_link(unused, device_secret=None, label="", at=SUNDAY)
    assert contact_actor(opened.device, SUNDAY) is not None


def test_who_is_added_anew_after_a_deletion_keeps_no_old_link(agency, acting):
    """R-10: adding the address elsewhere restores the person, not their access."""
    olga = acting(agency.olga)
    unused = issue_token(agency.sarah, agency.acme, purpose=TokenPurpose.NOTICE, at=SUNDAY)
    delete_contact(agency.sarah, actor=olga, at=SUNDAY)
    add_contact(agency.borealis, new=NewContact("Sarah", agency.sarah.email), actor=olga, at=SUNDAY)
    reopen_access(membership_of(agency.sarah, agency.acme), actor=olga, at=SUNDAY)
    with pytest.raises(LinkExpired):
        open_link(unused, device_secret=None, label="", at=SUNDAY)


def test_a_new_address_may_be_a_new_person(agency, acting):
    """CVE-2021-37693 (RELIABILITY C2): what was sent to the old address opens nothing more."""
    device, _secret = open_device(agency.sarah, agency.acme)
    facts = NewContact("Sarah", "new@acme.test", "Lopez")
    edit_contact(agency.sarah, facts=facts, actor=acting(agency.olga), at=SUNDAY)
    device.refresh_from_db()
    assert device.revoked_at == SUNDAY
    with pytest.raises(EmailTaken):
        taken = NewContact("Sarah", agency.mark.email.title())
        edit_contact(agency.sarah, facts=taken, actor=acting(agency.olga), at=SUNDAY)


def test_there_is_one_main_contact(agency, acting):
    """G2-05b."""
    olga = acting(agency.olga)
    make_main_contact(membership_of(agency.sarah, agency.acme), actor=olga, at=SUNDAY)
    make_main_contact(membership_of(agency.mark, agency.acme), actor=olga, at=SUNDAY)
    assert agency.acme.memberships.get(is_main=True).contact == agency.mark


def test_a_role_is_changed(agency, acting):
    """G2-15."""
    membership = membership_of(agency.mark, agency.acme)
    change_contact_role(membership, role=ContactRole.OBSERVER, actor=acting(agency.olga), at=SUNDAY)
    assert membership_of(agency.mark, agency.acme).role == ContactRole.OBSERVER


def test_administrators_configure_the_portal_and_nobody_else(agency, acting):
    """G1-07, G1-08, G2-12, G2-24e: switches, preset, welcome message."""
    portal = agency.acme.portal
    configure_portal(
        portal,
        switches=PRESETS["documents"],
        welcome_messages={"en": "Hello", "fr": ""},
        actor=acting(agency.olga),
        at=SUNDAY,
    )
    portal.refresh_from_db()
    assert portal.switches == {Switch.DOCUMENTS, Switch.UPLOAD, Switch.MESSAGES}
    assert portal.welcome_messages == {"en": "Hello"}
    with pytest.raises(Forbidden):
        configure_portal(portal, enabled=False, actor=acting(agency.alex), at=SUNDAY)
    with pytest.raises(Forbidden):
        brand_portal(portal, colour="#000000", logo_id=None, actor=acting(agency.sarah), at=SUNDAY)
