"""The team's pages of projects, documents and deliverables, through HTTP (G1-04 to G1-31, A-01, A-31)."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from parvis.access import ContactRole
from parvis.backstage.models import StaffComment
from parvis.clients.models import Client, Membership
from parvis.core.clock import now
from parvis.core.searching import matches
from parvis.deliverables.actions import Approver, Terms, add_remark, decide, set_terms
from parvis.deliverables.models import Deliverable, DeliverableState, Remark, Verdict
from parvis.documents.actions import folders_of
from parvis.documents.models import Document
from parvis.outbox.models import Message
from parvis.portal.pages.activity import client_events
from parvis.projects.actions import set_client_status
from parvis.projects.models import Milestone, Project, Task
from tests.factories import CANARY, make_contact, make_draft, make_project, make_upload, publish


def url(name, *args):
    return reverse(name, args=[getattr(arg, "pk", arg) for arg in args])


def test_a_project_is_created_for_a_client(agency, sign_in):
    """G1-04, G2-09b, G2-10."""
    browser = sign_in(agency.olga)
    facts = {
        "client": str(agency.acme.pk),
        "title": "Shop",
        "external_name": "Your shop",
        "starts_on": "2026-01-05",
        "due_on": "2026-03-01",
        "assignee": str(agency.alex.pk),
        "amount": "12,500.50",
    }
    answer = browser.post(url("projects:new"), facts, follow=True)
    project = Project.objects.get(title="Shop")
    assert project.contract_amount_minor == 1_250_050
    assert "The client reads no status" in answer.text
    assert "Shop" in browser.get(url("clients:projects", agency.acme)).text


@pytest.mark.parametrize(
    ("language", "written", "example"),
    [
        ("en", "18500.50", "4500.50"),
        ("fr", "18500,50", "4500,50"),
        ("es", "18500,50", "4500,50"),
        ("pt", "18500,50", "4500,50"),
    ],
)
def test_an_amount_is_shown_as_it_may_be_sent_back(agency, sign_in, language, written, example):
    """G2-04b: editing something else leaves the amount alone; the example of a refusal is accepted."""
    Project.objects.filter(pk=agency.website.pk).update(contract_amount_minor=1_850_050)
    agency.olga.user.language = language
    agency.olga.user.save()
    browser, page = sign_in(agency.olga), url("projects:edit", agency.website)
    shown = browser.get(page).context["form"]
    facts = {name: "" if (value := shown[name].value()) is None else value for name in shown.fields}
    assert facts["amount"] == written
    refused = browser.post(page, {**facts, "amount": "a lot"})
    assert refused.status_code == 422
    assert example in refused.text
    assert browser.post(page, {**facts, "title": "Shop"}).status_code == 302
    agency.website.refresh_from_db()
    assert (agency.website.title, agency.website.contract_amount_minor) == ("Shop", 1_850_050)
    assert browser.post(page, {**facts, "edition": "", "amount": example}).status_code == 302
    agency.website.refresh_from_db()
    assert agency.website.contract_amount_minor == 450_050


def test_the_list_shows_both_statuses_and_what_is_late(agency, sign_in, acting):
    """K-41, A-18: a status that is not visible is read by nobody; only what runs can be late."""
    at, olga = now(), acting(agency.olga)
    long_ago = at.date() - timedelta(days=400)
    make_project(agency.acme, "Late", due_on=long_ago, assignee=agency.alex)
    make_project(agency.acme, "Done", due_on=long_ago, status="completed")
    status = {"description": "", "family": "work", "step": 2, "actor": olga, "at": at}
    set_client_status(agency.website, label="On it", is_visible=True, **status)
    browser = sign_in(agency.olga)
    lines = {line.title: line for line in browser.get(url("projects:projects")).context["projects"]}
    assert set(lines) == {"Website", "Late"}
    assert (lines["Website"].client_reads, lines["Late"].client_reads) == ("On it", "")
    assert (lines["Late"].is_late, lines["Website"].is_late) == (True, False)
    assert lines["Late"].lead == agency.alex.name
    set_client_status(agency.website, label="On it", is_visible=False, **status)
    text = browser.get(url("projects:projects")).text.split("<main")[1]
    assert "On it" not in text and 'class="overdue"' in text
    assert 'class="overdue"' not in browser.get(url("projects:projects") + "?status=completed").text


def test_a_new_project_says_the_currency_of_its_client(agency, sign_in):
    """A-21: the one all clients share; else the chosen client's counts, read with its digits."""
    browser, page = sign_in(agency.olga), url("projects:new")
    Client.objects.update(currency="CHF")
    assert browser.get(page).context["form"].fields["amount"].help_text == "CHF"
    Client.objects.filter(pk=agency.acme.pk).update(currency="JPY")
    assert browser.get(page).context["form"].fields["amount"].help_text == "In the client’s currency."
    facts = {"client": str(agency.acme.pk), "title": "Shop", "amount": "4,500"}
    assert browser.post(page, {**facts, "client": ""}).status_code == 422
    browser.post(page, facts)
    project = Project.objects.get(title="Shop")
    assert (project.contract_amount_minor, project.currency) == (4500, "JPY")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_a_day_ends_where_the_reader_lives(agency, sign_in, zone, time_machine):
    """G2-04c: 25 hours apart, one of the two never has the day of Greenwich."""
    time_machine.move_to(datetime(2026, 6, 10, 12, tzinfo=UTC), tick=False)
    agency.olga.user.time_zone = zone
    agency.olga.user.save()
    today = now().astimezone(ZoneInfo(zone)).date()
    for title, due_on in (("Today", today), ("Yesterday", today - timedelta(days=1))):
        make_project(agency.acme, title, due_on=due_on)
        facts = {"title": title, "assignee": agency.olga.pk, "due_on": due_on}
        sign_in(agency.olga).post(url("projects:new_task", agency.website), facts)
    browser = sign_in(agency.olga)

    lines = {line.title: line.is_late for line in browser.get(url("projects:projects")).context["projects"]}
    assert (lines["Today"], lines["Yesterday"]) == (False, True)
    assert browser.get(url("projects:project", agency.website)).text.count('class="late"') == 1


