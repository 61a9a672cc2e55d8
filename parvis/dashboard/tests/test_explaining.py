"""`parvis explain` (A-03)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.factories import make_contact, make_draft


def explained(*args):
    out = StringIO()
    call_command("explain", *args, stdout=out)
    return out.getvalue()


def test_every_condition_is_named_and_the_answer_given(agency):
    nora = make_contact(agency.acme, "Nora Berg", role="observer")
    text = explained(nora.email, "comment.add", f"project:{agency.website.pk}")
    assert "NO   the role allows it (Observer)" in text
    assert "Nora Berg may not comment.add" in text
    assert "Sarah Lopez may comment.add" in explained(
        agency.sarah.email, "comment.add", f"project:{agency.website.pk}"
    )


def test_a_draft_stays_inside_the_team(agency):
    draft = make_draft(agency.website, approvers=[agency.sarah])
    text = explained(agency.sarah.email, "deliverable.see", f"deliverable:{draft.pk}")
    assert "may not" in text


def test_a_mistyped_question_is_answered_with_what_there_is(agency):
    with pytest.raises(CommandError, match=r"comment\.add"):
        explained(agency.sarah.email, "comment.ad", f"project:{agency.website.pk}")
    with pytest.raises(CommandError, match="Nobody"):
        explained("nobody@acme.test", "comment.add", f"project:{agency.website.pk}")


def test_the_page_answers_about_one_deliverable_in_words(agency, sign_in):
    """A-03, N-05: no code is shown, and other deliverables of the project are a press away."""
    draft = make_draft(agency.website, "Homepage", approvers=[agency.sarah])
    other = make_draft(agency.website, "Navigation", approvers=[agency.sarah])
    browser, about = sign_in(agency.olga), f"?contact={agency.sarah.pk}&client={agency.acme.pk}"
    page = reverse("dashboard:explain") + about

    project = browser.get(f"{page}&kind=project&id={agency.website.pk}").text.replace("&amp;", "&")
    assert f"{about}&kind=deliverable&id={draft.pk}" in project
    text = browser.get(f"{page}&kind=deliverable&id={draft.pk}").text
    assert "Asked about: Homepage" in text and str(other.pk) in text
    assert "(Decision maker)" in text and "(Team only)" in text
    assert "decision_maker" not in text and "(staff)" not in text
