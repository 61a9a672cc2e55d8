"""Projects, documents, messages, activity: what the switches leave (G1-08, A-02, A-13)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.access import ContactRole, Permission, explain
from parvis.clients.actors import contact_actor
from parvis.clients.models import PortalSettings
from parvis.core.clock import now
from parvis.deliverables.actions import withdraw_version
from parvis.documents.actions import add_document, add_version, delete_document, folders_of
from parvis.documents.models import Document
from parvis.events.kinds import EventKind
from parvis.events.models import Event, EventNames
from parvis.files.due import make_waiting_previews
from parvis.projects.actions import (
    ProjectFacts,
    add_milestone,
    add_task,
    change_project_status,
    comment_task,
    edit_project,
    edit_task,
    open_discussion,
    set_client_status,
)
from parvis.projects.models import Discussion, Project, ProjectStatus
from tests.clients import PortalBrowser
from tests.factories import (
    canary,
    make_contact,
    make_draft,
    make_file,
    make_project,
    make_upload,
    publish,
    staff_of,
)


def text_of(response):
    return response.content.decode()


def switch_off(agency, *names):
    PortalSettings.objects.filter(client=agency.acme).update(**dict.fromkeys(names, False))


@pytest.fixture
def staff(agency):
    return staff_of(agency.workspace)


@pytest.fixture
def brief(agency, staff):
    return add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title="Brief",
        file=make_file(agency.workspace, "brief.png"),
        actor=staff,
        at=now(),
    )


@pytest.fixture
def launch(agency, staff):
    return open_discussion(agency.website, title="Launch", body="When?", actor=staff, at=now())


def test_a_project_is_shown_under_the_name_the_client_knows(sarahs, agency):
    """K-41."""
    agency.website.title, agency.website.external_name = canary("project"), "Your site"
    agency.website.save()
    for path in ("/", "/projects/", f"/projects/{agency.website.pk}/"):
        text = text_of(sarahs.get(path))
        assert "Your site" in text and "zq7canary" not in text


def test_the_internal_status_leaks_nowhere(sarahs, agency, staff):
    """A-18: moving the project inside the agency tells the client nothing."""
    change_project_status(agency.website, status=ProjectStatus.WAITING, actor=staff, at=now())
    for path in ("/", "/activity/", f"/projects/{agency.website.pk}/"):
        text = text_of(sarahs.get(path))
        assert "changed the state" not in text and ">Waiting<" not in text


def test_the_sections_of_a_project_follow_the_switches(sarahs, agency, staff):
    """G1-08a, G2-16 a to c: off means absent."""
    agency.website.progress = 37
    agency.website.save()
    add_milestone(agency.website, title="Launch day", due_on=now().date(), actor=staff, at=now())
    task = add_task(agency.website, title="Write texts", actor=staff, at=now(), client_visible=True)
    url = f"/projects/{agency.website.pk}/"
    text = text_of(sarahs.get(url))
    assert "Launch day" in text and "Write texts" in text and "37% done" in text
    switch_off(agency, "milestones", "tasks", "progress", "timeline")
    text = text_of(sarahs.get(url))
    assert "Launch day" not in text and "Write texts" not in text and "37 %" not in text
    assert sarahs.get(f"/tasks/{task.pk}/").status_code == 404
    assert sarahs.get("/activity/").status_code == 404


def test_a_task_kept_inside_the_team_is_not_there(sarahs, agency, staff):
    task = add_task(agency.website, title=canary("task"), actor=staff, at=now())
    assert "zq7canary" not in text_of(sarahs.get(f"/projects/{agency.website.pk}/"))
    assert sarahs.get(f"/tasks/{task.pk}/").status_code == 404


def test_both_sides_talk_about_a_task(sarahs, agency, staff):
    """G1-31."""
    task = add_task(agency.website, title="Write texts", actor=staff, at=now(), client_visible=True)
    comment_task(task, body="Could you send them?", actor=staff, at=now())
    assert sarahs.post(f"/tasks/{task.pk}/comments/", {"body": "Tomorrow."}).status_code == 302
    text = text_of(sarahs.get(f"/tasks/{task.pk}/"))
    assert "Could you send them?" in text and "Tomorrow." in text
    assert "Write texts" in text_of(sarahs.get("/messages/"))


def test_with_comments_switched_off_nobody_writes(sarahs, agency, staff):
    """G1-08b."""
    task = add_task(agency.website, title="Write texts", actor=staff, at=now(), client_visible=True)
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage, at=now())
    switch_off(agency, "comments")
    assert 'name="body"' not in text_of(sarahs.get(f"/tasks/{task.pk}/"))
    assert sarahs.post(f"/tasks/{task.pk}/comments/", {"body": "Hello"}).status_code == 403
    remark = {"body": "Hello", "version": str(homepage.current_version_id)}
    assert sarahs.post(f"/deliverables/{homepage.pk}/remarks/", remark).status_code == 403


def test_a_membership_limited_to_projects_sees_those_only(agency, browser):
    """A-38."""
    other = make_project(agency.acme, "Shop")
    nina = make_contact(agency.acme, "Nina Falk", projects=[other])
    browser.enter(nina, agency.acme)
    assert browser.get(f"/projects/{other.pk}/").status_code == 200
    assert browser.get(f"/projects/{agency.website.pk}/").status_code == 404
    assert "Website" not in text_of(browser.get("/projects/"))


def test_documents_are_found_by_words_project_and_folder(sarahs, agency, brief):
    assert "Brief" in text_of(sarahs.get("/documents/?q=bri"))
    assert "No document matches" in text_of(sarahs.get("/documents/?q=nothing"))
    assert "Brief" in text_of(sarahs.get(f"/documents/?project={agency.website.pk}"))
    assert "Brief" in text_of(sarahs.get("/documents/?folder=briefs"))
    assert sarahs.get("/documents/?project=x&folder=y&after=z").status_code == 200


def test_older_versions_are_folded_and_the_first_is_the_original(sarahs, agency, brief, staff):
    """G1-27."""
    add_version(brief, file=make_file(agency.workspace, "brief2.png"), note="", actor=staff, at=now())
    text = text_of(sarahs.get("/documents/"))
    assert "Version 2, current" in text and "1 older version" in text and "Original document" in text
    assert "This is an older version." in text_of(sarahs.get(f"/documents/{brief.pk}/?version=1"))


def test_a_status_hidden_since_takes_its_lines_along(sarahs, agency, staff):
    """T-05, B8 of RELIABILITY: its words are kept in the events of a project that is still there."""
    words = {"label": "Nearly done", "description": "", "family": "work", "step": None, "actor": staff}
    pages = ("/", "/activity/", f"/projects/{agency.website.pk}/")
    set_client_status(agency.website, **words, is_visible=True, at=now())
    assert all("Nearly done" in text_of(sarahs.get(path)) for path in pages)
    set_client_status(agency.website, **words, is_visible=False, at=now())
    assert not any("Nearly done" in text_of(sarahs.get(path)) for path in pages)


def test_what_the_team_changes_for_itself_moves_no_project(sarahs, agency, staff):
    """B10 of RELIABILITY: the list is in the order in which the client got something to see."""
    for project, hours in ((agency.website, 1), (make_project(agency.acme, "Shop"), 2)):
        Project.objects.filter(pk=project.pk).update(published_at=now() - timedelta(hours=hours))
    facts = {"title": "Shop", "facts": ProjectFacts(), "progress": 0, "actor": staff, "at": now()}
    edit_project(Project.objects.get(title="Shop"), **facts)
    text = text_of(sarahs.get("/projects/"))
    assert text.index(">Website<") < text.index(">Shop<")


def test_a_document_downloaded_is_an_event(sarahs, brief):
    """A-39."""
    assert sarahs.get(f"/documents/{brief.pk}/versions/1/file/").status_code == 200
    assert Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).count() == 1


def test_looking_at_pages_and_going_on_with_a_download_are_none(sarahs, brief):
    """A-39, A-42: the page, its pictures, HEAD and the rest of a broken download; its beginning is one."""
    file = f"/documents/{brief.pk}/versions/1/file/"
    assert make_waiting_previews(now())
    assert sarahs.get(f"/documents/{brief.pk}/").status_code == 200
    assert sarahs.get(f"/documents/{brief.pk}/versions/1/pages/1/small.webp").status_code == 200
    sarahs.head(file)
    assert sarahs.get(file, headers={"Range": "bytes=10-"}).status_code == 206
    assert not Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).exists()
    assert sarahs.get(file, headers={"Range": "bytes=0-"}).status_code == 206
    assert Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).count() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Range": "bytes=1-1,2-2"}, 200),
        ({"Range": "bytes=5-2"}, 200),
        ({"Range": "bytes=1-", "If-Range": '"another"'}, 200),
        ({"Range": "bytes=-999999"}, 206),
    ],
)
def test_a_whole_file_is_a_download_however_it_was_asked_for(sarahs, brief, headers, status):
    """A-39, A-42: what is answered counts, not what was asked."""
    answer = sarahs.get(f"/documents/{brief.pk}/versions/1/file/", headers=headers)
    assert answer.status_code == status
    assert len(answer.getvalue()) == brief.current_version.file.size_bytes
    assert Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).count() == 1


@pytest.mark.parametrize("wanted", ["bytes=-2", "bytes=999999-"])
def test_the_end_of_a_file_is_no_download(sarahs, brief, wanted):
    """A-42."""
    sarahs.get(f"/documents/{brief.pk}/versions/1/file/", headers={"Range": wanted})
    assert not Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).exists()


def test_what_a_proxy_may_send_whole_is_a_download(sarahs, brief, settings):
    """A-39: whether If-Range still holds only the proxy knows; our own mark of the file is none of its."""
    file = f"/documents/{brief.pk}/versions/1/file/"
    ours = sarahs.get(file, headers={"Range": "bytes=10-"}).headers["ETag"]
    settings.ACCEL_PREFIX = "/protected"
    sarahs.get(file, headers={"Range": "bytes=10-"})
    assert not Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).exists()
    for number, held in enumerate(('"of the proxy"', ours), start=1):
        sarahs.get(file, headers={"Range": "bytes=10-", "If-Range": held})
        assert Event.objects.filter(kind=EventKind.DOCUMENT_DOWNLOADED).count() == number


def test_a_billing_contact_uploads_where_something_asks_for_it(agency):
    """A-41, G2-25e: no project is hers to see, so none is hers to fill."""
    judith = make_contact(agency.acme, "Judith Aubert", role=ContactRole.BILLING)
    browser = PortalBrowser(agency.workspace).enter(judith, agency.acme)
    assert "Upload" not in text_of(browser.get("/"))
    assert browser.get("/documents/").status_code == 404
    assert browser.get("/documents/new/").status_code == 404
    file = SimpleUploadedFile("bill.txt", b"fifty euros")
    answer = browser.post("/documents/new/", {"project": agency.website.pk, "file": file})
    assert answer.status_code == 422
    assert not Document.objects.exists()
    judiths = explain(contact_actor(browser.device, now()), Permission.DOCUMENT_UPLOAD, agency.website)
    assert next(condition for condition in judiths if condition.name == "role").holds


def test_with_documents_switched_off_they_are_gone(sarahs, agency, brief):
    """G1-08d, A-02: no section, no page, no file, no trace in the news."""
    switch_off(agency, "documents")
    text = text_of(sarahs.get("/"))
    assert "Brief" not in text and "Documents" not in text
    for path in ("/documents/", f"/documents/{brief.pk}/", f"/documents/{brief.pk}/versions/1/file/"):
        assert sarahs.get(path).status_code == 404, path
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage, at=now())
    file = homepage.current_version.files.get().file
    assert sarahs.get(f"/deliverables/{homepage.pk}/files/{file.pk}/").status_code == 403


def test_a_document_kept_inside_the_team_is_not_there(sarahs, agency, staff):
    hidden = add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title=canary("document"),
        file=make_file(agency.workspace, "inside.png"),
        actor=staff,
        at=now(),
        client_visible=False,
    )
    for path in ("/", "/documents/", "/activity/", f"/projects/{agency.website.pk}/"):
        assert "zq7canary" not in text_of(sarahs.get(path)), path
    assert sarahs.get(f"/documents/{hidden.pk}/").status_code == 404


def upload(browser, agency, name="logo.png", **values):
    data = {"project": str(agency.website.pk), "file": make_upload(name), **values}
    return browser.post("/documents/new/", data)


def test_a_contact_adds_a_file(sarahs, agency):
    """G2-25e."""
    assert upload(sarahs, agency, note="Our logo").status_code == 302
    document = Document.objects.get()
    assert document.title == "logo.png"
    assert document.versions.get().uploaded_by_contact == agency.sarah
    assert "logo.png" in text_of(sarahs.get("/documents/"))


def test_with_uploading_switched_off_there_is_no_button_and_no_way(sarahs, agency, brief):
    """A-02."""
    switch_off(agency, "upload")
    assert "Upload a file" not in text_of(sarahs.get("/documents/"))
    assert sarahs.get("/documents/new/").status_code == 404
    assert upload(sarahs, agency).status_code == 403
    assert Document.objects.count() == 1


def test_a_disguised_file_is_refused_and_the_words_stay(sarahs, agency):
    """Bad input."""
    disguised = SimpleUploadedFile("photo.png", b"<html></html>")
    response = upload(sarahs, agency, title="Team photo", file=disguised)
    assert response.status_code == 422
    assert 'value="Team photo"' in text_of(response)
    assert not Document.objects.exists()


def test_discussions_are_read_and_answered(sarahs, bos, launch):
    """G1-13."""
    assert "Launch" in text_of(sarahs.get("/messages/"))
    assert sarahs.post(f"/messages/{launch.pk}/comments/", {"body": "In May."}).status_code == 302
    assert "In May." in text_of(sarahs.get(f"/messages/{launch.pk}/"))
    assert bos.get(f"/messages/{launch.pk}/").status_code == 404
    assert bos.post(f"/messages/{launch.pk}/comments/", {"body": "Me too."}).status_code == 404


def test_a_contact_begins_a_discussion(sarahs, agency):
    """Screen 5: write to the person."""
    data = {"project": str(agency.website.pk), "title": "Opening hours", "body": "They change."}
    assert sarahs.post("/messages/new/", data).status_code == 302
    assert Discussion.objects.get().title == "Opening hours"


def test_with_messages_switched_off_they_are_gone(sarahs, agency, launch):
    """G2-16e: absent on pages, refused on writing."""
    switch_off(agency, "messages")
    assert "Messages" not in text_of(sarahs.get("/projects/"))
    assert sarahs.get("/messages/").status_code == 404
    assert sarahs.get(f"/messages/{launch.pk}/").status_code == 404
    assert sarahs.post(f"/messages/{launch.pk}/comments/", {"body": "Hello"}).status_code == 403
    data = {"project": str(agency.website.pk), "title": "Hello", "body": "Hello"}
    assert sarahs.post("/messages/new/", data).status_code == 403


def test_a_disabled_portal_lets_nobody_in(sarahs, agency):
    """A-03, G2-11."""
    PortalSettings.objects.filter(client=agency.acme).update(enabled=False)
    assert sarahs.get("/").status_code == 302


def test_on_a_finished_project_everything_is_read_and_nothing_added(sarahs, agency, launch, staff):
    """A-13."""
    agency.website.status = "completed"
    agency.website.save()
    assert "This project is finished." in text_of(sarahs.get(f"/projects/{agency.website.pk}/"))
    assert sarahs.get(f"/messages/{launch.pk}/").status_code == 200
    assert sarahs.post(f"/messages/{launch.pk}/comments/", {"body": "One more"}).status_code == 403


def test_an_archived_project_leaves_the_portal(sarahs, agency, launch):
    """A-13."""
    agency.website.archived_at = now()
    agency.website.save()
    assert sarahs.get(f"/projects/{agency.website.pk}/").status_code == 404
    assert sarahs.get(f"/messages/{launch.pk}/").status_code == 404


def test_the_activity_is_grouped_by_day_and_paged(sarahs, agency):
    """G1-38b; everything about others stays outside."""
    foreign = make_draft(
        make_project(agency.borealis, canary("foreign")), canary("foreign"), approvers=[agency.bo]
    )
    publish(foreign, at=now())
    for number in range(45):
        homepage = make_draft(agency.website, f"Page {number}", approvers=[agency.sarah])
        publish(homepage, at=now() - timedelta(days=number))
    text = text_of(sarahs.get("/activity/"))
    assert text.count("timeline-day") >= 20 and "zq7canary" not in text
    following = text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text_of(sarahs.get("/activity/" + following))
    assert "Page 44" in text + second and "Page 0" in text + second


def test_what_is_hidden_or_taken_back_takes_its_past_along(sarahs, agency, staff, brief):
    """RELIABILITY B8, A-01, DOMAIN 3.3: the timeline shows what may be seen now, whatever it was once."""
    task = add_task(agency.website, title=canary("task"), actor=staff, at=now(), client_visible=True)
    draft = make_draft(agency.website, canary("draft"), approvers=[agency.sarah])
    publish(draft)
    paths = ("/", "/activity/", f"/projects/{agency.website.pk}/")
    before = text_of(sarahs.get("/activity/"))
    assert task.title in before and draft.title in before and "the document Brief" in before

    hidden = {"title": task.title, "assignee": None, "due_on": None, "client_visible": False}
    edit_task(task, actor=staff, at=now(), **hidden)
    withdraw_version(draft, actor=staff, at=now())
    delete_document(brief, actor=staff, at=now())
    for path in paths:
        text = text_of(sarahs.get(path))
        assert "zq7canary" not in text and "the document Brief" not in text


def test_the_agencys_colours_and_a_clients_own(sarahs, browser, agency):
    """G1-06, A-37."""
    first = text_of(browser.get("/sign-in/"))
    own = first.split('href="/p/studio-nord/theme/')[1].split('"')[0]
    response = browser.get(f"/theme/{own}")
    assert response.headers["Content-Type"].startswith("text/css")
    assert "immutable" in response.headers["Cache-Control"]
    PortalSettings.objects.filter(client=agency.acme).update(colour="#b3261e")
    theirs = text_of(sarahs.get("/")).split('href="/p/studio-nord/theme/')[1].split('"')[0]
    assert theirs != own and theirs.startswith(str(agency.acme.pk))
    assert browser.get(f"/theme/{theirs}").content != response.content
    assert browser.get("/theme/nobody.abc.css").status_code == 404


def test_what_belongs_to_one_of_two_clients_wears_its_look(both, agency, staff):
    """G1-06, A-37: the pages of both are the agency's, what is about Acme is in Acme's colours and name."""
    PortalSettings.objects.filter(client=agency.acme).update(colour="#b3261e")
    PortalSettings.objects.filter(client=agency.borealis).update(colour="#225588")
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage, at=now())
    publish(homepage, at=now())
    task = add_task(agency.website, title="Photos", client_visible=True, actor=staff, at=now())
    talk = open_discussion(agency.website, title="Launch", body="When?", actor=staff, at=now())
    values = {"folder": folders_of(agency.website)[0], "file": make_file(agency.workspace), "actor": staff}
    plan = add_document(agency.website, title="Plan", at=now(), **values)
    shop = make_project(agency.borealis, "Shop")
    page = f"/deliverables/{homepage.pk}/"
    about_acme = [f"/projects/{agency.website.pk}/", page, f"{page}comparison/", f"/tasks/{task.pk}/"]
    for path in (*about_acme, f"/documents/{plan.pk}/", f"/messages/{talk.pk}/"):
        text = text_of(both.get(path))
        assert f'href="/p/studio-nord/theme/{agency.acme.pk}' in text, path
        assert path.startswith(page) or "Acme Corp space" in text, path
    assert f"theme/{agency.borealis.pk}" in text_of(both.get(f"/projects/{shop.pk}/"))
    assert "theme/studio-nord" in text_of(both.get("/"))


def test_the_logo_is_the_picture_we_drew_and_open_to_visitors(browser, agency):
    """G1-06a; any other file stays closed."""
    file, other = make_file(agency.workspace, "logo.png"), make_file(agency.workspace, "secret.png")
    make_waiting_previews(now())
    assert browser.get(f"/logo/{file.pk}.webp").status_code == 404
    agency.workspace.branding.logo_id = file.pk
    agency.workspace.branding.save()
    assert f"/logo/{file.pk}.webp" in text_of(browser.get("/sign-in/"))
    assert browser.get(f"/logo/{file.pk}.webp").headers["Content-Type"] == "image/webp"
    assert browser.get(f"/logo/{other.pk}.webp").status_code == 404


def test_an_erased_name_does_not_break_the_timeline(sarahs, agency):
    publish(make_draft(agency.website, approvers=[agency.sarah]), at=now())
    EventNames.objects.all().delete()
    assert "A member of the team" in text_of(sarahs.get("/activity/"))


def test_a_missing_page_is_said_in_the_agencys_colours(sarahs):
    response = sarahs.get("/nothing/")
    assert response.status_code == 404
    assert "Studio Nord" in text_of(response)


def test_a_message_about_a_project_finished_meanwhile_comes_back(sarahs, agency, staff):
    """K-61: finished projects are not offered; what was typed for one is not lost."""
    shop = make_project(agency.acme, "Shop", status=ProjectStatus.COMPLETED)
    offered = text_of(sarahs.get("/messages/new/"))
    assert ">Website<" in offered and ">Shop<" not in offered
    words = {"project": str(shop.pk), "title": "Photos", "body": "Which ones?"}
    answer = sarahs.post("/messages/new/", words)
    assert answer.status_code == 422
    text = text_of(answer)
    assert "Which ones?</textarea>" in text and 'value="Photos"' in text and "finished" in text
    assert not Discussion.objects.exists()

    change_project_status(agency.website, status=ProjectStatus.COMPLETED, actor=staff, at=now())
    assert sarahs.get("/messages/new/").status_code == 404


def test_a_picture_that_cannot_be_decoded_gives_the_whole_message_back(sarahs, agency):
    """Found out only when it is stored; subject and message come back together."""
    broken = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "image/png")
    words = {
        "project": str(agency.website.pk),
        "title": "Photos",
        "body": "Which ones?",
        "attachments": broken,
    }
    answer = sarahs.post("/messages/new/", words)
    assert answer.status_code == 422
    assert "Photos\n\nWhich ones?</textarea>" in text_of(answer)
    assert not Discussion.objects.exists()