def test_a_project_that_ends_before_it_begins_is_refused(agency, sign_in):
    facts = {
        "client": str(agency.acme.pk),
        "title": "Shop",
        "starts_on": "2026-03-01",
        "due_on": "2026-01-05",
    }
    answer = sign_in(agency.olga).post(url("projects:new"), facts)
    assert answer.status_code == 422
    assert "The due day lies before the start." in answer.text
    assert 'value="Shop"' in answer.text


def test_the_two_statuses_stand_apart_and_a_mismatch_is_noticed(agency, sign_in):
    """A-18, DESIGN screen 10."""
    browser = sign_in(agency.olga)
    read = {"is_visible": "on", "label": "All done", "family": "done", "step": "4"}
    text = browser.post(url("projects:client_status", agency.website), read, follow=True).text
    assert "All done" in text
    assert "The two do not fit together" in text
    empty = {"is_visible": "on", "label": "", "family": "work"}
    assert browser.post(url("projects:client_status", agency.website), empty).status_code == 422


def test_an_archived_project_comes_back_by_undo(agency, sign_in):
    browser = sign_in(agency.olga)
    page = browser.post(url("projects:status", agency.website), {"status": "archived"}, follow=True)
    assert url("projects:restore", agency.website) in page.text
    browser.post(url("projects:restore", agency.website))
    agency.website.refresh_from_db()
    assert agency.website.status == "in_progress"


def test_tasks_and_milestones_are_added_and_finished(agency, sign_in):
    """G2-16b, c."""
    browser = sign_in(agency.alex)
    browser.post(url("projects:new_task", agency.website), {"title": "Photos"})
    task = Task.objects.get()
    browser.post(url("projects:task_state", agency.website, task), {"state": "done"})
    task.refresh_from_db()
    assert task.done_at is not None
    browser.post(url("projects:new_milestone", agency.website), {"title": "Launch", "due_on": "2026-05-01"})
    milestone = Milestone.objects.get()
    browser.post(url("projects:reach_milestone", agency.website, milestone))
    milestone.refresh_from_db()
    assert milestone.reached_at is not None


