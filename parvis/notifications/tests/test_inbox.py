"""The inbox: one thing after the other; undo; nobody reads another's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from parvis.deliverables.actions import Terms, add_remark, decide
from parvis.deliverables.due import due
from parvis.deliverables.models import Verdict
from parvis.notifications.inbox.actions import ItemGone, finish, snooze
from parvis.notifications.inbox.troubles import explain_trouble
from parvis.notifications.models import InboxItem, Preference
from parvis.outbox.models import Message, MessageState
from tests.factories import SUNDAY, make_draft, make_member, publish

NOW = SUNDAY


@pytest.fixture
def items(agency, postbox, acting):
    """Two things before Alex: a comment and a decision."""
    homepage = make_draft(agency.website, approvers=[agency.sarah, agency.mark], terms=Terms())
    publish(homepage)
    version = homepage.current_version_id
    add_remark(homepage, version_id=version, body="The logo is too small.", actor=acting(agency.mark), at=NOW)
    decide(
        homepage,
        version_id=version,
        verdict=Verdict.CHANGES_REQUESTED,
        note="Bigger logo.",
        actor=acting(agency.sarah),
        at=NOW,
    )
    postbox.run(NOW)
    return InboxItem.objects.filter(member=agency.alex).order_by("-at", "-id")


@pytest.fixture
def alex(agency, client):
    client.force_login(agency.alex.user)
    return client


def test_the_newest_thing_opens_by_itself(alex, items):
    page = alex.get(reverse("notifications:inbox")).content.decode()
    assert "Bigger logo." in page
    assert "Sarah Lopez" in page
    assert "Mark Weber" in page
    assert "Acme Corp" in page


def test_a_comment_shows_its_words(alex, items):
    comment = items.get(kind="comment")
    page = alex.get(reverse("notifications:item", args=[comment.pk])).content.decode()
    assert "The logo is too small." in page


def test_an_escalation_names_only_whose_turn_it_is(agency, client, postbox):
    """A-14, G1-02c: on the card as in the mail beside it; in a sequence nobody waits for the second yet."""
    terms = Terms(required_approvers=2, order="sequential")
    homepage = make_draft(agency.website, approvers=[agency.sarah, agency.mark], terms=terms)
    publish(homepage)
    late = NOW + timedelta(days=10)
    due(late)
    postbox.run(late)

    item = InboxItem.objects.get(kind="escalation", member=agency.olga)
    client.force_login(agency.olga.user)
    page = client.get(reverse("notifications:item", args=[item.pk])).content.decode()
    assert "Sarah Lopez" in page and "Mark Weber" not in page
    (mail,) = [mail for mail in postbox.to(agency.olga) if "Overdue" in mail.subject]
    assert "Still to answer: Sarah Lopez." in mail.text


def test_sorting_opens_the_next_one_and_can_be_undone(alex, items):
    first, second = items
    answer = alex.post(reverse("notifications:completion", args=[first.pk]))
    assert answer.url == reverse("notifications:item", args=[second.pk])
    assert first.pk not in InboxItem.objects.waiting(NOW).values_list("pk", flat=True)

    page = alex.get(answer.url).content.decode()
    assert reverse("notifications:reopening", args=[first.pk]) in page
    alex.post(reverse("notifications:reopening", args=[first.pk]))
    first.refresh_from_db()
    assert first.state == "open"


def test_the_last_one_leaves_an_empty_inbox(alex, items):
    for item in items:
        answer = alex.post(reverse("notifications:completion", args=[item.pk]))
    assert answer.url == reverse("notifications:inbox")
    assert "Everything sorted" in alex.get(answer.url).content.decode()


def test_what_is_put_off_comes_back_in_the_morning(items, agency, acting):
    item = items[0]
    until = snooze(item, actor=acting(agency.alex), at=NOW)
    assert until.isoformat() == "2024-12-16T08:00:00+00:00"  # nine in Paris
    assert item not in InboxItem.objects.waiting(until - timedelta(seconds=1))
    assert item in InboxItem.objects.waiting(until)


def test_nobody_reads_or_sorts_anothers_inbox(agency, client, items, acting):
    client.force_login(agency.olga.user)
    item = items[0]
    assert client.get(reverse("notifications:item", args=[item.pk])).status_code == 404
    assert client.post(reverse("notifications:completion", args=[item.pk])).status_code == 404
    with pytest.raises(ItemGone):
        finish(item, actor=acting(agency.olga), at=NOW)


def test_an_item_is_sorted_once(items, agency, acting):
    finish(items[0], actor=acting(agency.alex), at=NOW)
    done = InboxItem.objects.get(state="done")
    with pytest.raises(ItemGone):
        finish(done, actor=acting(agency.alex), at=NOW)


def test_what_may_not_have_arrived_is_sent_again_by_a_person(agency, alex, items, postbox):
    """F7"""
    from parvis.notifications.staff.trouble import report

    message = Message.objects.filter(kind="contacts.receipt").get()
    Message.objects.filter(pk=message.pk).update(state=MessageState.UNKNOWN, result_reason="")
    message.refresh_from_db()
    report(message, "unknown", NOW)
    item = InboxItem.objects.get(member=agency.alex, kind="mail_trouble")
    page = alex.get(reverse("notifications:item", args=[item.pk])).content.decode()
    assert "may have arrived" in page

    alex.post(reverse("notifications:resending", args=[item.pk]))
    item.refresh_from_db()
    assert item.state == "done"
    assert Message.objects.filter(key=f"again:{message.pk}").exists()


def test_the_number_of_queries_does_not_grow_with_the_list(
    agency, alex, items, postbox, acting, django_assert_max_num_queries
):
    for number in range(20):
        homepage = make_draft(agency.website, f"Page {number}", approvers=[agency.sarah])
        publish(homepage)
        add_remark(
            homepage,
            version_id=homepage.current_version_id,
            body="Hm.",
            actor=acting(agency.sarah),
            at=NOW,
        )
    postbox.run(NOW)
    with django_assert_max_num_queries(24):
        alex.get(reverse("notifications:inbox"))


def test_a_member_chooses_which_mails_to_get(agency, alex):
    page = alex.get(reverse("notifications:preferences"))
    assert page.status_code == 200
    alex.post(reverse("notifications:preferences"), {"on": ["decisions"]})
    assert Preference.objects.filter(member=agency.alex, is_on=True).get().kind == "decisions"
    assert Preference.objects.filter(member=agency.alex, is_on=False).count() == 6


def test_strangers_are_sent_to_the_way_in(client, db):
    assert client.get("/inbox/").status_code == 302


def test_an_outsider_of_the_project_sees_nothing_of_it(agency, client, items):
    """G2-24a"""
    from parvis.access import Role

    nina = make_member(agency.workspace, "Nina Roy", role=Role.MEMBER)
    item = items.get(kind="decision")
    InboxItem.objects.filter(pk=item.pk).update(member=nina)
    client.force_login(nina.user)
    assert client.get(reverse("notifications:item", args=[item.pk])).status_code == 404
    page = client.get(reverse("notifications:inbox")).content.decode()
    assert "Homepage" not in page and "Acme Corp" not in page


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("InvalidAddress", "Check its spelling"),
        ("smtp:550", "Check its spelling"),
        ("smtp:552", "The mailbox is full"),
        ("smtp:554", "refused it for good (code 554), perhaps as spam"),
        ("smtp:530", "refused it for good (code 530)"),
        ("smtp:451", "did not take it within a day"),
        ("TimeoutError", "did not take it within a day"),
    ],
)
def test_why_a_mail_did_not_arrive_is_told_as_it_is(error, words):
    """F7: of what was refused at once nobody says that a day was spent on it."""
    assert words in explain_trouble(Message(state=MessageState.FAILED, error=error))


def test_an_inbox_is_narrowed_to_a_kind_and_a_client_and_keeps_to_it(agency, alex, items):
    """What follows is the next one of the same list."""
    decision, comment = items
    inbox = reverse("notifications:inbox")
    assert [line.item for line in alex.get(inbox, {"kind": "comment"}).context["lines"]] == [comment]
    assert len(alex.get(inbox, {"client": agency.acme.pk}).context["lines"]) == 2
    assert "Nothing here matches" in alex.get(inbox, {"kind": "upload"}).text
    page = alex.get(inbox, {"kind": "decision"})
    done = reverse("notifications:completion", args=[decision.pk]) + "?kind=decision"
    assert done in page.text
    assert alex.post(done).url == inbox
    assert InboxItem.objects.get(pk=comment.pk).state == "open"


def test_an_inbox_has_pages_and_says_how_much_there_is(agency, alex, items):
    one = items[0]
    InboxItem.objects.bulk_create(
        InboxItem(
            workspace=agency.workspace, member=agency.alex, kind="decision", key=f"more:{number}",
            event=one.event, client=agency.acme, subject_type=one.subject_type, subject_id=one.subject_id,
            at=one.at - timedelta(minutes=number + 1),
        )
        for number in range(60)
    )  # fmt: skip
    first = alex.get(reverse("notifications:inbox"))
    assert len(first.context["lines"]) == 50
    assert first.context["total"] == "62"
    assert "1 of 62" in first.text
    second = alex.get(first.context["next_url"])
    seen = {line.item.pk for page in (first, second) for line in page.context["lines"]}
    assert len(seen) == 62

    last = second.context["lines"][-2].item
    answer = alex.post(reverse("notifications:completion", args=[last.pk]))
    assert answer.url == reverse("notifications:item", args=[second.context["lines"][-1].item.pk])
