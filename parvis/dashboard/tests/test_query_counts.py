"""A page asks the database as often for fifty rows as for five (G7 of RELIABILITY)."""

import base64
import json

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.core.clock import now
from parvis.deliverables.actions import add_remark
from parvis.deliverables.models import Deliverable
from parvis.documents.actions import add_document, folders_of
from parvis.projects.actions import add_task, open_discussion
from tests.factories import make_client, make_contact, make_file, make_project

MOST = 16  # with session, account, member, side bar and inbox counter, which every page has
TRACKING = 2  # more: beside who waited, who can still answer and who wants no reminders


def grow(busy, acting, count):
    """So many more of everything a page lists."""
    at, olga, sarah = now(), acting(busy.olga), acting(busy.sarah)
    file = make_file(busy.workspace)
    folder = folders_of(busy.website)[0]
    for number in range(count):
        client = make_client(busy.workspace, f"Client {count}-{number}")
        make_project(client, f"Project {count}-{number}", contract_amount_minor=1000)
        make_project(busy.acme, f"More {count}-{number}")
        email = f"c{count}-{number}@acme.test"
        make_contact(busy.acme, f"C {number}", email=email, handle=f"client-c{count}-{number}")
        add_task(busy.website, title="Task", assignee=busy.olga, due_on=at.date(), actor=olga, at=at)
        open_discussion(busy.website, title="Topic", body="Hello", actor=olga, at=at)
        add_document(busy.website, folder=folder, title="Doc", file=file, actor=olga, at=at)
        add_remark(busy.homepage, version_id=busy.version.pk, body="Hm", actor=sarah, at=at)
        Deliverable.objects.create(
            workspace=busy.workspace,
            client=busy.acme,
            project=busy.website,
            title=f"Thing {count}-{number}",
            purpose="information",
            state="pending",
            submitted_at=at,
            created_at=at,
            updated_at=at,
        )


def queries(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in captured]


def test_no_page_asks_more_often_for_more_rows(busy, sign_in, acting):
    browser = sign_in(busy.olga)
    acme, website, homepage = [busy.acme.pk], [busy.website.pk], [busy.homepage.pk]
    addresses = [
        reverse("dashboard:home"),
        reverse("clients:clients"),
        reverse("clients:clients") + "?state=running",
        reverse("dashboard:unanswered"),
        reverse("projects:projects"),
        reverse("deliverables:deliverables"),
        reverse("dashboard:search") + "?q=Client",
        *(reverse(f"clients:{name}", args=acme) for name in ("client", "projects", "documents", "timeline")),
        *(reverse(f"clients:{name}", args=acme) for name in ("contacts", "notes", "portal")),
        *(reverse(f"projects:{name}", args=website) for name in ("project", "deliverables", "documents")),
        *(reverse(f"projects:{name}", args=website) for name in ("discussions", "team", "timeline")),
        reverse("deliverables:deliverable", args=homepage) + "?side=open",
        reverse("deliverables:deliverable", args=homepage) + "?side=tracking",
    ]
    grow(busy, acting, 5)
    few = {address: queries(browser, address) for address in addresses}
    grow(busy, acting, 25)
    many = {address: queries(browser, address) for address in addresses}
    grown = {a: (len(few[a]), len(many[a])) for a in addresses if len(many[a]) > len(few[a])}
    assert not grown
    heavy = {
        address: len(sql)
        for address, sql in many.items()
        if len(sql) > MOST + (TRACKING if "side=tracking" in address else 0)
    }
    assert not heavy, "\n".join(many[max(heavy, key=lambda a: heavy[a])])


def made_up(*parts):
    """A cursor as somebody might write one."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def test_a_cursor_nobody_made_begins_at_the_start(agency, sign_in):
    browser = sign_in(agency.olga)
    cursors = ["x", "WyJhIl0", "%00", "e30", made_up("a", "no day", str(agency.acme.pk))]
    cursors.append(made_up("a", "0001-01-01T00:00:00+14:00", str(agency.acme.pk)))
    cursors += [made_up("a", "A\x00", str(agency.acme.pk)), made_up("a", "A", "no id")]
    for cursor in cursors:
        for sort in ("name", "activity"):
            page = reverse("clients:clients") + f"?sort={sort}&cursor={cursor}"
            assert browser.get(page).status_code == 200, cursor


def test_an_id_nobody_made_is_not_found(busy, sign_in):
    browser = sign_in(busy.olga)
    for address, form in [
        (reverse("projects:members", args=[busy.website.pk]), {"member": "x"}),
        (reverse("deliverables:remind", args=[busy.homepage.pk]), {"contact": ""}),
        (reverse("backstage:comments"), {"subject_type": "projects.task", "subject": "x", "body": "y"}),
        (reverse("deliverables:replies", args=[busy.homepage.pk, 1]), {"parent": "x", "body": "y"}),
    ]:
        assert browser.post(address, form).status_code == 404, address
    assert browser.get(reverse("dashboard:explain") + "?contact=x").status_code == 404
    assert browser.get(reverse("clients:clients") + "?q=%00%0A").status_code == 200