def test_a_milestone_shown_by_mistake_is_hidden_and_a_wrong_one_deleted_with_undo(agency, sign_in, acting):
    """G2-16c: the client's page and timeline follow at once (RELIABILITY B8)."""
    browser, sarah = sign_in(agency.alex), acting(agency.sarah)
    facts = {"title": "Launch", "due_on": "2026-05-01", "client_visible": "on"}
    browser.post(url("projects:new_milestone", agency.website), facts)
    milestone = Milestone.objects.get()
    assert milestone in Milestone.objects.visible_to(sarah)
    assert client_events(sarah).filter(subject_id=milestone.pk).exists()

    edit = url("projects:edit_milestone", agency.website, milestone)
    assert edit in browser.get(url("projects:project", agency.website)).text
    assert browser.post(edit, {"title": "Big day", "due_on": "2026-05-02"}).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.title, str(milestone.due_on)) == ("Big day", "2026-05-02")
    assert milestone not in Milestone.objects.visible_to(sarah)
    assert not client_events(sarah).filter(subject_id=milestone.pk).exists()

    browser.post(edit, {**facts, "title": "Big day"})
    deleting = url("projects:delete_milestone", agency.website, milestone)
    page = browser.post(deleting, follow=True)
    assert url("projects:restore_milestone", agency.website, milestone) in page.text
    assert browser.get(edit).status_code == browser.post(deleting).status_code == 404
    assert milestone not in Milestone.objects.visible_to(sarah)
    assert milestone not in Milestone.objects.visible_to(acting(agency.olga))
    assert not client_events(sarah).filter(subject_id=milestone.pk).exists()
    browser.post(url("projects:restore_milestone", agency.website, milestone))
    assert milestone in Milestone.objects.visible_to(sarah)


def test_a_document_is_renamed_and_hidden_from_the_client(agency, sign_in, acting):
    """G1-27: it is found by its new name; hidden it is gone for the client with its past (RELIABILITY B8)."""
    browser, sarah = sign_in(agency.alex), acting(agency.sarah)
    folder = folders_of(agency.website)[0]
    form = {"folder": str(folder.pk), "client_visible": "on", "files": [make_upload("draft.png")]}
    browser.post(url("documents:new", agency.website), form)
    document = Document.objects.get()
    edit = url("documents:edit", document)
    assert edit in browser.get(url("documents:document", document)).text
    assert browser.post(edit, {"title": "", "client_visible": "on"}).status_code == 422

    browser.post(edit, {"title": "Été 2026", "client_visible": "on"})
    found = Document.objects.visible_to(sarah).filter(matches("ete"))
    assert [row.title for row in found] == ["Été 2026"]
    assert client_events(sarah).filter(subject_id=document.pk).count() == 1  # a new name is no news

    browser.post(edit, {"title": "Été 2026"})
    assert document not in Document.objects.visible_to(sarah)
    assert not client_events(sarah).filter(subject_id=document.pk).exists()


def test_a_message_goes_into_one_stream(busy, sign_in):
    """G1-30, G1-31: the internal one by its own address, the client's by another."""
    browser = sign_in(busy.olga)
    inside = {"subject_type": "projects.task", "subject": str(busy.task.pk), "body": "Too expensive"}
    browser.post(url("backstage:comments"), inside)
    browser.post(url("projects:task_comment", busy.website, busy.task), {"body": "Nearly there"})
    assert [comment.body for comment in StaffComment.objects.filter(subject_id=busy.task.pk)] == [
        "Too expensive"
    ]
    busy.task.refresh_from_db()
    said = busy.task.client_thread.comments.order_by("at", "id").values_list("body", flat=True)
    assert list(said) == ["Which ones?", "Nearly there"]


