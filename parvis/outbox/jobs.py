"""Longer jobs (previews, exports): Django's task API, run in a thread beside the worker's loop.

A task is only a hint that a row wants work. django-tasks-db has no lease: a worker killed with -9 leaves its
task RUNNING for ever, so tasks of workers that no longer beat are set back.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.db import close_old_connections, connections
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from parvis.outbox.beats import ALIVE_FOR, alive_workers

PAUSE_SECONDS = 0.5
AFTER_AN_ERROR_SECONDS = 5.0
KEPT_FOR = timedelta(days=7)

log = logging.getLogger(__name__)


class JobRunner(threading.Thread):
    """Runs tasks one after another until `stopping` is set; the task under way is finished."""

    def __init__(self, worker_name: str, stopping: threading.Event) -> None:
        super().__init__(name="jobs", daemon=True)
        self._stopping = stopping
        self._worker = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,  # so that a stop is noticed between two tasks
            worker_id=worker_name,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Look for tasks; a look without finding one writes nothing."""
        while not self._stopping.is_set():
            pause = PAUSE_SECONDS
            try:
                close_old_connections()
                if DBTaskResult.objects.ready().exists():
                    self._worker.run()
                    continue
            except Exception:
                log.exception("A job could not be run; the next is tried")
                pause = AFTER_AN_ERROR_SECONDS
            self._stopping.wait(pause)
        connections.close_all()


def release_stale_jobs(at: datetime) -> int:
    """Set tasks back whose worker has been silent for a minute; returns how many."""
    alive = alive_workers(at)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - ALIVE_FOR)
    stale = [task.pk for task in running if not alive & set(task.worker_ids[-1:])]
    return running.filter(pk__in=stale).update(status=TaskResultStatus.READY, started_at=None)


def forget_finished_jobs(at: datetime) -> int:
    """Delete what is known of jobs that ended a week ago; returns how many."""
    finished = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    old = DBTaskResult.objects.filter(status__in=finished, finished_at__lt=at - KEPT_FOR)
    deleted, _ = old.delete()
    return deleted
