"""The first page: what to do, who is waited for, how things stand (G2-03, G2-04, G1-02c)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from parvis.core.clock import now
from parvis.dashboard.pages.figures import COUNTED_UP_TO, figures
from parvis.dashboard.pages.home import today_rows, waiting_at_clients
from parvis.dashboard.pages.talks import unanswered
from parvis.dashboard.pages.week import week
from parvis.deliverables.actions import add_remark, decide, delete_deliverable, reply_to_remark
from parvis.deliverables.models import Deliverable, DeliverableState, Purpose, Verdict
from parvis.documents.models import Document
from parvis.projects.models import Project, Task
from tests.factories import join, make_draft, make_project, publish

HOME = reverse("dashboard:home")


def test_a_new_agency_is_shown_four_steps(agency, sign_in):
    """DESIGN screen 7: empty."""
    Project.objects.all().delete()
    agency.acme.delete()
    agency.borealis.delete()
    text = sign_in(agency.olga).get(HOME).text
    assert text.count("<li>") >= 4
    assert reverse("clients:new") in text and reverse("settings:look") in text


def test_overdue_answers_come_before_changes_to_make(agency, acting):
    """Each row leads to the object with its next step."""
    at = now()
    late = publish(make_draft(agency.website, "Late", approvers=[agency.sarah]), at=at - timedelta(days=20))
    asked = make_draft(agency.website, "Asked", approvers=[agency.sarah])
    version = publish(asked, at=at - timedelta(days=2))
    decide(
        asked,
        version_id=version.pk,
        verdict=Verdict.CHANGES_REQUESTED,
        note="Warmer",
        actor=acting(agency.sarah),
        at=at - timedelta(days=1),
    )
    rows = today_rows(acting(agency.olga), at, to_sort=2).rows
    assert [row.title for row in rows] == ["2 things to sort", "Late", "Asked"]
    assert rows[1].step == "Remind" and str(late.deliverable_id) in rows[1].url
    assert rows[2].step == "Publish version 2"
    assert rows[2].line.endswith("The client asked for changes")


def test_what_needs_no_answer_waits_at_no_client(agency, acting):
    """A-46, G1-37b, G1-37c, A-13: information, an opinion all have given, what a completed project left."""
    at, olga = now(), acting(agency.olga)
    opinion = make_draft(agency.website, "Opinion", purpose=Purpose.FEEDBACK)
    notice = make_draft(agency.website, "Notice", purpose=Purpose.INFORMATION)
    done = make_draft(make_project(agency.acme, "Old", status="completed"), approvers=[agency.sarah])
    for draft in (opinion, notice, done):
        publish(draft, at=at - timedelta(days=20))
    assert [row.title for row in waiting_at_clients(olga, at)] == ["Opinion"]
    (row,) = today_rows(olga, at, to_sort=0).rows
    assert row.line.endswith("The feedback is overdue") and row.step == "Open the deliverable"
    for person in (agency.sarah, agency.mark):
        version = opinion.current_version_id
        add_remark(opinion, version_id=version, body="Fine.", actor=acting(person), at=at)
    assert waiting_at_clients(olga, at) == today_rows(olga, at, to_sort=0).rows == []


def test_what_was_rejected_is_called_so(agency, acting):
    """A-15: a rejection is no request for changes."""
    homepage = make_draft(agency.website, approvers=[agency.sarah])
    publish(homepage, at=now())
    answer = {"verdict": Verdict.REJECTED, "note": "Not our style", "actor": acting(agency.sarah)}
    decide(homepage, version_id=homepage.current_version_id, at=now(), **answer)
    (row,) = today_rows(acting(agency.olga), now(), to_sort=0).rows
    assert row.line.endswith("The client rejected it")


def test_this_week_is_the_calendars_not_the_next_seven_days(agency, acting):
    """G2-04d: Monday to Sunday where the reader is; what is settled no longer counts."""
    for day in (15, 16, 22, 23):  # a Sunday, a Monday, a Sunday, a Monday
        planned = make_draft(agency.website, f"Due on {day}")
        Deliverable.objects.filter(pk=planned.pk).update(planned_on=date(2024, 12, day))
    wednesday = datetime(2024, 12, 18, 12, tzinfo=UTC)
    assert figures(acting(agency.olga), wednesday).due_this_week == "2"
    Deliverable.objects.filter(title="Due on 16").update(state="approved")
    assert figures(acting(agency.olga), wednesday).due_this_week == "1"


def test_the_indicators_count_what_is_within_reach(agency, acting):
    """G2-04a-c, G2-03a, G2-03b; G2-24a: no amounts for members."""
    at = now()
    make_project(agency.borealis, "Old", due_on=at.date() - timedelta(days=3), contract_amount_minor=500_00)
    make_project(agency.borealis, "Done", status="completed")
    shown = figures(acting(agency.olga), at)
    assert (shown.running, shown.late, shown.active_clients) == (2, 1, 2)
    assert [str(value.minor) for value, _ in shown.values] == ["50000"]
    assert ("completed", "Completed", 1) in shown.by_status
    theirs = figures(acting(agency.alex), at)
    assert (theirs.running, theirs.values) == (1, [])


def test_a_talk_waits_for_the_team_until_somebody_answers(busy, acting):
    """G2-04e, as far as talks stand for client requests."""
    olga = acting(busy.olga)
    assert unanswered(olga).count() == 2  # the task and the discussion; the remark was answered
    assert busy.remark.thread not in unanswered(olga)
    reply_to_remark(busy.remark, body="One more thing", actor=acting(busy.sarah), at=now())
    assert busy.remark.thread in unanswered(olga)
    busy.alex.assignments.all().delete()
    assert unanswered(acting(busy.alex)).count() == 0


def test_what_was_said_about_something_deleted_asks_for_no_answer(busy, acting):
    """Nobody can open it any more."""
    reply_to_remark(busy.remark, body="One more thing", actor=acting(busy.sarah), at=now())
    assert unanswered(acting(busy.olga)).count() == 3
    delete_deliverable(busy.homepage, actor=acting(busy.olga), at=now())
    assert unanswered(acting(busy.olga)).count() == 2
    assert figures(acting(busy.olga), now()).requests == 2
    busy.task.client_visible = False
    busy.task.save()
    assert unanswered(acting(busy.olga)).count() == 1
    Project.objects.update(archived_at=now())
    assert unanswered(acting(busy.olga)).count() == 0


def test_the_messages_behind_the_figure_lead_to_the_answer(busy, sign_in, acting):
    """G2-04e: the one that has waited longest first, with its last words; only of projects within reach."""
    at = now()
    reply_to_remark(busy.remark, body="One **more** thing", actor=acting(busy.sarah), at=at)
    messages, browser = reverse("dashboard:unanswered"), sign_in(busy.olga)
    assert f'href="{messages}"' in browser.get(HOME).text
    lines = browser.get(messages).context["lines"]
    assert len(lines) == 3 and [line.at for line in lines] == sorted(line.at for line in lines)
    assert (lines[2].title, lines[2].words) == (
        f"{busy.homepage.title}, remark {busy.remark.number}",
        "One more thing",
    )
    for line in lines:
        page = browser.get(line.url.partition("#")[0])
        assert page.status_code == 200 and line.words in page.text.replace("<strong>more</strong>", "more")
    assert len(browser.get(messages, {"client": busy.acme.pk}).context["lines"]) == 3
    narrowed = browser.get(messages, {"client": busy.borealis.pk})
    assert not narrowed.context["lines"] and "This client is waiting for nothing" in narrowed.text
    busy.alex.assignments.all().delete()
    assert "Every message has its answer" in sign_in(busy.alex).get(messages).text


def test_the_active_clients_behind_their_figure(busy, sign_in):
    """Those whose projects run; not who is merely called active."""
    browser, clients = sign_in(busy.olga), reverse("clients:clients") + "?state=running"
    assert clients in browser.get(HOME).text
    assert [line.name for line in browser.get(clients).context["list"].lines] == ["Acme Corp"]
    Project.objects.update(status="completed")
    assert not browser.get(clients).context["list"].lines


def test_who_is_waited_for_stands_in_the_order_of_waiting(agency, acting):
    """G1-02c: looked at or not; what is late says so; another's projects are out of reach (G2-24a)."""
    at = now()
    names = ["Longest", "Long", "New"]
    for days, name in zip((20, 3, 1), names, strict=True):
        publish(make_draft(agency.website, name, approvers=[agency.sarah]), at=at - timedelta(days=days))
    other = make_project(agency.borealis, "Boreal")
    publish(make_draft(other, "Theirs", approvers=[agency.bo]), at=at)
    Deliverable.objects.filter(title="Long").update(state=DeliverableState.IN_REVIEW)
    rows = waiting_at_clients(acting(agency.olga), at)
    assert [(row.title, row.is_late) for row in rows] == [
        ("Longest", True),
        ("Long", False),
        ("New", False),
        ("Theirs", False),
    ]
    assert rows[1].sent == "3 days ago"
    assert [row.title for row in waiting_at_clients(acting(agency.alex), at)] == names


