"""A web server as a process of its own, with what it costs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.load import Request, Round, run
from bench.processes import Memory, cpu_seconds, memory, tree
from parvis.config.cli.ports import answers

WORKERS = 2
START_SECONDS = 60
WARM_UP_SECONDS = 0.5


@dataclass(frozen=True)
class Cost:
    """One round and the CPU the server spent on it."""

    round: Round
    cpu_ms: float  # per request, of the server's whole process tree


@dataclass
class Server:
    """A running server."""

    pid: int
    port: int

    def measure(self, requests: Iterator[Request], seconds: float, *, warm_up: bool = True) -> Cost:
        """One round, after a short one to warm up."""
        if warm_up:
            run(self.port, requests, WARM_UP_SECONDS)
        pids = tree(self.pid)
        before = cpu_seconds(pids)
        measured = run(self.port, requests, seconds)
        spent = cpu_seconds(pids) - before
        return Cost(measured, spent * 1000 / measured.requests)

    def memory_of_processes(self) -> list[Memory]:
        """The parent first, then its workers."""
        return [memory(pid) for pid in tree(self.pid)]


@contextmanager
def served(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    """Start a command that listens on `port`, wait until it answers, end it with its children."""
    if answers("127.0.0.1", port):
        raise SystemExit(f"Port {port} is taken; the benchmark needs it.")
    process = subprocess.Popen([sys.executable, *command], env={**os.environ, **environment})
    try:
        began = time.monotonic()
        while not answers("127.0.0.1", port):
            if process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise SystemExit(f"{' '.join(command)} did not start.")
            time.sleep(0.1)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
