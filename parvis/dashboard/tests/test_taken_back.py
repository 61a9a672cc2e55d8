"""What the team can write about a version that was taken back, of which the client sees nothing (A-44)."""

import pytest
from django.urls import reverse

from parvis.deliverables.actions import add_remark, decide, mark_handled, reply_to_remark, withdraw_version
from parvis.deliverables.errors import VersionTakenBack
from parvis.deliverables.models import Remark, Verdict
from tests.factories import SUNDAY, make_draft, publish


@pytest.fixture
def taken_back(agency, acting):
    """A deliverable whose second version was taken back; the client goes on seeing the first."""
    deliverable = make_draft(agency.website, approvers=[agency.sarah])
    first = publish(deliverable)
    remark(deliverable, first, acting(agency.sarah))
    changes = Verdict.CHANGES_REQUESTED
    decide(deliverable, version_id=first.pk, verdict=changes, actor=acting(agency.sarah), at=SUNDAY)
    publish(deliverable)
    withdraw_version(deliverable, actor=acting(agency.olga), at=SUNDAY)
    return deliverable


def remark(deliverable, version, actor):
    return add_remark(deliverable, version_id=version.pk, body="Too dark.", actor=actor, at=SUNDAY)


def test_nothing_is_written_to_the_client_about_what_they_do_not_see(taken_back, agency, acting):
    first = taken_back.shown_version
    for actor in (acting(agency.olga), acting(agency.alex)):
        with pytest.raises(VersionTakenBack):
            remark(taken_back, taken_back.current_version, actor)
    taken_back.refresh_from_db()
    assert taken_back.comment_count == 1 and first.number == 1
    remark(taken_back, first, acting(agency.olga))
    reply_to_remark(Remark.objects.get(number=1), body="Yes.", actor=acting(agency.olga), at=SUNDAY)
    assert list(Remark.objects.values_list("version__number", flat=True)) == [1, 1]


def test_a_contacts_words_are_kept_all_the_same(taken_back, agency, acting):
    """A-15: their page was open when the version was taken back."""
    remark(taken_back, taken_back.current_version, acting(agency.sarah))
    assert Remark.objects.filter(version=taken_back.current_version).count() == 1


def test_no_remark_is_handled_in_it(taken_back, agency, acting):
    """G1-17: the client would read of a version that is not there."""
    with pytest.raises(VersionTakenBack):
        mark_handled(
            Remark.objects.get(), version=taken_back.current_version, actor=acting(agency.olga), at=SUNDAY
        )
    assert Remark.objects.get().handled_in is None


def test_the_team_writes_beside_the_version_the_client_sees(taken_back, agency, sign_in):
    browser = sign_in(agency.olga)
    page = reverse("deliverables:deliverable", args=[taken_back.pk]) + "?side=open"
    newest, shown = browser.get(page), browser.get(page + "&version=1")
    assert 'id="composer"' not in newest.text and "data-can-add" not in newest.text
    assert "Handled in version 2" not in newest.text
    assert "This version was taken back." in newest.text
    assert 'id="composer"' in shown.text and "this is the one the client sees" in shown.text

    remarks = reverse("deliverables:remarks", args=[taken_back.pk])
    late = browser.post(remarks, {"version": str(taken_back.current_version_id), "body": "See here."})
    assert late.status_code == 409 and "See here." in late.text
    empty = browser.post(remarks + "?version=1", {"version": str(taken_back.shown_version_id), "body": ""})
    assert empty.status_code == 422 and 'id="composer"' in empty.text
