"""The worker: rounds, clock, heartbeats and longer jobs."""

import json
import threading
import time
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from parvis.access import Actor, Audience
from parvis.core.clock import now
from parvis.events.actions import record
from parvis.events.kinds import EventKind
from parvis.events.models import EventSeal
from parvis.outbox.beats import alive_workers, beat
from parvis.outbox.carrying import TransientFailure
from parvis.outbox.jobs import forget_finished_jobs, release_stale_jobs
from parvis.outbox.models import Message, WorkerBeat
from parvis.outbox.tests.factories import AT, LATER, Basket, make_message, make_workspace
from parvis.outbox.worker import Worker, perform_due, tick
from parvis.workspaces.models import Workspace
from tests.processes import wait_for

HERE = "parvis.outbox.tests.test_working"
DUE = (f"{HERE}.remind", f"{HERE}.fall_over", f"{HERE}.remind")
FAILING = (f"{HERE}.fall_over",)
MANY = (f"{HERE}.remind_one_of_three",)
DUE_ONCE = (f"{HERE}.perform",)
QUIET = ()
PERFORMED: list[datetime] = []


def perform(at):
    PERFORMED.append(at)
    return {}


def remind(at):
    return {"reminders": 2}


def fall_over(at):
    raise ZeroDivisionError


def remind_one_of_three(at):
    """A slice; the second call finds what the first left."""
    written = Message.objects.count()
    if written < 3:
        make_message(Workspace.objects.get(), f"reminder:{written}")
    return {"reminders": int(written < 3)}


@pytest.fixture(autouse=True)
def carrier(settings):
    settings.CARRIER = "parvis.outbox.tests.factories.Basket"
    settings.DUE = f"{HERE}.QUIET"


@pytest.mark.django_db
def test_a_part_that_fails_does_not_stop_the_clock(settings):
    settings.DUE = f"{HERE}.DUE"
    assert perform_due(AT) == {"reminders": 4, "errors": 1}


@pytest.mark.django_db
def test_tick_performs_a_chosen_moment_and_counts_in_one_line(capsys):
    make_message(make_workspace(), not_before=AT + timedelta(days=400))

    call_command("tick", "--at", "2028-06-01T09:00+02:00")

    counts = json.loads(capsys.readouterr().out)
    assert (counts["at"], counts["sent"]) == ("2028-06-01T09:00:00+02:00", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["tomorrow", "2027-03-08", "2027-03-08T09:00", "2027-13-08T09:00+01:00"])
def test_tick_wants_a_moment_with_its_offset(moment):
    with pytest.raises(CommandError, match="offset"):
        call_command("tick", "--at", moment)


@pytest.mark.django_db
def test_tick_fails_when_something_due_could_not_be_performed(settings):
    settings.DUE = f"{HERE}.FAILING"
    with pytest.raises(CommandError):
        call_command("tick")


@pytest.mark.django_db
def test_tick_performs_every_slice(settings):
    settings.DUE = f"{HERE}.MANY"
    make_workspace()
    counts = tick(LATER)
    assert (counts["reminders"], counts["sent"]) == (3, 3)


@pytest.mark.django_db
def test_mail_leaves_between_two_slices_of_what_is_due(settings):
    """PERFORMANCE: two thousand reminders due in one hour keep nobody's mail waiting."""
    settings.DUE = f"{HERE}.MANY"
    make_workspace()
    worker = Worker(lambda: LATER)

    seen = []
    while worker.step():
        seen.append((Message.objects.filter(state="sent").count(), Message.objects.count()))

    assert seen == [(0, 1), (1, 2), (2, 3), (3, 3)]


@pytest.mark.django_db
def test_a_round_delivers_beats_and_says_whether_there_was_something_to_do():
    make_message(make_workspace())
    worker = Worker(lambda: LATER)

    assert [worker.step(), worker.step()] == [True, False]

    assert Message.objects.get().state == "sent"
    assert worker.name in alive_workers(LATER)


@pytest.mark.django_db(transaction=True)
def test_mail_that_cannot_be_delivered_does_not_stop_the_seals_and_what_is_due(settings):
    settings.MESSAGES = f"{HERE}.NOWHERE"  # as after a bad update: no delivery gets as far as the carrier
    settings.DUE = f"{HERE}.DUE_ONCE"
    workspace = make_workspace()
    make_message(workspace)
    with transaction.atomic():
        record(
            EventKind.MAIL_RESENT,
            actor=Actor.system(workspace.pk),
            subject=Message.objects.get(),
            at=AT,
            audience=Audience.STAFF,
        )
    PERFORMED.clear()

    with pytest.raises(ExceptionGroup):
        Worker(lambda: LATER).step()

    assert EventSeal.objects.count() == 1
    assert PERFORMED == [LATER]


