"""Links into a portal (K-30 to K-35, A-06, A-07, A-12, X-08; C1, C2, C4, C8, C10)."""

from datetime import timedelta

import pytest

from parvis.access import Forbidden, Role
from parvis.clients.actions.grants import (
    LinkExpired,
    LinkState,
    LinkUnknown,
    OtherDevice,
    claim_preview,
    find_device,
    forget_device,
    issue_token,
    open_link,
    peek,
    revoke_access,
    start_preview,
)
from parvis.clients.actions.link_requests import PER_HOUR, send_link
from parvis.clients.actors import contact_actor
from parvis.clients.errors import AccessIsClosed, NotInside, PortalIsOff, TooManyLinks
from parvis.clients.models import AccessGrant, AccessToken, Membership, MembershipState, TokenPurpose
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import sentence
from parvis.outbox.models import Message
from tests.factories import SUNDAY, ask_for_link, make_contact, make_member


def link(contact, client, purpose=TokenPurpose.NOTICE, at=SUNDAY):
    return issue_token(contact, client, purpose=purpose, at=at, next_path="/deliverables/1/")


def enter(secret, device_secret=None, at=SUNDAY):
    return open_link(secret, device_secret=device_secret, label="Firefox, Linux", at=at)


def is_inside(device_secret, at=SUNDAY):
    device = find_device(device_secret, at=at)
    return device is not None and contact_actor(device, at) is not None


@pytest.fixture
def phone(agency):
    """The secret of the phone on which Sarah opened her first link."""
    return enter(link(agency.sarah, agency.acme)).device_secret


def test_the_first_opening_binds_the_link_to_the_device(agency, phone):
    """K-32: the same link opens again on the phone, and nowhere else."""
    again = link(agency.sarah, agency.acme)
    assert enter(again, phone).device_secret is None
    with pytest.raises(OtherDevice):
        enter(again)
    assert is_inside(phone)


def test_x08_a_link_asked_for_moves_access_to_the_new_device(agency, phone):
    """X-08, K-33, K-34: laptop works, phone gets the same screen."""
    laptop = enter(link(agency.sarah, agency.acme, TokenPurpose.REQUESTED)).device_secret
    assert is_inside(laptop)
    assert not is_inside(phone)


def test_looking_at_a_link_uses_nothing_up(agency):
    """C1: scanners look as often as they like."""
    secret = link(agency.sarah, agency.acme)
    for _ in range(5):
        assert peek(secret, device_secret=None, at=SUNDAY).state == LinkState.OPENS
    assert AccessToken.objects.get().used_at is None
    assert enter(secret).contact == agency.sarah


def test_a_link_lives_thirty_days(agency):
    """K-35, A-07."""
    secret = link(agency.sarah, agency.acme)
    late = SUNDAY + timedelta(days=30)
    assert peek(secret, device_secret=None, at=late - timedelta(seconds=1)).state == LinkState.OPENS
    assert peek(secret, device_secret=None, at=late).state == LinkState.EXPIRED
    with pytest.raises(LinkExpired):
        enter(secret, at=late)


def test_a_reminder_moves_the_end_to_sixty_days_after_it_and_a_resend_never_shortens(agency, phone):
    """K-36, A-07."""
    link(agency.sarah, agency.acme, TokenPurpose.REMINDER, SUNDAY + timedelta(days=10))
    link(agency.sarah, agency.acme, TokenPurpose.RESEND, SUNDAY + timedelta(days=20))
    assert AccessGrant.objects.get().expires_at == SUNDAY + timedelta(days=70)
    assert is_inside(phone, SUNDAY + timedelta(days=69))
    assert not is_inside(phone, SUNDAY + timedelta(days=70))


def test_a_link_asked_for_has_thirty_days_of_its_own(agency):
    """K-35, A-07: also where a reminder keeps the access open for sixty; opening it moves no end."""
    link(agency.sarah, agency.acme, TokenPurpose.REMINDER)
    asked_for = link(agency.sarah, agency.acme, TokenPurpose.REQUESTED)
    used = enter(link(agency.sarah, agency.acme, TokenPurpose.REQUESTED)).device_secret
    after = SUNDAY + timedelta(days=31)
    assert peek(asked_for, device_secret=None, at=after).state == LinkState.EXPIRED
    assert is_inside(used, after)
    assert AccessGrant.objects.get().expires_at == SUNDAY + timedelta(days=60)


def test_opening_makes_the_invitation_accepted(agency):
    """G1-35e."""
    Membership.objects.filter(contact=agency.sarah).update(state=MembershipState.INVITED)
    enter(link(agency.sarah, agency.acme, TokenPurpose.INVITATION))
    assert Membership.objects.get(contact=agency.sarah).state == MembershipState.ACTIVE
    assert Event.objects.filter(kind=EventKind.LINK_OPENED).count() == 1


def test_revoked_access_ends_at_once_and_old_links_stay_shut(agency, phone, acting):
    """A5, C2."""
    unused = link(agency.sarah, agency.acme)
    membership = Membership.objects.get(contact=agency.sarah)
    revoke_access(membership, actor=acting(agency.olga), at=SUNDAY)
    assert not is_inside(phone)
    with pytest.raises(LinkExpired):
        enter(unused)


def test_members_of_the_lowest_role_revoke_nothing(agency, acting):
    membership = Membership.objects.get(contact=agency.sarah)
    with pytest.raises(Forbidden):
        revoke_access(membership, actor=acting(agency.alex), at=SUNDAY)


def test_a_forgotten_device_is_outside(agency, phone, acting):
    """C4."""
    device = find_device(phone, at=SUNDAY)
    forget_device(device, actor=acting(agency.sarah), at=SUNDAY)
    assert not is_inside(phone)