def test_what_is_due_this_week_is_counted_up_to_a_hundred(agency, acting):
    """G2-04d: by its deadline, or where it has none by its plan; drafts count, approved ones do not."""
    at = now()
    olga, today = acting(agency.olga), timezone.localdate(at, ZoneInfo("Europe/Paris"))
    facts = {"workspace": agency.workspace, "client": agency.acme, "project": agency.website}
    facts |= {"purpose": "approval", "created_at": at, "updated_at": at}
    planned = [Deliverable(title=f"D {n}", state="draft", planned_on=today, **facts) for n in range(2)]
    done = Deliverable(title="Done", state="approved", due_at=at, **facts)
    Deliverable.objects.bulk_create([*planned, done])
    assert figures(olga, at).due_this_week == "2"
    many = [Deliverable(title=f"T {n}", state="pending", due_at=at, **facts) for n in range(COUNTED_UP_TO)]
    Deliverable.objects.bulk_create(many)
    assert figures(olga, at).due_this_week == "99+"


def test_the_week_shows_deadlines_and_milestones(busy, acting):
    """G2-04d."""
    days = week(acting(busy.olga), now())
    labels = [entry.label for day in days for entry in day.items]
    assert len(days) == 7
    assert "Launch" in labels


def test_the_palette_shows_the_newest_within_reach(busy, sign_in):
    """DESIGN 5, G2-24a: the inside of a dialog for a script, else the page of the search."""
    address = reverse("dashboard:search")
    alex = sign_in(busy.alex)
    dialog = alex.get(address, headers={"HX-Request": "true", "HX-Target": "dialog"}).text
    assert "Acme Corp" in dialog and "Homepage" in dialog and "Borealis" not in dialog
    assert "<main" not in dialog
    found = alex.get(address + "?q=people", headers={"HX-Request": "true", "HX-Target": "found"}).text
    assert f'href="{reverse("settings:people")}"' in found and "<form" not in found
    assert "Acme Corp" in alex.get(address).text.split("<main")[1]


