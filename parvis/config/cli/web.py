"""`parvis web`: Django under granian, with threads so that one slow transfer holds nobody up."""

import argparse
import os
import signal

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MPServer, MTServer, Server

from parvis.config import settings
from parvis.config.cli.lifeline import PARENT_VARIABLE
from parvis.config.cli.ports import address_of

WORKERS = 2
# Each upload or download occupies a thread for as long as it takes, and chance may lead eight of them to one
# process; behind a buffering proxy one thread is enough.
THREADS = 10


def web(arguments: list[str]) -> int:
    """Serve until told to stop."""
    options = _parser().parse_args(arguments)
    host, port = address_of(settings.BIND, "PARVIS_BIND")
    os.environ[PARENT_VARIABLE] = str(os.getpid())  # read by parvis.config.wsgi in every worker
    # glibc keeps a heap for each thread, which saves nothing where one thread runs at a time: 5 MB a worker.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    os.register_at_fork(after_in_child=_end_when_told)
    server = _server(host, port, workers=options.workers, threads=options.threads)
    server.serve()
    return 0


def _end_when_told() -> None:
    """Let a signal end a worker that is still loading.

    It inherits the server's handlers, which note the wish in its own copy of the server, where nobody looks;
    then it would load to its end and hold the port until the server's patience does. What granian sets when
    the worker is ready replaces this.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def _server(host: str, port: int, *, workers: int, threads: int) -> MPServer | MTServer:
    return Server(
        "parvis.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        http=HTTPModes.http1,
        websockets=False,
        log_access=False,  # addresses may carry access tokens
        log_level=LogLevels.error,  # it warns of every thread above the number of cores
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("parvis web", description="Serve pages and API at PARVIS_BIND.")
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=THREADS, help="threads in each (default: %(default)s)")
    return parser
