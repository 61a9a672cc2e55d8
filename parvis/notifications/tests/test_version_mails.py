"""A version is ready: who hears of it, what the mail says, and when it is not sent after all."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.access import ContactRole
from parvis.clients.actions.grants import open_link, revoke_access
from parvis.clients.models import MembershipState
from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.deliverables.actions import Terms, add_remark, decide, withdraw_version
from parvis.deliverables.models import Purpose, Verdict
from parvis.events.dispatching import dispatch
from parvis.files.previews import draw_previews
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.preferences import set_preferences
from parvis.outbox.models import Message, MessageState
from tests.factories import (
    SUNDAY,
    canary,
    make_contact,
    make_draft,
    make_file,
    make_project,
    publish,
    staff_of,
)

NOW = SUNDAY
SECRET = re.compile(r"/in/([\w-]+)/")


def reasons():
    return set(Message.objects.filter(state=MessageState.CANCELLED).values_list("result_reason", flat=True))


def test_everybody_who_sees_it_hears_of_a_version_and_approvers_are_asked(agency, postbox):
    """G1-33a"""
    observer = make_contact(agency.acme, "Oscar Lee", role=ContactRole.OBSERVER)
    billing = make_contact(agency.acme, "Bill Fay", role=ContactRole.BILLING)
    homepage = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(homepage, note="Bigger logo.")

    postbox.run(NOW)

    (to_sarah,) = postbox.to(agency.sarah)
    assert to_sarah.subject == "Homepage, version 1: your approval by Wednesday"
    assert "Your approval is needed by Wednesday 18 December" in to_sarah.text
    assert "Also asked: Mark." in to_sarah.text
    assert "> Bigger logo." in to_sarah.text
    (to_observer,) = postbox.to(observer)
    assert to_observer.subject == "Homepage, version 1: for your information"
    assert postbox.to(billing) == []
    assert postbox.to(agency.bo) == []


def test_a_letter_reads_what_it_is_about_once(agency, postbox):
    """PERFORMANCE G8: whether it is still due and what it says are questions about the same rows."""
    publish(make_draft(agency.website, approvers=[agency.sarah, agency.mark]))
    dispatch(NOW)

    with CaptureQueriesContext(connection) as captured:
        mails = postbox.run(NOW)

    def read(table: str) -> int:
        return sum(f' FROM "{table}" ' in query["sql"] for query in captured)

    for table in ("deliverables_deliverableversion", "clients_membership", "deliverables_approverslot"):
        assert read(table) == len(mails) == 2, table
    assert read("workspaces_branding") == read("workspaces_workingcalendar") == 0


def test_the_link_opens_the_deliverable(agency, postbox):
    """K-30, G1-33a"""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)

    (mail,) = postbox.run(NOW)[:1]

    secret = mail.links[0].rstrip("/").rsplit("/", 1)[1]
    assert mail.links[0] == f"http://localhost:8000/p/studio-nord/in/{secret}/"
    opened = open_link(secret, device_secret=None, label="Firefox", at=NOW)
    assert (opened.contact, opened.next_path) == (agency.sarah, f"/deliverables/{homepage.pk}/")


def test_headers_of_a_mail(agency, postbox):
    """F10, A-09"""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)

    (mail,) = [mail for mail in postbox.run(NOW) if mail.to == agency.sarah.email]

    headers = mail.message
    assert str(headers["From"]).startswith('"Olga, Studio Nord" <')
    assert headers["Reply-To"].addresses[0].addr_spec == agency.olga.user.email
    assert len(headers["To"].addresses) == 1
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["References"]
    assert headers["List-Unsubscribe"] is None
    assert len(mail.html.encode()) < 30_000


def test_mails_about_one_deliverable_stand_in_one_thread(agency, postbox):
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)
    postbox.run(NOW)
    publish(homepage, at=NOW + timedelta(days=1))
    postbox.run(NOW + timedelta(days=1))

    first, second = postbox.to(agency.sarah)
    assert first.message["References"] == second.message["References"]
    assert first.message["Message-ID"] != second.message["Message-ID"]
    assert "It replaces version 1, which no longer waits for an answer." in second.text


@pytest.mark.parametrize(
    ("purpose", "words"),
    [(Purpose.FEEDBACK, "what do you think?"), (Purpose.INFORMATION, "for your information")],
)
def test_what_is_asked_stands_in_the_subject(agency, postbox, purpose, words):
    """G1-37b, c"""
    publish(make_draft(agency.website, purpose=purpose))
    postbox.run(NOW)
    assert {mail.subject for mail in postbox.mails} == {f"Homepage, version 1: {words}"}


def test_access_revoked_between_queue_and_sending(agency, postbox, acting):
    """A10"""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)
    dispatch(NOW)
    revoke_access(agency.sarah.memberships.get(), actor=acting(agency.olga), at=NOW)
    postbox.run(NOW)

    assert postbox.to(agency.sarah) == []
    assert reasons() == {"access"}


def test_a_replaced_version_is_not_announced(agency, postbox):
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)
    dispatch(NOW)
    publish(homepage)
    postbox.run(NOW)

    (mail,) = postbox.to(agency.sarah)
    assert "version 2" in mail.subject
    assert reasons() == {"replaced"}


def test_every_mail_brings_a_link_of_its_own(agency, postbox):
    """K-31: unique, and made anew at each sending; each opens, on the device that opened the first."""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    later = NOW + timedelta(days=1)
    for at in (NOW, later):
        publish(homepage, at=at)
        postbox.run(at)
    first, second = (SECRET.search(mail.text)[1] for mail in postbox.to(agency.sarah))
    assert first != second
    device = open_link(first, device_secret=None, label="", at=later).device_secret
    assert open_link(second, device_secret=device, label="", at=later).contact == agency.sarah


def test_whoever_switched_it_off_hears_nothing(agency, postbox, acting):
    """G1-33a"""
    choices = {ContactNotice.DELIVERABLE_READY: False}
    set_preferences(agency.sarah, choices, actor=acting(agency.sarah), at=NOW)
    publish(make_draft(agency.website, approvers=[agency.sarah]))
    postbox.run(NOW)
    assert postbox.to(agency.sarah) == []


def test_a_client_whose_default_is_off_hears_nothing(agency, postbox):
    """G1-09"""
    agency.acme.portal.notification_defaults = {"deliverable_ready": False}
    agency.acme.portal.save()
    publish(make_draft(agency.website, approvers=[agency.sarah]))
    assert postbox.run(NOW) == []


def test_who_was_never_invited_is_only_written_to_as_an_approver(agency, postbox):
    stranger = make_contact(agency.acme, "Ann Ray", state=MembershipState.NONE)
    asked = make_contact(agency.acme, "Ivo Kern", state=MembershipState.NONE)
    publish(make_draft(agency.website, approvers=[asked]))
    postbox.run(NOW)
    assert postbox.to(stranger) == []
    assert len(postbox.to(asked)) == 1


def test_a_membership_that_does_not_reach_the_project(agency, postbox):
    """A-38"""
    other = make_project(agency.acme, "Logo")
    elsewhere = make_contact(agency.acme, "Eva Moss", projects=[other])
    publish(make_draft(agency.website, approvers=[agency.sarah]))
    postbox.run(NOW)
    assert postbox.to(elsewhere) == []


def test_approvers_in_a_row_are_asked_one_after_the_other(agency, postbox, acting):
    """A-14"""
    homepage = make_draft(
        agency.website,
        approvers=[agency.sarah, agency.mark],
        terms=Terms(required_approvers=2, order="sequential"),
    )
    version = publish(homepage)
    postbox.run(NOW)
    (to_sarah,) = postbox.to(agency.sarah)
    assert "Also asked" not in to_sarah.text + to_sarah.html  # Mark was not
    assert postbox.to(agency.mark) == []

    decide(homepage, version_id=version.pk, verdict=Verdict.APPROVED, actor=acting(agency.sarah), at=NOW)
    postbox.run(NOW)

    (to_mark,) = postbox.to(agency.mark)
    assert "your approval by Wednesday" in to_mark.subject


def test_the_mail_counts_the_remarks_that_were_handled(agency, postbox, acting):
    """G1-17"""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)
    facts = {"version_id": homepage.current_version_id, "actor": acting(agency.sarah), "at": NOW}
    remarks = [add_remark(homepage, body=body, **facts) for body in ("Bigger.", "Greener.")]
    publish(homepage, settles=[remark.pk for remark in remarks])
    postbox.run(NOW)
    (mail,) = [mail for mail in postbox.to(agency.sarah) if "version 2" in mail.subject]
    assert "2 remarks are handled in it." in mail.text
    assert "2 remarks are handled in it." in mail.html


def test_a_withdrawn_version_is_called_back(agency, postbox):
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage)
    postbox.run(NOW)
    withdraw_version(homepage, actor=staff_of(agency.workspace), at=NOW)
    postbox.run(NOW)

    _ready, back = postbox.to(agency.sarah)
    assert back.subject == "Homepage, version 1: taken back, nothing to do"
    assert back.links == []


def test_whoever_withdraws_reads_beforehand_who_is_written_to(agency, postbox, client):
    """DOMAIN 3.3: nothing happens before it is confirmed; those who were named get the mail, nobody else."""
    nora = make_contact(agency.acme, "Nora Berg")
    homepage = make_draft(agency.website, approvers=[agency.sarah, nora], terms=Terms(order="sequential"))
    publish(homepage)
    page = reverse("deliverables:withdraw", args=[homepage.pk])
    client.force_login(agency.olga.user)
    assert "nobody gets a mail" in client.get(page).text
    told = {mail.to for mail in postbox.run(NOW)}
    assert agency.sarah.email in told
    assert nora.email not in told
    shown = client.get(page)
    assert "goes to: Sarah Lopez" in shown.text
    assert "Nora Berg" not in shown.text
    homepage.refresh_from_db()
    assert homepage.is_awaiting
    postbox.mails.clear()
    opened_for = {"version": str(shown.context["form"]["version"].value())}
    assert client.post(page, {"version": str(uuid7())}).status_code == 409
    assert client.post(page, opened_for).status_code == 302
    assert {mail.to for mail in postbox.run(now())} == told
    assert client.get(page).status_code == 409


def test_the_picture_comes_with_the_mail(agency, postbox):
    """DESIGN 9"""
    file = make_file(agency.workspace)
    draw_previews(file.pk, at=NOW)
    publish(make_draft(agency.website, approvers=[agency.sarah]), files=[file])
    (mail,) = [mail for mail in postbox.run(NOW) if mail.to == agency.sarah.email]

    (picture,) = [part for part in mail.message.walk() if part.get_content_type() == "image/jpeg"]
    assert picture["Content-ID"] == "<preview>"
    assert 'src="cid:preview"' in mail.html
    assert 'alt="Preview of Homepage"' in mail.html


def test_nothing_internal_is_in_the_mail(agency, postbox):
    """B2"""
    agency.website.title = canary("internal name")
    agency.website.external_name = "Our website"
    agency.website.save()
    publish(make_draft(agency.website, purpose=Purpose.INFORMATION))
    postbox.run(NOW)
    assert postbox.mails
    assert not [mail for mail in postbox.mails if "zq7canary" in mail.everything]


@pytest.mark.parametrize("language", ["fr", "en", "es", "pt"])
def test_the_mail_speaks_the_readers_language(agency, postbox, language):
    """A-25"""
    agency.sarah.language = language
    agency.sarah.save()
    publish(make_draft(agency.website, approvers=[agency.sarah]), note="Fertig.")
    (mail,) = [mail for mail in postbox.run(NOW) if mail.to == agency.sarah.email]
    assert mail.message["Content-Language"] == language
    assert f'lang="{language}"' in mail.html
    days = {"fr": "mercredi", "en": "Wednesday", "es": "miércoles", "pt": "quarta-feira"}
    assert days[language] in mail.subject
    assert mail.links[0] in mail.html