def test_the_internal_stream_takes_only_what_the_member_sees(busy, sign_in, agency):
    elsewhere = make_draft(agency.website.__class__.objects.get(pk=agency.website.pk), "Other")
    form = {"subject_type": "deliverables.deliverable", "subject": str(elsewhere.pk), "body": "Hi"}
    agency.alex.assignments.all().delete()
    assert sign_in(agency.alex).post(url("backstage:comments"), form).status_code == 404
    form["subject_type"] = "clients.contact"
    assert sign_in(agency.olga).post(url("backstage:comments"), form).status_code == 404


def test_an_attachment_is_handed_to_members_of_the_project_alone(busy, sign_in):
    """A1 of RELIABILITY."""
    browser = sign_in(busy.olga)
    message = {"body": "See this", "files": make_upload("sketch.png")}
    browser.post(url("projects:discussion_comment", busy.website, busy.discussion), message)
    attachment = busy.discussion.thread.comments.get(body="See this").attachments.get()
    assert browser.get(url("dashboard:attachment", attachment)).status_code == 200
    busy.alex.assignments.all().delete()
    assert sign_in(busy.alex).get(url("dashboard:attachment", attachment)).status_code == 404


def test_documents_are_uploaded_versioned_and_deleted_with_undo(agency, sign_in):
    """G1-27, G1-28."""
    browser = sign_in(agency.olga)
    folder = folders_of(agency.website)[0]
    files = [make_upload("one.png"), make_upload("two.png")]
    form = {"files": files, "folder": str(folder.pk), "client_visible": "on"}
    answer = browser.post(url("documents:new", agency.website), form, follow=True)
    assert "2 documents were added." in answer.text
    one = Document.objects.get(title="one")
    browser.post(url("documents:new_version", one), {"file": make_upload("one.png"), "note": "Darker"})
    page = browser.get(url("documents:document", one)).text
    assert "Version 2" in page and "Darker" in page and "Original document" in page
    assert browser.get(url("documents:download", one, 2))["Content-Disposition"].startswith("attachment")
    browser.post(url("documents:delete", one))
    assert browser.get(url("documents:document", one)).status_code == 404
    browser.post(url("documents:restore", one))
    assert browser.get(url("documents:document", one)).status_code == 200


