"""Members, invitations and the workspace (A-05, BG-02, G2-24)."""

from datetime import time, timedelta

import pytest

from parvis.access import Actor, Audience, Forbidden, Role
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import sentence
from parvis.outbox.models import Message
from parvis.signin.tokens import digest
from parvis.team.actions import (
    accept_invitation,
    brand_workspace,
    change_role,
    configure_calendar,
    disable_member,
    enable_member,
    invite_member,
    open_invitation,
    resend_invitation,
    revoke_invitation,
)
from parvis.team.errors import AlreadyMember, InvitationEnded, LastOwner, OwnerOnly
from parvis.team.models import Member
from tests.factories import SUNDAY, make_member


@pytest.fixture
def invitation(agency, acting):
    return invite_member(
        workspace_id=agency.workspace.pk,
        email=" Ines@Nord.test ",
        name="Ines Kahn",
        role=Role.MANAGER,
        actor=acting(agency.olga),
        at=SUNDAY,
    )


def test_an_invitation_queues_one_mail_that_holds_no_secret(invitation):
    """The token is made when the mail leaves (ARCHITECTURE 2)."""
    message = Message.objects.get(kind="team.invitation")
    assert message.payload == {"invitation": str(invitation.pk)}
    assert invitation.digest is None


def test_an_accepted_invitation_makes_a_member_once(invitation):
    invitation.digest = digest("secret")
    invitation.save()
    opened = open_invitation(digest("secret"), SUNDAY)
    member = accept_invitation(
        opened, first_name="Ines", last_name="Kahn", password="correct horse", at=SUNDAY
    )
    assert (member.role, member.user.email, member.handle) == ("manager", "ines@nord.test", "team-ines")
    with pytest.raises(InvitationEnded):
        accept_invitation(opened, first_name="Ines", last_name="Kahn", password="other horse", at=SUNDAY)


def test_the_log_says_who_joined_and_who_was_let_in_again(agency, acting, invitation):
    """G1-34e: neither Parvis nor whoever opened the account has joined."""
    ines = accept_invitation(invitation, first_name="Ines", last_name="Kahn", password="x", at=SUNDAY)
    joined = Event.objects.get(kind=EventKind.MEMBER_JOINED)
    assert sentence(joined) == "Ines Kahn joined the team"
    assert sentence(joined, acting(ines)) == "You joined the team"
    assert "Olga" not in sentence(joined, acting(agency.olga))
    disable_member(ines, actor=acting(agency.olga), at=SUNDAY)
    enable_member(ines, actor=acting(agency.olga), at=SUNDAY)
    again = Event.objects.get(kind=EventKind.MEMBER_ENABLED)
    assert sentence(again) == f"{agency.olga.name} reopened the account of Ines Kahn"
    assert Event.objects.filter(kind=EventKind.MEMBER_JOINED).count() == 1


def test_what_was_recorded_as_the_systems_doing_names_who_joined(agency):
    """G1-34e: events are never rewritten, so those of earlier versions are read aright."""
    record(
        EventKind.MEMBER_JOINED,
        actor=Actor.system(agency.workspace.pk),
        subject=agency.alex,
        at=SUNDAY,
        audience=Audience.STAFF,
        names={"subject": agency.alex.name},
    )
    assert sentence(Event.objects.get(kind=EventKind.MEMBER_JOINED)) == f"{agency.alex.name} joined the team"


def test_old_and_withdrawn_invitations_open_nothing(agency, acting, invitation):
    invitation.digest = digest("secret")
    invitation.save()
    with pytest.raises(InvitationEnded):
        open_invitation(digest("secret"), SUNDAY + timedelta(days=15))
    revoke_invitation(invitation, actor=acting(agency.olga), at=SUNDAY)
    with pytest.raises(InvitationEnded):
        open_invitation(digest("secret"), SUNDAY)
    with pytest.raises(InvitationEnded):
        resend_invitation(invitation, actor=acting(agency.olga), at=SUNDAY)


def test_a_new_mail_ends_the_link_of_the_old_one(agency, acting, invitation):
    invitation.digest = digest("secret")
    invitation.save()
    resend_invitation(invitation, actor=acting(agency.olga), at=SUNDAY + timedelta(days=1))
    with pytest.raises(InvitationEnded):
        open_invitation(digest("secret"), SUNDAY + timedelta(days=1))
    assert Message.objects.filter(kind="team.invitation").count() == 2


def test_nobody_is_invited_twice_into_the_team(agency, acting):
    with pytest.raises(AlreadyMember):
        invite_member(
            workspace_id=agency.workspace.pk,
            email=agency.alex.user.email.upper(),
            name="Alex",
            role=Role.MEMBER,
            actor=acting(agency.olga),
            at=SUNDAY,
        )


def test_the_last_owner_stays_an_owner(agency, acting):
    """BG-02."""
    olga = acting(agency.olga)
    with pytest.raises(LastOwner):
        change_role(agency.olga, role=Role.ADMIN, actor=olga, at=SUNDAY)
    agency.olga.refresh_from_db()
    with pytest.raises(LastOwner):
        disable_member(agency.olga, actor=olga, at=SUNDAY)
    change_role(agency.alex, role=Role.OWNER, actor=olga, at=SUNDAY)
    change_role(agency.olga, role=Role.ADMIN, actor=olga, at=SUNDAY)
    assert Member.objects.get(pk=agency.olga.pk).role == Role.ADMIN


def test_an_administrator_makes_no_owners_and_puts_none_out(agency, acting):
    ada = acting(make_member(agency.workspace, "Ada King", role=Role.ADMIN))
    with pytest.raises(OwnerOnly):
        change_role(agency.alex, role=Role.OWNER, actor=ada, at=SUNDAY)
    with pytest.raises(OwnerOnly):
        disable_member(agency.olga, actor=ada, at=SUNDAY)
    disable_member(agency.alex, actor=ada, at=SUNDAY)
    assert agency.alex not in Member.objects.active()
    enable_member(agency.alex, actor=ada, at=SUNDAY)
    assert agency.alex in Member.objects.active()


def test_members_change_no_roles(agency, acting):
    with pytest.raises(Forbidden):
        change_role(agency.alex, role=Role.ADMIN, actor=acting(agency.alex), at=SUNDAY)


def test_administrators_set_look_and_calendar(agency, acting):
    """G1-06, A-23, A-35, A-37; G2-17e: nobody else does."""
    olga = acting(agency.olga)
    brand_workspace(agency.workspace, colour="#123456", logo_id=None, actor=olga, at=SUNDAY)
    agency.workspace.branding.refresh_from_db()
    assert agency.workspace.branding.colour == "#123456"
    facts = {
        "language": "pt",
        "time_zone": "Europe/Lisbon",
        "working_weekdays": [0, 1, 2, 3],
        "country": "PT",
        "region": "",
        "closing_days": ["2024-12-24"],
        "send_time": time(8, 30),
    }
    configure_calendar(agency.workspace, **facts, actor=olga, at=SUNDAY)
    agency.workspace.calendar.refresh_from_db()
    assert agency.workspace.calendar.working_weekdays == [0, 1, 2, 3]
    with pytest.raises(Forbidden):
        configure_calendar(agency.workspace, **facts, actor=acting(agency.alex), at=SUNDAY)