class SlowServer(Basket):
    """Takes as long over a mail as it takes the worker to be seen once more."""

    workers: ClassVar[list[Worker]] = []

    def carry(self, parcel):
        worker = self.workers[-1]
        beats = WorkerBeat.objects.filter(process=worker.name)
        before = beats.get().seen_at
        is_seen = wait_for(lambda: beats.get().seen_at > before)
        worker.stop()
        if not is_seen:
            raise TransientFailure("unseen")


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_seen_while_a_mail_takes_long(settings):
    """Else `/readyz` fails and other workers set back what it is doing."""
    settings.CARRIER = f"{HERE}.SlowServer"
    make_message(make_workspace())
    started, failures = now(), []

    def clock():
        if threading.current_thread().name == "heart" and not failures:
            failures.append("as when the database is away for a moment")
            raise OSError
        return LATER + (now() - started)

    worker = Worker(clock, beat_seconds=0.1)
    SlowServer.workers.append(worker)

    worker.run()

    assert failures
    assert Message.objects.get().state == "sent"
    assert {"heart", "jobs"}.isdisjoint(thread.name for thread in threading.enumerate())


class StuckServer(Basket):
    """Holds the first mail until the worker is not seen any more, the following until it is seen again."""

    workers: ClassVar[list[Worker]] = []
    came_true: ClassVar[list[bool]] = []

    def carry(self, parcel):
        beats = WorkerBeat.objects.filter(process=self.workers[-1].name)
        before = beats.get().seen_at
        if not self.came_true:
            self.came_true.append(wait_for(lambda: _is_silent(beats), seconds=20))
            is_over = False
        else:
            self.came_true.append(wait_for(lambda: beats.get().seen_at > before, seconds=4))
            is_over = self.came_true[-1]
        if is_over or len(self.came_true) > 5:
            self.workers[-1].stop()
        else:
            make_message(Workspace.objects.get(), f"next:{len(self.came_true)}")


def _is_silent(beats):
    """For ten times as long as a beat."""
    before = beats.get().seen_at
    time.sleep(1)
    return beats.get().seen_at == before


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_round_hangs_is_not_vouched_for_until_the_next_begins(settings):
    """Else nobody ever hears of it: `/readyz` is content, and its jobs are never set back."""
    settings.CARRIER = f"{HERE}.StuckServer"
    make_message(make_workspace())
    started = now()
    worker = Worker(lambda: LATER + (now() - started), beat_seconds=0.1, stuck_after_seconds=2)
    StuckServer.workers.append(worker)
    StuckServer.came_true.clear()

    worker.run()

    assert StuckServer.came_true[0], "it was seen as long as it hung"
    assert StuckServer.came_true[-1], "it was not seen in any round after that"


@pytest.mark.django_db
def test_a_worker_is_forgotten_a_day_after_its_last_beat():
    beat("old", AT, AT, None)
    beat("new", AT, AT + timedelta(days=2), None)
    assert set(WorkerBeat.objects.values_list("process", flat=True)) == {"new"}


@pytest.mark.django_db
def test_a_job_of_a_dead_worker_is_set_back_and_one_of_a_living_worker_is_not():
    later = AT + timedelta(hours=1)
    beat("alive", AT, later, None)
    jobs = {name: _running_job(name) for name in ("alive", "dead")}

    assert release_stale_jobs(later) == 1

    for job in jobs.values():
        job.refresh_from_db()
    assert jobs["dead"].status == TaskResultStatus.READY
    assert jobs["alive"].status == TaskResultStatus.RUNNING


@pytest.mark.django_db
def test_a_job_is_forgotten_a_week_after_it_ended():
    for name, days in (("old", 8), ("recent", 6)):
        job = _running_job(name)
        job.status, job.finished_at = TaskResultStatus.SUCCESSFUL, AT - timedelta(days=days)
        job.save()
    _running_job("at work")

    assert forget_finished_jobs(AT) == 1
    assert DBTaskResult.objects.count() == 2


def _running_job(worker):
    """A task that `worker` began."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=AT,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        worker_ids=["somebody before", worker],
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )
