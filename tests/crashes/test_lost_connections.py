"""S5: PostgreSQL ends a connection half-way; all or nothing happened, and the next try works."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection

from parvis.core.clock import now
from parvis.deliverables.models import Decision
from parvis.events.dispatching import dispatch
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.notifications.tests.postbox import Postbox
from parvis.outbox.claims import LEASE
from parvis.outbox.delivery import deliver
from parvis.outbox.models import Message, MessageState
from parvis.outbox.worker import Worker
from tests.clients import PortalBrowser
from tests.factories import make_draft, publish

pytestmark = [pytest.mark.postgres, pytest.mark.full, pytest.mark.django_db(transaction=True)]


@contextmanager
def dropped_at(beginning: str, containing: str = ""):
    """The server ends our connection just before the first statement that begins and contains so."""
    operator = connection.copy()
    statements: list[str] = []

    def drop(execute, sql, parameters, many, context):
        if not statements and sql.startswith(beginning) and containing in f"{sql} {parameters}":
            statements.append(sql)
            with operator.cursor() as cursor:
                pid = connection.connection.info.backend_pid
                cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [pid])
        return execute(sql, parameters, many, context)

    try:
        with connection.execute_wrapper(drop):
            yield
    finally:
        operator.close()
    assert statements
    close_old_connections()  # as after every request


@pytest.fixture
def homepage(agency):
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    publish(deliverable, at=now())
    return deliverable


def test_a_decision_is_made_whole_or_not_at_all(agency, homepage):
    """G1: the row of the deliverable was changed already when the connection went."""
    browser = PortalBrowser(agency.workspace, raise_request_exception=False)
    browser.enter(agency.sarah, agency.acme)
    answer = {"version": str(homepage.current_version_id), "verdict": "approved"}
    address = f"/deliverables/{homepage.pk}/decisions/"
    with dropped_at('INSERT INTO "deliverables_decision"'):
        response = browser.post(address, answer)
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    homepage.refresh_from_db()
    assert homepage.is_awaiting
    assert not Decision.objects.exists()
    assert not Event.objects.filter(kind=EventKind.DELIVERABLE_DECIDED).exists()

    assert browser.post(address, answer).status_code == 302
    homepage.refresh_from_db()
    assert homepage.state == "approved"


def test_an_event_is_handled_once_though_its_handler_was_cut_off(agency, homepage):
    """F7: effect and mark go together."""
    at = now()
    with dropped_at('INSERT INTO "outbox_message"'):
        dispatch(at)
    assert not Message.objects.filter(contact_id=agency.sarah.pk).exists()
    while dispatch(at + timedelta(minutes=5)):
        pass
    assert Message.objects.filter(contact_id=agency.sarah.pk).count() == 1


def test_a_mail_that_left_while_the_connection_went_is_marked_over_the_next(agency, homepage):
    """F7: the server had accepted it; marked as sent, and not sent again."""
    at, box = now() + timedelta(minutes=1), Postbox()
    while dispatch(at):
        pass
    with dropped_at("UPDATE outbox_message", containing="sent_at = "):
        deliver(at, box)
    deliver(at + LEASE + timedelta(minutes=1), box)
    assert len(box.to(agency.sarah)) == 1
    assert Message.objects.get(contact_id=agency.sarah.pk).state == MessageState.SENT


def test_a_worker_goes_on_with_a_new_connection(agency, homepage, settings):
    """The process stays: what it could not do it does a moment later."""
    settings.CARRIER = "parvis.notifications.tests.postbox.Postbox"

    def clock():
        if Message.objects.exists():
            worker.stop()
        return now() + timedelta(minutes=1)

    worker = Worker(clock)
    with dropped_at("SELECT", containing="events_eventdelivery"):
        worker.run()
    assert Message.objects.filter(contact_id=agency.sarah.pk).count() == 1
