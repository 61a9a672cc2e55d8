"""Answers and mentions: gathered by thread and ten minutes, to whom they are for."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.access import ContactRole, Role
from parvis.deliverables.actions import add_remark, reply_to_remark
from parvis.deliverables.models import Purpose
from parvis.events.dispatching import dispatch
from parvis.notifications.kinds import ContactNotice, MemberNotice
from parvis.notifications.models import InboxItem
from parvis.notifications.preferences import set_preferences
from parvis.outbox.models import Message, MessageState
from parvis.projects.actions.discussions import comment_discussion, open_discussion
from tests.factories import canary, make_client, make_contact, make_draft, make_member, publish

NOW = datetime(2024, 12, 16, 9, 1, tzinfo=UTC)
SOON = timedelta(minutes=15)


@pytest.fixture
def homepage(agency, postbox):
    """Published to Acme; the mails about it are read and put away."""
    deliverable = make_draft(agency.website, purpose=Purpose.FEEDBACK, at=NOW)
    publish(deliverable, at=NOW)
    postbox.run(NOW)
    postbox.mails.clear()
    return deliverable


def remark(homepage, actor, body="The logo is too small.", at=NOW):
    return add_remark(homepage, version_id=homepage.current_version_id, body=body, actor=actor, at=at)


def test_answers_of_ten_minutes_come_in_one_mail(agency, postbox, acting, homepage):
    """BK-06, G1-33b"""
    root = remark(homepage, acting(agency.sarah))
    for minute, words in ((1, "Which one?"), (3, "The upper one, I see.")):
        reply_to_remark(root, body=words, actor=acting(agency.olga), at=NOW + timedelta(minutes=minute))

    postbox.run(NOW + timedelta(minutes=4))
    assert postbox.to(agency.sarah) == []  # still gathering

    postbox.run(NOW + SOON)
    (mail,) = postbox.to(agency.sarah)
    assert mail.subject == "2 new comments on Homepage"
    assert "> Which one?" in mail.text
    assert "> The upper one, I see." in mail.text
    assert "Which one?" in mail.html
    assert mail.message["Reply-To"].addresses[0].addr_spec == agency.olga.user.email
    assert str(mail.message["From"]).startswith('"Olga, Studio Nord"')
    assert "List-Unsubscribe=One-Click" in mail.message["List-Unsubscribe-Post"]


def test_who_answers_first_is_not_told_what_they_have_read(agency, postbox, acting, homepage):
    root = remark(homepage, acting(agency.sarah))
    reply_to_remark(root, body="Which one?", actor=acting(agency.olga), at=NOW + timedelta(minutes=1))
    reply_to_remark(root, body="The upper one.", actor=acting(agency.sarah), at=NOW + timedelta(minutes=2))
    postbox.run(NOW + SOON)
    assert postbox.to(agency.sarah) == []


def test_nobody_is_told_of_their_own_words(agency, postbox, acting, homepage):
    remark(homepage, acting(agency.sarah))
    postbox.run(NOW + SOON)
    assert postbox.to(agency.sarah) == []
    assert postbox.to(agency.mark) == []  # takes no part


def test_a_mention_reaches_somebody_who_takes_no_part(agency, postbox, acting, homepage):
    """G1-16"""
    remark(homepage, acting(agency.olga), "@client-mark, is the claim legal?")
    postbox.run(NOW + SOON)
    (mail,) = postbox.to(agency.mark)
    assert mail.subject == "Olga Petit wrote about Homepage"
    assert postbox.to(agency.sarah) == []


def test_mentioning_somebody_who_may_not_see_it_does_nothing(agency, postbox, acting, homepage):
    """G1-16, B9"""
    billing = make_contact(agency.acme, "Bill Fay", role=ContactRole.BILLING)
    remark(homepage, acting(agency.olga), "@client-bill @client-bo have a look")
    postbox.run(NOW + SOON)
    assert postbox.to(billing) == []
    assert postbox.to(agency.bo) == []


def test_a_question_of_the_team_reaches_the_approvers(agency, postbox, acting):
    approved = make_draft(agency.website, approvers=[agency.mark], at=NOW)
    publish(approved, at=NOW)
    postbox.run(NOW)
    postbox.mails.clear()
    remark(approved, acting(agency.olga), "Which photo do you prefer?")
    postbox.run(NOW + SOON)
    assert [mail.to for mail in postbox.mails] == [agency.mark.email]


def test_the_switch_of_comments_stops_them(agency, postbox, acting, homepage):
    """G1-08: what the portal does not show is not mailed either."""
    root = remark(homepage, acting(agency.sarah))
    reply_to_remark(root, body="Done.", actor=acting(agency.olga), at=NOW)
    dispatch(NOW)
    assert Message.objects.filter(state=MessageState.NEW, kind="contacts.replies").count() == 1
    agency.acme.portal.comments = False
    agency.acme.portal.save()
    postbox.run(NOW + SOON)
    assert postbox.to(agency.sarah) == []


def test_preference_off(agency, postbox, acting, homepage):
    set_preferences(agency.sarah, {ContactNotice.REPLIES: False}, actor=acting(agency.sarah), at=NOW)
    root = remark(homepage, acting(agency.sarah))
    reply_to_remark(root, body="Done.", actor=acting(agency.olga), at=NOW)
    postbox.run(NOW + SOON)
    assert postbox.to(agency.sarah) == []


def test_a_clients_comment_reaches_the_responsible_and_their_inbox(agency, postbox, acting, homepage):
    root = remark(homepage, acting(agency.sarah))
    postbox.run(NOW + SOON)
    (mail,) = postbox.to(agency.alex)
    assert mail.subject == "Sarah Lopez wrote about Homepage"
    assert f"/deliverables/{homepage.pk}/" in mail.links[0]
    item = InboxItem.objects.get(member=agency.alex)
    assert item.kind == "comment"

    reply_to_remark(root, body="Done.", actor=acting(agency.alex), at=NOW + SOON)
    postbox.run(NOW + SOON)
    item.refresh_from_db()
    assert item.state == "done"  # whoever answers has dealt with it


def test_a_member_who_wants_no_comments_still_finds_them_in_the_inbox(agency, postbox, acting, homepage):
    set_preferences(agency.alex, {MemberNotice.COMMENTS: False}, actor=acting(agency.alex), at=NOW)
    remark(homepage, acting(agency.sarah))
    postbox.run(NOW + SOON)
    assert postbox.to(agency.alex) == []
    assert InboxItem.objects.filter(member=agency.alex).count() == 1


def test_mentioned_members_of_another_project_hear_nothing(agency, postbox, acting, homepage):
    """G2-24a"""
    make_client(agency.workspace, "Corvus")
    nina = make_member(agency.workspace, "Nina Roy", role=Role.MEMBER)
    remark(homepage, acting(agency.sarah), "@nina-roy please")
    postbox.run(NOW + SOON)
    assert postbox.to(nina) == []
    assert not InboxItem.objects.filter(member=nina).exists()


def test_discussions_speak_the_same_way(agency, postbox, acting):
    """G1-13"""
    talk = open_discussion(
        agency.website, title="Hosting", body="Who hosts?", actor=acting(agency.sarah), at=NOW
    )
    comment_discussion(talk, body="We do.", actor=acting(agency.alex), at=NOW + timedelta(minutes=2))
    postbox.run(NOW + SOON)
    (to_sarah,) = postbox.to(agency.sarah)
    assert to_sarah.subject == "Alex Durand wrote about Hosting"
    assert postbox.to(agency.alex) == []  # has answered within the ten minutes


def test_nothing_internal_leaves_with_a_comment(agency, postbox, acting, homepage):
    """B2"""
    agency.website.title = canary("internal name")
    agency.website.external_name = "Our website"
    agency.website.save()
    root = remark(homepage, acting(agency.sarah))
    reply_to_remark(root, body="Done.", actor=acting(agency.olga), at=NOW)
    postbox.run(NOW + SOON)
    (mail,) = postbox.to(agency.sarah)
    assert "zq7canary" not in mail.everything