def test_the_search_stays_within_reach(busy, sign_in):
    """G2-17c: neither another client's things nor what was deleted."""
    Document.objects.update(deleted_at=now())
    address = reverse("dashboard:search") + "?q="
    found = sign_in(busy.alex).get(address + "bo").text.split("<main")[1]
    assert "Borealis" not in found
    assert "Borealis" in sign_in(busy.olga).get(address + "bo").text.split("<main")[1]
    assert "Brief" not in sign_in(busy.olga).get(address + "brief").text.split("<main")[1].split("</form>")[1]


def test_a_contact_of_two_clients_tells_nobody_of_the_other_one(busy, sign_in):
    """G2-24a: the lowest role finds the person, and learns nothing of whom else they work for."""
    join(busy.sarah, busy.borealis)
    address = reverse("dashboard:search") + "?q=sarah"
    found = sign_in(busy.alex).get(address).text.split("<main")[1]
    assert "Sarah Lopez" in found and "Acme Corp" in found and "Borealis" not in found
    assert "Borealis" in sign_in(busy.olga).get(address).text.split("<main")[1]


def test_what_is_to_do_is_counted_beyond_what_is_shown_and_shown_when_asked_for(agency, sign_in):
    """G2-03e."""
    at = now()
    for number in range(15):
        late = make_draft(agency.website, f"Late {number}", approvers=[])
        Deliverable.objects.filter(pk=late.pk).update(state="changes_requested")
    facts = {"workspace": agency.workspace, "project": agency.website, "assignee": agency.olga}
    facts |= {"due_on": at.date() - timedelta(days=2), "created_at": at}
    for number in range(8):
        Task.objects.create(**facts, title=f"Task {number}")
    browser = sign_in(agency.olga)

    some = browser.get(HOME)
    assert (len(some.context["today"].rows), some.context["today"].count) == (18, "23")
    assert 'href="?todo=all"' in some.text
    every = browser.get(HOME, {"todo": "all"})
    assert len(every.context["today"].rows) == 23
    assert 'href="?todo=all"' not in every.text


def test_figures_lead_to_the_lists_behind_them_and_say_what_is_new(agency, sign_in, acting, time_machine):
    """G2-04a to d: the number of the figure is the number of rows."""
    time_machine.move_to(datetime(2026, 6, 10, 12, tzinfo=UTC), tick=False)
    at = now()
    old, today = at - timedelta(days=90), at.date()
    late = {"due_on": today - timedelta(days=3), "contract_amount_minor": 10_000}
    make_project(agency.acme, "New and late", **late)
    long_ago = {"due_on": today - timedelta(days=40), "contract_amount_minor": 5_000}
    before = make_project(agency.acme, "Long late", **long_ago)
    Project.objects.exclude(pk=before.pk).update(created_at=at)
    Project.objects.filter(pk=before.pk).update(created_at=old)
    due = make_draft(agency.website, "Due", approvers=[])
    Deliverable.objects.filter(pk=due.pk).update(state="in_review", due_at=at, submitted_at=old)
    browser = sign_in(agency.olga)

    page = browser.get(HOME)
    shown = page.context["figures"]
    assert (shown.late, shown.newly_late) == (2, 1)
    ((value, begun),) = shown.values
    assert (value.minor, begun.minor) == (15_000, 10_000)
    behind = {
        reverse("projects:projects"): ("projects", shown.running),
        reverse("projects:projects") + "?status=late": ("projects", shown.late),
        reverse("deliverables:deliverables") + "?state=week": ("lines", int(shown.due_this_week)),
    }
    for address, (rows, count) in behind.items():
        assert f'class="card figure" href="{address}"' in page.text
        assert len(browser.get(address).context[rows]) == count
