"""From `new` to its end: every way a delivery can go (F7, F8, A10)."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.core.failpoints import FailpointReached, arm, disarm
from parvis.outbox.carrying import PermanentFailure, TransientFailure, Uncertain
from parvis.outbox.claims import LEASE
from parvis.outbox.delivery import PAUSES, deliver
from parvis.outbox.models import Message, MessageState, WorkerBeat
from parvis.outbox.tests.factories import AT, LATER, RESULTS, Basket, make_message, make_workspace

AFTER_THE_LEASE = LATER + LEASE + timedelta(minutes=1)


def tokens():
    """How many rows rendering left behind."""
    return WorkerBeat.objects.filter(process__startswith="token:").count()


@pytest.mark.django_db
def test_a_message_is_sent_once_and_its_owner_hears_of_it():
    make_message(make_workspace())
    basket = Basket()

    assert [deliver(LATER, basket), deliver(LATER, basket)] == [{"sent": 1}, {}]

    message = Message.objects.get()
    assert (message.state, basket.carried, RESULTS) == ("sent", ["welcome:1"], [("welcome:1", "sent")])
    assert message.sent_at >= LATER
    assert tokens() == 1


@pytest.mark.django_db
def test_what_its_owner_no_longer_wants_is_not_sent():
    make_message(make_workspace(), payload={"cancel": "access"})
    basket = Basket()

    assert deliver(LATER, basket) == {"cancelled": 1}

    assert Message.objects.get().result_reason == "access"
    assert (basket.carried, tokens(), RESULTS) == ([], 0, [("welcome:1", "cancelled")])


@pytest.mark.django_db
def test_a_server_that_is_busy_is_asked_again_five_times_within_a_day():
    make_message(make_workspace())
    busy = Basket(**{"welcome:1": TransientFailure("smtp:450")})

    moments, moment = [], LATER
    while Message.objects.get().state == MessageState.NEW:
        deliver(moment, busy)
        moments.append(moment)
        moment = max(moment, Message.objects.get().due_at)

    message = Message.objects.get()
    assert len(moments) == 1 + len(PAUSES)
    assert timedelta(hours=23, minutes=59) < moments[-1] - moments[0] < timedelta(hours=24, minutes=1)
    assert (message.state, message.error, RESULTS) == ("failed", "smtp:450", [("welcome:1", "failed")])


@pytest.mark.django_db
def test_a_message_put_off_is_sent_when_the_server_is_back():
    make_message(make_workspace())
    deliver(LATER, Basket(closed=True))
    message = Message.objects.get()
    assert (message.state, message.attempts, message.error) == ("new", 1, "ConnectionRefusedError")

    assert deliver(LATER + PAUSES[0] / 2, Basket()) == {}
    assert deliver(LATER + PAUSES[0] * 2, Basket()) == {"sent": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("carrier", "error"),
    [
        ("parvis.outbox.tests.factories.nowhere", "ImproperlyConfigured"),
        (Basket(closed=UnicodeError("a password with an é")), "UnicodeError"),
    ],
)
def test_a_way_out_that_cannot_be_opened_uses_up_attempts_like_a_server_that_is_away(
    carrier, error, settings
):
    """F8: whatever is wrong with it, the mail ends `failed`, and its owner hears of it."""
    make_message(make_workspace())
    if isinstance(carrier, str):
        settings.CARRIER, carrier = carrier, None

    moment = LATER
    for attempt in range(len(PAUSES)):
        assert deliver(moment, carrier) == {"put_off": 1}
        message = Message.objects.get()
        assert (message.attempts, message.error, message.lease_until) == (attempt + 1, error, None)
        moment = message.due_at + timedelta(seconds=1)

    assert deliver(moment, carrier) == {"failed": 1}
    assert RESULTS == [("welcome:1", "failed")]


@pytest.mark.django_db
def test_a_mail_that_breaks_off_for_no_known_reason_is_in_doubt_and_the_next_goes_out():
    """F7: nobody knows how far it came."""
    workspace = make_workspace()
    make_message(workspace)
    make_message(workspace, "welcome:2")

    assert deliver(LATER, Basket(**{"welcome:1": ValueError()})) == {"unknown": 1, "sent": 1}

    assert RESULTS == [("welcome:1", "unknown"), ("welcome:2", "sent")]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["welcome:1", "pack_welcome:1"])
def test_a_refusal_is_final_and_the_next_message_goes_out(where):
    workspace = make_workspace()
    make_message(workspace)
    make_message(workspace, "welcome:2")

    outcomes = deliver(LATER, Basket(**{where: PermanentFailure("smtp:550")}))

    assert outcomes == {"failed": 1, "sent": 1}
    assert ("welcome:1", "failed") in RESULTS


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_leaves_no_token():
    make_message(make_workspace())
    deliver(LATER, Basket(**{"pack_welcome:1": PermanentFailure("BadHeaderError")}))
    assert tokens() == 0


@pytest.mark.django_db
def test_an_answer_that_never_came_is_shown_and_not_repeated():
    make_message(make_workspace())
    assert deliver(LATER, Basket(**{"welcome:1": Uncertain("TimeoutError")})) == {"unknown": 1}

    basket = Basket()
    assert deliver(LATER + timedelta(days=3), basket) == {}
    assert (basket.carried, RESULTS) == ([], [("welcome:1", "unknown")])
    assert Message.objects.troubled().count() == 1
    assert tokens() == 1, "the link in a letter that did arrive must open"


@pytest.mark.django_db
def test_a_bug_of_one_owner_does_not_stop_the_mail_of_others():
    workspace = make_workspace()
    make_message(workspace, payload={"bug": 1})
    make_message(workspace, "other:1", kind="no such kind")
    make_message(workspace, "welcome:2")

    assert deliver(LATER, Basket()) == {"put_off": 2, "sent": 1}

    assert tokens() == 1, "what the failed rendering wrote was taken back"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("payload", [{"bug": 1}, {"uncommittable": 1}, {"cancel": "access"}])
def test_a_letter_that_cannot_be_made_takes_nothing_back_of_the_one_before(payload):
    workspace = make_workspace()
    make_message(workspace)
    make_message(workspace, "next:1", payload=payload)
    make_message(workspace, "welcome:2", at=AT + timedelta(seconds=1))
    basket = Basket()

    deliver(LATER, basket)

    assert basket.carried == ["welcome:1", "welcome:2"]
    assert set(Message.objects.filter(key__startswith="welcome").values_list("state", flat=True)) == {"sent"}
    assert Message.objects.get(key="next:1").state in {"new", "cancelled"}
    assert tokens() == 2


@pytest.mark.django_db(transaction=True)
def test_a_batch_commits_once_for_each_letter():
    """PERFORMANCE G8: with SQLite every commit waits for the disk."""

    def commits(letters):
        workspace = make_workspace(f"with-{letters}")
        for number in range(letters):
            make_message(workspace, f"welcome:{number}")
        with CaptureQueriesContext(connection) as captured:
            assert deliver(LATER, Basket()) == {"sent": letters}
        return sum(query["sql"] == "COMMIT" for query in captured)

    assert commits(12) - commits(4) == 8


@pytest.mark.django_db
def test_an_owner_that_cannot_take_the_result_does_not_make_it_unknown():
    make_message(make_workspace(), kind="deaf")
    assert deliver(LATER, Basket()) == {"sent": 1}
    assert Message.objects.get().state == MessageState.SENT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("failpoint", "state", "carried"),
    [
        ("outbox.before_prepared", "sent", 1),  # nothing left the house: the row is free again
        ("outbox.before_send", "unknown", 0),
        ("outbox.after_send", "unknown", 1),
        ("outbox.after_mark", "sent", 1),
    ],
)
def test_where_a_worker_dies_decides_whether_it_is_sent_again_or_shown(failpoint, state, carried):
    make_message(make_workspace())
    basket = Basket()
    arm(failpoint, "raise")
    try:
        with pytest.raises(FailpointReached):
            deliver(LATER, basket)
    finally:
        disarm()

    assert deliver(LATER, basket) == {}, "the lease of the dead worker still holds"
    deliver(AFTER_THE_LEASE, basket)

    assert (Message.objects.get().state, len(basket.carried), tokens()) == (state, carried, 1)
    assert len(RESULTS) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_making_the_next_letter_leaves_one_in_doubt():
    workspace = make_workspace()
    for number in range(3):
        make_message(workspace, f"welcome:{number}", at=AT + timedelta(seconds=number))
    basket = Basket()
    arm("outbox.before_prepared", "raise", passes=1)
    try:
        with pytest.raises(FailpointReached):
            deliver(LATER, basket)
    finally:
        disarm()

    deliver(AFTER_THE_LEASE, basket)

    assert basket.carried == ["welcome:0", "welcome:1", "welcome:2"]
    states = Message.objects.order_by("due_at").values_list("state", flat=True)
    assert list(states) == ["unknown", "sent", "sent"]
    assert RESULTS[-3:] == [(f"welcome:{number}", state) for number, state in enumerate(states)]
    assert tokens() == 3


@pytest.mark.django_db
def test_a_workspace_with_much_mail_does_not_keep_the_others_waiting():
    big, small = make_workspace("big"), make_workspace("small")
    for number in range(50):
        make_message(big, f"mailing:{number}")
    for number in range(3):
        make_message(small, f"invitation:{number}", at=AT + timedelta(seconds=30))
    basket = Basket()

    deliver(LATER, basket, limit=10)

    assert Counter(key.split(":")[0] for key in basket.carried) == {"mailing": 5, "invitation": 3}


@pytest.mark.django_db
def test_what_nobody_waits_for_gives_way():
    """A link asked for at nine does not leave after all the reminders of that hour."""
    workspace = make_workspace()
    for number in range(4):
        make_message(workspace, f"reminder:{number}", kind="reminder")
    make_message(workspace, "link:1", at=AT + timedelta(seconds=30))
    basket = Basket()

    deliver(LATER, basket, limit=3)
    assert basket.carried == ["link:1", "reminder:0", "reminder:1"]
    deliver(LATER, basket, limit=3)
    assert basket.carried[3:] == ["reminder:2", "reminder:3"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_together_send_every_message_once():
    workspaces = [make_workspace(slug) for slug in ("nord", "verdier", "sud")]
    for workspace in workspaces:
        for number in range(20):
            make_message(workspace, f"{workspace.slug}:{number}")
    basket, start = Basket(), threading.Barrier(4)

    def work():
        start.wait()
        while deliver(LATER, basket, limit=7):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while deliver(AFTER_THE_LEASE, basket):
        pass

    assert Counter(Counter(basket.carried).values()) == {1: 60}
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
