"""Documents and milestones: gathered into at most one mail a day."""

from datetime import date, timedelta

import pytest

from parvis.documents.actions import add_document, edit_document, folders_of
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.models import InboxItem
from parvis.notifications.preferences import set_preferences
from parvis.outbox.actions import send_again
from parvis.outbox.models import Message, MessageState
from parvis.projects.actions import add_milestone, reach_milestone
from tests.factories import SUNDAY, canary, make_file

NOW = SUNDAY
SOON = timedelta(minutes=11)


def upload(agency, actor, title, *, at=NOW, **values):
    folder = folders_of(agency.website)[0]
    return add_document(
        agency.website,
        folder=folder,
        title=title,
        file=make_file(agency.workspace, f"{title}.png"),
        actor=actor,
        at=at,
        **values,
    )


def test_several_documents_come_in_one_mail(agency, postbox, acting):
    """G1-33e, R-03"""
    upload(agency, acting(agency.alex), "Brief")
    upload(agency, acting(agency.alex), "Sitemap", at=NOW + timedelta(minutes=3))
    postbox.run(NOW + SOON)
    (mail,) = postbox.to(agency.sarah)
    assert mail.subject == "2 new things in your space at Studio Nord"
    assert "Brief" in mail.text
    assert "Sitemap" in mail.text
    assert mail.message["List-Unsubscribe"]


def test_a_document_shared_later_is_news_then(agency, postbox, acting):
    """G1-33e: nothing while it is kept inside; hidden again before the mail leaves, nothing is told."""
    alex, later = acting(agency.alex), NOW + timedelta(days=1)
    brief, sitemap = (upload(agency, alex, title, client_visible=False) for title in ("Brief", "Sitemap"))
    postbox.run(NOW + SOON)
    assert not postbox.to(agency.sarah)

    for document in (brief, sitemap):
        edit_document(document, title=document.title, client_visible=True, actor=alex, at=later)
    edit_document(sitemap, title="Sitemap", client_visible=False, actor=alex, at=later)
    postbox.run(later + SOON)
    (mail,) = postbox.to(agency.sarah)
    assert "Brief" in mail.text
    assert "Sitemap" not in mail.text


def test_a_mail_put_off_tells_all_of_it_later(agency, postbox, acting):
    """RELIABILITY F8: the server was away; what was gathered is not lost, and what came since is added."""
    upload(agency, acting(agency.alex), "Brief")
    postbox.is_away = True
    postbox.run(NOW + SOON)
    postbox.is_away = False
    upload(agency, acting(agency.alex), "Sitemap", at=NOW + timedelta(minutes=12))
    postbox.run(NOW + timedelta(minutes=30))
    (mail,) = postbox.to(agency.sarah)
    assert "Brief" in mail.text and "Sitemap" in mail.text


def test_a_mail_in_doubt_says_the_same_when_a_person_sends_it_again(agency, postbox, acting):
    """RELIABILITY F7."""
    upload(agency, acting(agency.alex), "Brief")
    postbox.is_silent = True
    postbox.run(NOW + SOON)
    postbox.is_silent = False
    doubtful = Message.objects.get(kind="contacts.activity", contact_id=agency.sarah.pk)
    assert doubtful.state == MessageState.UNKNOWN
    send_again(doubtful, actor=acting(agency.olga), at=NOW + timedelta(hours=1))
    postbox.run(NOW + timedelta(hours=1))
    (mail,) = postbox.to(agency.sarah)
    assert "Brief" in mail.text


def test_at_most_one_mail_a_day(agency, postbox, acting):
    """DESIGN 9"""
    upload(agency, acting(agency.alex), "Brief")
    postbox.run(NOW + SOON)
    upload(agency, acting(agency.alex), "Sitemap", at=NOW + timedelta(hours=1))
    postbox.run(NOW + timedelta(hours=2))
    assert len(postbox.to(agency.sarah)) == 1
    postbox.run(NOW + timedelta(hours=24))
    _first, second = postbox.to(agency.sarah)
    assert second.subject == "1 new thing in your space at Studio Nord"
    assert "Sitemap" in second.text
    assert "Brief" not in second.text


def test_a_milestone_is_told(agency, postbox, acting):
    """G1-33d, R-14"""
    milestone = add_milestone(
        agency.website, title="Design done", due_on=date(2024, 12, 20), actor=acting(agency.olga), at=NOW
    )
    reach_milestone(milestone, actor=acting(agency.olga), at=NOW)
    postbox.run(NOW + SOON)
    (mail,) = postbox.to(agency.sarah)
    assert "Design done" in mail.text
    assert "Milestone reached, Website" in mail.text


def test_what_is_not_for_the_client_is_not_told(agency, postbox, acting):
    """B2"""
    upload(agency, acting(agency.alex), canary("costs"), client_visible=False)
    postbox.run(NOW + SOON)
    assert postbox.mails == []


def test_a_document_hidden_before_the_mail_leaves(agency, postbox, acting):
    """A10"""
    document = upload(agency, acting(agency.alex), "Brief")
    postbox.run(NOW)
    document.client_visible = False
    document.save()
    postbox.run(NOW + SOON)
    assert postbox.mails == []


@pytest.mark.parametrize("off", [ContactNotice.DOCUMENTS, ContactNotice.MILESTONES])
def test_switched_off(agency, postbox, acting, off):
    """G1-33d, G1-33e: what one person switched off is no news for them, and still is for the others."""
    olga = acting(agency.olga)
    set_preferences(agency.sarah, {off: False}, actor=acting(agency.sarah), at=NOW)
    if off == ContactNotice.DOCUMENTS:
        upload(agency, olga, "Brief")
    else:
        milestone = add_milestone(agency.website, title="Done", due_on=date(2024, 12, 20), actor=olga, at=NOW)
        reach_milestone(milestone, actor=olga, at=NOW)
    postbox.run(NOW + SOON)
    assert postbox.to(agency.sarah) == []
    assert len(postbox.to(agency.mark)) == 1


def test_a_clients_upload_reaches_the_team_and_not_the_client(agency, postbox, acting):
    """G1-43c, R-03"""
    upload(agency, acting(agency.sarah), "Logo")
    postbox.run(NOW + SOON)
    assert postbox.to(agency.mark) == []
    (mail,) = postbox.to(agency.alex)
    assert mail.subject == "New file from Acme Corp: Logo"
    assert "Sarah Lopez has uploaded Logo" in mail.text
    assert InboxItem.objects.get(member=agency.alex).kind == "upload"