def test_a_disguised_file_is_refused_and_the_note_kept(agency, sign_in):
    """Bad input: a clear sentence, the typed text kept, nothing stored."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("picture.png", b"MZ\x90\x00 not a picture", content_type="image/png")
    folder = folders_of(agency.website)[0]
    answer = sign_in(agency.olga).post(
        url("documents:new", agency.website),
        {"files": bad, "folder": str(folder.pk), "note": "Keep me"},
    )
    assert answer.status_code == 422
    assert 'value="Keep me"' in answer.text
    assert not Document.objects.exists()


def terms(**places):
    base = {"required_approvers": "1", "order": "parallel", "deadline_days": "3", "reminder_every_days": "1"}
    return {**base, **{f"place_{contact.pk.hex}": place for contact, place in places.get("asked", [])}}


def test_a_deliverable_is_drafted_and_published(agency, sign_in):
    """G1-20 to G1-22, G1-41a: the preview says who hears of it, the receipt until when."""
    browser = sign_in(agency.olga)
    form = terms(asked=[(agency.sarah, "1"), (agency.mark, "2")])
    form |= {"title": "Homepage", "purpose": "approval", "required_approvers": "2", "escalates": "on"}
    browser.post(url("deliverables:new", agency.website), form)
    homepage = Deliverable.objects.get()
    assert [slot.contact for slot in homepage.slots.all()] == [agency.sarah, agency.mark]

    preview = browser.get(url("deliverables:new_version", homepage)).text
    assert "Sarah Lopez, Mark Weber" in preview and "Answer by" in preview
    files = {"files": [make_upload("home.png")], "note": "First idea", "deadline_days": "2"}
    answer = browser.post(url("deliverables:new_version", homepage), files, follow=True)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.PENDING
    assert "Version 1 is with the client, due" in answer.text
    assert "Waiting for Sarah Lopez, Mark Weber." in answer.text


def test_what_was_answered_is_read_when_the_next_version_is_made(busy, sign_in, acting):
    """G1-02a, G1-34e: beside the version it was said of, and before the next is published."""
    decide(
        busy.homepage,
        version_id=busy.homepage.current_version_id,
        verdict=Verdict.CHANGES_REQUESTED,
        note="The address is old.",
        actor=acting(busy.mark),
        at=now(),
    )
    browser = sign_in(busy.olga)
    assert "The address is old." in browser.get(url("deliverables:new_version", busy.homepage)).text
    publish(busy.homepage, at=now())
    page = url("deliverables:deliverable", busy.homepage)
    assert "The address is old." in browser.get(page + "?version=1&side=open").text
    assert "The address is old." not in browser.get(page + "?side=open").text


def test_the_team_is_told_when_nobody_is_left_to_approve(busy, sign_in, acting):
    """A-15: "no opinion" counts as no approval, and only the team can go on."""
    terms = Terms(required_approvers=2)
    approvers = [Approver(busy.sarah.pk), Approver(busy.mark.pk)]
    set_terms(busy.homepage, terms=terms, approvers=approvers, actor=acting(busy.olga), at=now())
    version_id = busy.homepage.current_version_id
    decide(
        busy.homepage,
        version_id=version_id,
        verdict=Verdict.NO_OPINION,
        actor=acting(busy.mark),
        at=now(),
    )
    page = sign_in(busy.olga).get(url("deliverables:deliverable", busy.homepage)).text
    assert "Too few approvers are left to approve it." in page


def test_in_a_sequence_only_whose_turn_it_is_is_waited_for(agency, sign_in):
    """A-14, G1-02c."""
    approvers, in_a_row = [agency.sarah, agency.mark], Terms(required_approvers=2, order="sequential")
    homepage = make_draft(agency.website, approvers=approvers, terms=in_a_row)
    publish(homepage, at=now())
    page = sign_in(agency.olga).get(url("deliverables:deliverable", homepage)).text
    assert "Waiting for Sarah Lopez." in page and "not asked yet" in page


def test_whoever_may_not_approve_is_refused_with_an_offer(agency, sign_in):
    """A-31: the typed text is kept and the role can be changed in the same step."""
    nora = make_contact(agency.acme, "Nora Berg", role=ContactRole.OBSERVER)
    browser = sign_in(agency.olga)
    form = {**terms(asked=[(nora, "1")]), "title": "Homepage", "purpose": "approval"}
    answer = browser.post(url("deliverables:new", agency.website), form)
    assert answer.status_code == 422
    assert "Make Nora a decision maker of Acme Corp" in answer.text
    assert 'value="Homepage"' in answer.text
    browser.post(url("deliverables:new", agency.website), {**form, f"promote_{nora.pk.hex}": "on"})
    assert Membership.objects.get(contact=nora).role == ContactRole.DECISION_MAKER
    assert Deliverable.objects.get().slots.get().contact == nora


def test_publishing_without_a_file_or_approver_says_so(agency, sign_in):
    """Bad input."""
    browser, homepage = sign_in(agency.olga), make_draft(agency.website)
    assert browser.post(url("deliverables:new_version", homepage), {"note": "Hm"}).status_code == 422
    files = {"files": [make_upload()], "note": "Hm"}
    answer = browser.post(url("deliverables:new_version", homepage), files)
    assert answer.status_code == 422
    assert "Choose who approves before you publish." in answer.text
    assert "Hm</textarea>" in answer.text


def test_an_emptied_deadline_means_none_for_this_version(agency, sign_in):
    """G1-41a: the agreed days stand in the field; who empties it wants no deadline this time."""
    browser, homepage = sign_in(agency.olga), make_draft(agency.website, approvers=[agency.sarah])
    page = url("deliverables:new_version", homepage)
    assert re.search(r'name="deadline_days" value="3"', browser.get(page).text)
    browser.post(page, {"files": [make_upload()], "deadline_days": ""})
    homepage.refresh_from_db()
    assert (homepage.current_number, homepage.due_at) == (1, None)
    browser.post(page, {"files": [make_upload()], "deadline_days": "3"})
    homepage.refresh_from_db()
    assert homepage.due_at is not None


def test_only_a_version_that_uses_up_a_round_warns_beforehand(agency, sign_in, acting):
    """G1-41c: what the team replaces by itself costs none, what the client sent back does."""
    browser, at, warning = sign_in(agency.olga), now(), "This goes beyond the revision rounds you agreed on."
    homepage = make_draft(agency.website, approvers=[agency.sarah], maximum_rounds=0)
    publish(homepage, at=at)
    publish(homepage, at=at)
    assert warning not in browser.get(url("deliverables:new_version", homepage)).text

    answer = {"verdict": Verdict.CHANGES_REQUESTED, "note": "Warmer", "actor": acting(agency.sarah), "at": at}
    homepage.refresh_from_db()
    decide(homepage, version_id=homepage.current_version_id, **answer)
    assert warning in browser.get(url("deliverables:new_version", homepage)).text


def test_a_version_settles_remarks_and_the_page_says_so(busy, sign_in):
    """G1-17."""
    browser = sign_in(busy.olga)
    files = {"files": [make_upload()], "settles": [str(busy.remark.pk)], "deadline_days": "3"}
    browser.post(url("deliverables:new_version", busy.homepage), files)
    assert Remark.objects.get().handled_in.number == 2
    page = browser.get(url("deliverables:deliverable", busy.homepage) + "?side=open").text
    assert "Handled in version 2" in page


def test_a_composer_offers_whom_its_readers_allow(busy, sign_in):
    """G1-16, G1-32: contacts where the client reads, the team alone where it does not."""
    browser = sign_in(busy.alex)
    people = url("projects:people", busy.website)
    inside, together = browser.get(people).text, browser.get(people + "?with=client").text
    assert "Olga" in inside and "Sarah" not in inside
    assert "Olga" in together and "Sarah" in together and "Bo " not in together
    page = browser.get(url("deliverables:deliverable", busy.homepage) + "?side=open").text
    assert f'hx-get="{people}?with=client"' in page
    page = browser.get(url("deliverables:deliverable", busy.homepage) + "?side=internal").text
    assert f'hx-get="{people}"' in page and 'data-mention="people-team"' in page


def test_the_tracking_stands_before_the_version_for_phones(busy, sign_in):
    """DESIGN 11: unless somebody asked for the remarks; once on a page."""
    page = url("deliverables:deliverable", busy.homepage)
    browser = sign_in(busy.olga)
    for asked in ("", "?side=tracking"):
        text = browser.get(page + asked).text
        assert text.count('id="tracking-title"') == 1
        assert text.index('id="tracking-title"') < text.index('class="stage"')
    assert 'id="tracking-title"' not in browser.get(page + "?side=open").text


def test_the_tracking_panel_tells_who_is_awaited(busy, sign_in):
    """G1-26a-d, G1-02c: the state stands out."""
    text = sign_in(busy.olga).get(url("deliverables:deliverable", busy.homepage) + "?side=tracking").text
    for words in ("Submitted", "2 approvals needed", "Sarah Lopez", "waiting since", "Mark Weber"):
        assert words in text
    assert f'<strong class="state-word">{busy.homepage.get_state_display()}</strong>' in text


def test_an_approver_is_reminded_by_hand_and_the_version_withdrawn(busy, sign_in):
    """A-22, DOMAIN 3.3."""
    browser = sign_in(busy.olga)
    browser.post(url("deliverables:remind", busy.homepage), {"contact": str(busy.mark.pk)})
    assert Message.objects.filter(kind="contacts.approval_reminder", contact_id=busy.mark.pk).count() == 1
    browser.post(url("deliverables:withdraw", busy.homepage))
    busy.homepage.refresh_from_db()
    assert busy.homepage.state == DeliverableState.DRAFT
    assert browser.post(url("deliverables:withdraw", busy.homepage)).status_code == 409


def test_the_team_answers_settles_and_pins(busy, sign_in):
    """G1-15, G1-18, G1-42b."""
    browser = sign_in(busy.olga)
    number = busy.remark.number
    browser.post(url("deliverables:replies", busy.homepage, number), {"body": "Done."})
    browser.post(url("deliverables:resolution", busy.homepage, number))
    busy.remark.thread.refresh_from_db()
    assert busy.remark.thread.is_resolved
    browser.post(url("deliverables:resolution", busy.homepage, number), {"settled": "no"})
    spot = {"body": "Look here", "version": str(busy.version.pk)}
    browser.post(url("deliverables:remarks", busy.homepage), spot)
    assert Remark.objects.count() == 2
    empty = browser.post(url("deliverables:remarks", busy.homepage), {"version": str(busy.version.pk)})
    assert empty.status_code == 422


def test_internal_words_stand_on_their_own_side(busy, sign_in):
    """G1-32: the internal stream is a view of its own; the remarks never show it."""
    browser = sign_in(busy.olga)
    page = url("deliverables:deliverable", busy.homepage)
    assert CANARY in browser.get(page + "?side=internal").text
    for side in ("open", "settled", "tracking"):
        assert CANARY not in browser.get(f"{page}?side={side}").text


def test_files_of_a_version_are_handed_to_who_sees_it(busy, sign_in):
    """A1 of RELIABILITY: the address of another deliverable's file opens nothing."""
    file = busy.version.files.get().file
    other = make_draft(busy.website, "Other")
    browser = sign_in(busy.olga)
    assert browser.get(url("deliverables:download", busy.homepage, file)).status_code == 200
    assert browser.get(url("deliverables:download", other, file)).status_code == 404


