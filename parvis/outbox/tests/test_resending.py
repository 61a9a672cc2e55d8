"""What may not have arrived is sent again by a person, once (F7, A-40)."""

from dataclasses import replace

import pytest

from parvis.access import Actor, ActorKind, Forbidden, Role
from parvis.core.ids import uuid7
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.outbox.actions import NotInDoubt, send_again
from parvis.outbox.carrying import Uncertain
from parvis.outbox.delivery import deliver
from parvis.outbox.models import Message
from parvis.outbox.tests.factories import LATER, Basket, make_message, make_workspace


@pytest.fixture
def doubtful(db):
    """A message that perhaps arrived, and Alex of its workspace."""
    workspace = make_workspace()
    make_message(workspace)
    deliver(LATER, Basket(**{"welcome:1": Uncertain("TimeoutError")}))
    alex = Actor(workspace.pk, ActorKind.MEMBER, "Alex", member_id=uuid7(), role=Role.MEMBER)
    return Message.objects.get(), alex


def test_a_member_sends_it_again_and_the_log_says_so(doubtful):
    message, alex = doubtful
    send_again(message, actor=alex, at=LATER)
    basket = Basket()
    deliver(LATER, basket)

    assert basket.carried == [f"again:{message.pk}"]
    assert not Message.objects.troubled().exists()
    assert Event.objects.get().kind == EventKind.MAIL_RESENT


def test_what_failed_is_sent_as_a_new_message(doubtful):
    """F7: the first row keeps telling that it failed; two clicks send once."""
    message, alex = doubtful
    Message.objects.filter(pk=message.pk).update(state="failed", error="smtp:550")
    again = send_again(message, actor=alex, at=LATER)
    with pytest.raises(NotInDoubt):
        send_again(message, actor=alex, at=LATER)
    deliver(LATER, basket := Basket())

    assert basket.carried == [again.key]
    message.refresh_from_db()
    assert (message.state, message.result_reason) == ("failed", "resent")


def test_of_two_who_send_it_again_the_second_is_told(doubtful):
    message, alex = doubtful
    send_again(message, actor=alex, at=LATER)
    with pytest.raises(NotInDoubt):
        send_again(message, actor=alex, at=LATER)
    assert Message.objects.count() == 2


def test_what_was_sent_is_not_in_doubt(doubtful):
    message, alex = doubtful
    Message.objects.filter(pk=message.pk).update(state="sent")
    with pytest.raises(NotInDoubt):
        send_again(message, actor=alex, at=LATER)


def test_a_contact_sends_nothing_again(doubtful):
    message, _alex = doubtful
    sarah = Actor(message.workspace_id, ActorKind.CONTACT, "Sarah", contact_id=uuid7())
    with pytest.raises(Forbidden):
        send_again(message, actor=sarah, at=LATER)
    assert not Message.objects.visible_to(sarah).exists()


def test_the_lowest_role_sends_again_what_goes_to_its_own_clients(doubtful):
    """F7, G2-24a: a right of every role, and `require` knows the client as `visible_to` does."""
    message, alex = doubtful
    acme, borealis = uuid7(), uuid7()
    Message.objects.filter(pk=message.pk).update(payload={"client_id": str(acme)})
    message.refresh_from_db()
    elsewhere = replace(alex, assigned_client_ids=frozenset({borealis}))
    assert not Message.objects.visible_to(elsewhere).exists()
    with pytest.raises(Forbidden):
        send_again(message, actor=elsewhere, at=LATER)
    here = replace(alex, assigned_client_ids=frozenset({acme}))
    assert Message.objects.visible_to(here).get() == message
    assert send_again(message, actor=here, at=LATER)


def test_a_member_of_another_workspace_neither_sees_nor_sends_it(doubtful):
    message, _alex = doubtful
    stranger = Actor(make_workspace("other").pk, ActorKind.MEMBER, "Bo", member_id=uuid7(), role=Role.OWNER)
    with pytest.raises(Forbidden):
        send_again(message, actor=stranger, at=LATER)
    assert not Message.objects.visible_to(stranger).exists()
