"""Lists of the team: searched, filtered, sorted by their address, paged (G1-11, G2-04, DESIGN 7, 10)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from parvis.deliverables.actions import add_remark
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.http.lists import MESSAGES_SHOWN, SHOWN
from parvis.projects.models import Project, Task
from tests.factories import make_draft, make_project, publish

DELIVERABLES, PROJECTS = reverse("deliverables:deliverables"), reverse("projects:projects")


@pytest.fixture
def works(agency):
    """Three deliverables before two clients: late, due soon, without a deadline."""
    at = now()
    shop = make_project(agency.borealis, "Shop")
    facts = [
        (agency.website, "Homepage", at - timedelta(days=2), agency.alex),
        (agency.website, "Navigation", at + timedelta(days=9), agency.olga),
        (shop, "Basket", None, agency.alex),
    ]
    for number, (project, title, due_at, person) in enumerate(facts):
        draft = make_draft(project, title, approvers=[])
        Deliverable.objects.filter(pk=draft.pk).update(
            state="in_review",
            due_at=due_at,
            responsible=person,
            updated_at=at - timedelta(hours=number),
        )
    return agency


def titles(browser, address, **query):
    page = browser.get(address, query)
    return [line.title for line in page.context["lines" if address == DELIVERABLES else "projects"]]


def test_deliverables_are_searched_by_their_name_and_by_their_clients(works, sign_in):
    browser = sign_in(works.olga)
    assert titles(browser, DELIVERABLES, q="home") == ["Homepage"]
    assert titles(browser, DELIVERABLES, q="borealis") == ["Basket"]
    assert titles(browser, DELIVERABLES, q="nobody") == []
    assert "No deliverable matches" in browser.get(DELIVERABLES, {"q": "nobody"}).text


def test_deliverables_are_narrowed_to_a_client_a_person_and_what_is_late(works, sign_in):
    browser = sign_in(works.olga)
    assert titles(browser, DELIVERABLES, client=works.borealis.pk) == ["Basket"]
    assert titles(browser, DELIVERABLES, person=works.alex.pk) == ["Homepage", "Basket"]
    assert titles(browser, DELIVERABLES, person=works.alex.pk, client=works.acme.pk) == ["Homepage"]
    assert titles(browser, DELIVERABLES, state="late") == ["Homepage"]
    assert len(titles(browser, DELIVERABLES, client="nonsense", person="x", sort="y", state="z")) == 3


def test_deliverables_are_sorted_and_only_those_with_a_deadline_by_it(works, sign_in):
    browser = sign_in(works.olga)
    assert titles(browser, DELIVERABLES) == ["Homepage", "Navigation", "Basket"]
    assert titles(browser, DELIVERABLES, sort="oldest") == ["Basket", "Navigation", "Homepage"]
    assert titles(browser, DELIVERABLES, sort="due") == ["Homepage", "Navigation"]


def test_a_chip_a_search_and_the_pages_keep_the_other_filters(works, sign_in):
    at = now()
    Deliverable.objects.bulk_create(
        Deliverable(
            workspace=works.workspace, client=works.acme, project=works.website, title=f"Leaf {number}",
            purpose="approval", state="in_review", created_at=at, updated_at=at, search_text=f"leaf {number}",
            due_at=at + timedelta(days=number + 20),
        )
        for number in range(60)
    )  # fmt: skip
    browser = sign_in(works.olga)
    query = {"client": str(works.acme.pk), "sort": "due", "q": "leaf", "state": "waiting"}
    first = browser.get(DELIVERABLES, query)
    second = browser.get(DELIVERABLES + first.context["next_url"])
    seen = [line.title for page in (first, second) for line in page.context["lines"]]
    assert seen == [f"Leaf {number}" for number in range(60)]
    assert all("sort=due" in chip.url and "q=leaf" in chip.url for chip in first.context["chips"])
    assert 'name="state" value="waiting"' in first.text


def test_what_is_due_this_week_is_the_list_behind_its_figure(works, sign_in, time_machine):
    """G2-04d."""
    time_machine.move_to(datetime(2026, 6, 10, 12, tzinfo=UTC), tick=False)
    at = now()
    Deliverable.objects.update(due_at=None)
    Deliverable.objects.filter(title="Homepage").update(due_at=at)
    Deliverable.objects.filter(title="Basket").update(planned_on=at.date())
    works.olga.user.time_zone = "UTC"
    works.olga.user.save()
    assert titles(sign_in(works.olga), DELIVERABLES, state="week") == ["Homepage", "Basket"]


def test_projects_are_searched_narrowed_and_sorted(works, sign_in):
    """G2-04c: late is what runs beyond its day."""
    today = now().date()
    make_project(works.acme, "Late", due_on=today - timedelta(days=9), assignee=works.alex)
    make_project(works.acme, "Over", due_on=today - timedelta(days=9), status="completed")
    make_project(works.acme, "Next", due_on=today + timedelta(days=9))
    browser = sign_in(works.olga)
    assert titles(browser, PROJECTS, status="late") == ["Late"]
    assert titles(browser, PROJECTS, person=works.alex.pk) == ["Late"]
    assert titles(browser, PROJECTS, client=works.borealis.pk) == ["Shop"]
    assert titles(browser, PROJECTS, q="boreal") == ["Shop"]
    assert titles(browser, PROJECTS, sort="due") == ["Late", "Next"]
    oldest = titles(browser, PROJECTS, sort="oldest")
    assert oldest == titles(browser, PROJECTS)[::-1] and len(oldest) == 4


def test_a_filter_shows_nothing_out_of_reach(works, sign_in):
    """G2-24a: neither rows nor names of clients; Alex works for Acme alone."""
    browser = sign_in(works.alex)
    for address in (DELIVERABLES, PROJECTS):
        for query in ({"client": works.borealis.pk}, {"q": "borealis"}):
            text = browser.get(address, query).text.split("<main")[1]
            assert "Borealis" not in text and "Basket" not in text and "Shop" not in text


@pytest.mark.parametrize(
    ("address", "query", "index"),
    [
        (DELIVERABLES, {"state": "all"}, "deliverables_by_text"),
        (DELIVERABLES, {"state": "all", "sort": "due"}, "deliverables_by_deadline"),
        (DELIVERABLES, {"state": "late"}, "deliverables_by_state"),
        (PROJECTS, {}, "projects_by_change"),
        (PROJECTS, {"sort": "due"}, "projects_by_day"),
    ],
)
def test_the_pages_of_a_list_are_found_by_an_index(works, sign_in, address, query, index):
    """G6 of docs/performance.md: no page reads the whole table; of four rows PostgreSQL always does."""
    browser = sign_in(works.olga)
    table = (Deliverable if address == DELIVERABLES else Project)._meta.db_table
    with CaptureQueriesContext(connection) as captured:
        browser.get(address, query)
    (sql,) = [each["sql"] for each in captured if re.search(rf'FROM "{table}".*LIMIT 51', each["sql"])]
    with connection.cursor() as cursor:
        # Without what another test's `PRAGMA optimize` counted: of four rows any plan is as good as another.
        if "sqlite_stat1" in connection.introspection.table_names(cursor, include_views=False):
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute(("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + sql)
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert index in plan or not is_sqlite, plan


def test_tasks_documents_and_messages_are_never_cut_in_silence(busy, sign_in, acting):
    """What is missing is said, with the way to all of it."""
    browser, at = sign_in(busy.olga), now()
    Task.objects.bulk_create(
        Task(workspace=busy.workspace, project=busy.website, title=f"T{number}", created_at=at)
        for number in range(SHOWN)
    )
    Document.objects.bulk_create(
        Document(
            workspace=busy.workspace, project=busy.website, folder=busy.document.folder,
            title=f"D{number}", created_at=at, updated_at=at,
        )
        for number in range(SHOWN)
    )  # fmt: skip
    thread = busy.discussion.thread
    ClientComment.objects.bulk_create(
        ClientComment(
            workspace=busy.workspace, thread=thread, body=f"M{number}.", author_member=busy.olga, at=at
        )
        for number in range(MESSAGES_SHOWN)
    )
    website = [busy.website.pk]
    for address, first in [
        (reverse("projects:project", args=website), "Photos"),
        (reverse("projects:documents", args=website), "Brief"),
        (reverse("projects:discussion", args=[*website, busy.discussion.pk]), "Keywords?"),
    ]:
        some, every = browser.get(address).text, browser.get(address + "?all=1").text
        assert 'href="?all=1"' in some and 'href="?all=1"' not in every
        assert first in every


def test_an_opinion_that_all_have_given_is_late_nowhere(works, sign_in, acting):
    """A-46: neither in the lists nor on its page."""
    opinion = make_draft(works.website, "Opinion", purpose="feedback")
    publish(opinion, at=now() - timedelta(days=20))
    browser, page = sign_in(works.olga), reverse("deliverables:deliverable", args=[opinion.pk])
    assert "Opinion" in titles(browser, DELIVERABLES, state="late")
    assert "The deadline has passed" in browser.get(page).text
    for person in (works.sarah, works.mark):
        version = opinion.current_version_id
        add_remark(opinion, version_id=version, body="Fine.", actor=acting(person), at=now())

    assert "Opinion" not in titles(browser, DELIVERABLES, state="late")
    for address in (DELIVERABLES + "?state=all", reverse("projects:deliverables", args=[works.website.pk])):
        (line,) = [each for each in browser.get(address).context["lines"] if each.title == "Opinion"]
        assert not line.is_late and not line.due
    assert "Answer by" not in browser.get(page).text
    text = browser.get(page + "?side=tracking").text
    assert "No answer is expected at the moment." in text and "late" not in text.split("<main")[1]