def test_a_deleted_deliverable_comes_back_by_undo(busy, sign_in):
    browser = sign_in(busy.olga)
    page = browser.post(url("deliverables:delete", busy.homepage), follow=True)
    assert url("deliverables:restore", busy.homepage) in page.text
    assert browser.get(url("deliverables:deliverable", busy.homepage)).status_code == 404
    browser.post(url("deliverables:restore", busy.homepage))
    assert browser.get(url("deliverables:deliverable", busy.homepage)).status_code == 200


def test_terms_that_would_decide_are_refused_above_the_form(busy, agency, sign_in):
    """A-16: with nobody left to answer the version would wait for ever; what was chosen stays chosen."""
    browser = sign_in(agency.olga)
    answer = browser.post(reverse("deliverables:terms", args=[busy.homepage.pk]), terms())
    assert answer.status_code == 422
    assert "Choose who approves before you publish." in answer.text
    assert busy.homepage.slots.count() == 2


def test_the_list_of_deliverables_says_how_far_each_is(agency, sign_in, acting):
    """G1-11: state, comments, deadline; in the list of everything also whose it is."""
    at = now()
    make_draft(agency.website, "Sketch")
    late = make_draft(agency.website, "Late", approvers=[agency.sarah])
    version = publish(late, at=at - timedelta(days=20))
    fresh = publish(make_draft(agency.website, "Fresh", approvers=[agency.sarah]), at=at).deliverable
    add_remark(late, version_id=version.pk, body="Hm", actor=acting(agency.sarah), at=at)
    browser = sign_in(agency.alex)
    here = browser.get(url("projects:deliverables", agency.website))
    assert {line.title: (line.family, line.is_late, bool(line.due)) for line in here.context["lines"]} == {
        "Sketch": ("mute", False, False),
        "Late": ("review", True, True),
        "Fresh": ("wait", False, True),
    }
    assert "Waiting for review" in here.text and "1 open remark" in here.text
    everything = browser.get(url("deliverables:deliverables"))
    assert {line.place for line in everything.context["lines"]} == {"Acme Corp · Website"}
    assert "Sketch" not in everything.text and fresh.title in everything.text
