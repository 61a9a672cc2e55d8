"""Something new is noted while the mail about what came before is being made, on PostgreSQL (G1-33e, F7)."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from parvis.documents.actions import add_document, folders_of
from parvis.events.dispatching import dispatch
from parvis.notifications.models import ActivityLine
from parvis.notifications.tests.postbox import Postbox
from parvis.outbox.delivery import deliver
from tests.factories import SUNDAY, make_file
from tests.races.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.full, pytest.mark.django_db(transaction=True)]

SOON = SUNDAY + timedelta(minutes=11)
BLOCKED_SECONDS = 2  # whoever waits for us for so long will wait until we are done


def test_what_is_noted_while_the_mail_leaves_is_told_all_the_same(agency, acting):
    def upload(title, at):
        folder, file = folders_of(agency.website)[0], make_file(agency.workspace, f"{title}.png")
        actor = acting(agency.alex)
        add_document(agency.website, folder=folder, title=title, file=file, actor=actor, at=at)

    is_noted, has_left = threading.Event(), threading.Event()

    def note():
        with transaction.atomic():  # noted, and not yet there for others
            while dispatch(SOON):
                pass
            is_noted.set()
            has_left.wait(BLOCKED_SECONDS)

    def send():
        assert is_noted.wait(30)
        deliver(SOON, box)
        has_left.set()

    box = Postbox()
    upload("Brief", SUNDAY)
    while dispatch(SUNDAY):
        pass
    upload("Sitemap", SOON)

    together([note, send])
    for moment in (SOON, SOON + timedelta(days=1)):
        deliver(moment, box)

    told = "".join(mail.text for mail in box.to(agency.sarah))
    assert "Brief" in told and "Sitemap" in told
    assert not ActivityLine.objects.filter(told_at=None).exists()