def test_an_invented_link_is_unknown(agency):
    with pytest.raises(LinkUnknown):
        peek("invented", device_secret=None, at=SUNDAY)


def test_only_digests_are_kept(agency):
    """C2."""
    secret = link(agency.sarah, agency.acme)
    token = AccessToken.objects.get()
    assert secret not in str(vars(token))
    assert len(secret) >= 43  # 256 bits


def test_asking_for_a_link_writes_to_the_contacts_own_address_five_times_an_hour(agency):
    """K-33, C10."""
    for _ in range(8):
        ask_for_link(agency.workspace, email="SARAH-lopez@acme-corp.test ", at=SUNDAY)
    assert Message.objects.filter(kind="contacts.access_link", contact_id=agency.sarah.pk).count() == 5
    ask_for_link(agency.workspace, email=agency.sarah.email, at=SUNDAY + timedelta(minutes=61))
    assert Message.objects.count() == 6


def test_asking_for_an_unknown_address_does_nothing(agency):
    """C8."""
    ask_for_link(agency.workspace, email="nobody@example.test", at=SUNDAY)
    ask_for_link(agency.workspace, secret="invented", at=SUNDAY)
    assert not Message.objects.exists()


def test_a_preview_is_the_contacts_view_and_changes_nothing(agency, acting):
    """DESIGN: view as Sarah; read-only, marked, logged."""
    code = start_preview(agency.sarah, agency.acme, actor=acting(agency.olga), at=SUNDAY)
    secret = claim_preview(code, at=SUNDAY)
    with pytest.raises(LinkExpired):
        claim_preview(code, at=SUNDAY)
    actor = contact_actor(find_device(secret, at=SUNDAY), SUNDAY)
    assert actor.is_preview
    assert actor.contact_id == agency.sarah.pk
    assert not is_inside(secret, SUNDAY + timedelta(minutes=31))
    assert Event.objects.get(kind=EventKind.PORTAL_VIEWED_AS).audience == "staff"


def test_who_may_not_manage_contacts_sees_no_preview(agency, acting):
    with pytest.raises(Forbidden):
        start_preview(agency.sarah, agency.acme, actor=acting(agency.alex), at=SUNDAY)
    manager = make_member(agency.workspace, "Mia Sand", role=Role.MANAGER)
    assert start_preview(agency.sarah, agency.acme, actor=acting(manager), at=SUNDAY)


def test_whoever_was_never_invited_gets_no_link_by_asking(agency):
    """G1-05a-c, DOMAIN 3.3: a name in a record is no way in; once invited, or asked to approve, it is."""
    nora = make_contact(agency.acme, "Nora Berg", state=MembershipState.NONE)
    ask_for_link(agency.workspace, email=nora.email, at=SUNDAY)
    assert not Message.objects.filter(contact_id=nora.pk).exists()
    link(nora, agency.acme)
    ask_for_link(agency.workspace, email=nora.email, at=SUNDAY)
    assert Message.objects.filter(contact_id=nora.pk).count() == 1


@pytest.mark.parametrize("change", [{"disabled_at": SUNDAY}, {"role": Role.MEMBER}])
def test_a_preview_ends_with_the_right_of_who_looks(agency, acting, change):
    """RELIABILITY A5: within one request, not half an hour later."""
    manager = make_member(agency.workspace, "Max Meier", role=Role.MANAGER)
    code = start_preview(agency.sarah, agency.acme, actor=acting(manager), at=SUNDAY)
    secret = claim_preview(code, at=SUNDAY)
    assert is_inside(secret)
    type(manager).objects.filter(pk=manager.pk).update(**change)
    assert not is_inside(secret)


def test_the_team_sends_a_link_to_who_has_been_inside(agency, acting):
    """K-33, K-42, C10: to nobody else, by nobody else, and not more than a mailbox can bear."""
    olga, rows = acting(agency.olga), Membership.objects.select_related("client__portal", "contact")
    membership = rows.get(contact=agency.sarah)
    with pytest.raises(Forbidden):
        send_link(membership, actor=acting(agency.alex), at=SUNDAY)
    for _ in range(PER_HOUR):
        send_link(membership, actor=olga, at=SUNDAY)
    with pytest.raises(TooManyLinks):
        send_link(membership, actor=olga, at=SUNDAY)
    assert ask_for_link(agency.workspace, email=agency.sarah.email, at=SUNDAY) == 0
    assert Message.objects.filter(kind="contacts.access_link", contact_id=agency.sarah.pk).count() == PER_HOUR
    told = Event.objects.filter(kind=EventKind.LINK_SENT)
    assert sentence(told[0]) == "Olga Petit sent Sarah Lopez an access link"
    send_link(membership, actor=olga, at=SUNDAY + timedelta(hours=2))


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (MembershipState.NONE, NotInside),
        (MembershipState.INVITED, NotInside),
        (MembershipState.EXPIRED, NotInside),
        (MembershipState.DISABLED, AccessIsClosed),
    ],
)
def test_who_has_not_been_inside_is_sent_no_bare_link(agency, acting, state, refusal):
    """DOMAIN 3.3: invited, or let in again, first; nor into a portal that is off (G2-11)."""
    Membership.objects.filter(contact=agency.sarah).update(state=state)
    membership = Membership.objects.select_related("client__portal").get(contact=agency.sarah)
    with pytest.raises(refusal):
        send_link(membership, actor=acting(agency.olga), at=SUNDAY)
    membership.client.portal.enabled = False
    with pytest.raises(PortalIsOff):
        send_link(membership, actor=acting(agency.olga), at=SUNDAY)
    assert not Message.objects.exists()
