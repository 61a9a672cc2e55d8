"""A message exists once per reason (RELIABILITY 0.5)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from parvis.core.ids import uuid7
from parvis.outbox.delivery import deliver
from parvis.outbox.models import Message
from parvis.outbox.tests.factories import AT, LATER, Basket, make_message, make_workspace


@pytest.mark.django_db
def test_a_key_makes_one_message_and_the_transaction_goes_on():
    workspace = make_workspace()

    with transaction.atomic():
        first = make_message(workspace)
        assert make_message(workspace) is None
        assert make_message(workspace, "welcome:2") is not None

    assert Message.objects.count() == 2
    assert first.rfc_message_id == Message.objects.get(key="welcome:1").rfc_message_id


@pytest.mark.django_db
def test_two_workspaces_may_use_the_same_key():
    assert make_message(make_workspace())
    assert make_message(make_workspace("other"))


@pytest.mark.django_db
def test_a_message_has_one_recipient():
    with pytest.raises(ValueError, match="one recipient"):
        make_message(make_workspace(), member_id=uuid7())


@pytest.mark.django_db
def test_a_message_holds_no_text():
    with pytest.raises(ValueError, match="Free text"):
        make_message(make_workspace(), payload={"note": "Dear Sarah"})


@pytest.mark.django_db
def test_a_message_waits_for_its_moment():
    make_message(make_workspace(), not_before=AT + timedelta(hours=1))
    assert not deliver(LATER, Basket())
    assert deliver(AT + timedelta(hours=1), Basket()) == {"sent": 1}


@pytest.mark.django_db(transaction=True)
def test_of_many_who_enqueue_the_same_key_one_succeeds():
    workspace = make_workspace()
    start = threading.Barrier(6)
    made = []

    def work():
        start.wait()
        for number in range(10):
            with transaction.atomic():
                made.append(make_message(workspace, f"reminder:{number}") is not None)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(made), sum(made), Message.objects.count()) == (60, 10, 10)
