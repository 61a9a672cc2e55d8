"""Parvis as a stranger sees it: a program that is started, answers, and is ended."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0

_PORTS = itertools.count(15_000 + 2_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]))


def free_port() -> int:
    """A port nobody listens on, nor will soon: each process of the tests has its own, each once.

    They lie below those the system lends to connections, which could take one before it is used.
    """
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError


def settings_for(data: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of an installation of its own; nothing of ours or of pytest's leaks into it."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    own = {
        "PARVIS_DATA_DIR": str(data),
        "PARVIS_BIND": f"127.0.0.1:{port}",
        # Collecting for real takes a second, and has a test of its own.
        "PARVIS_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    return {**{name: os.environ[name] for name in kept if name in os.environ}, **own, **more}


def parvis(
    *arguments: str, environment: dict[str, str], timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "parvis", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def table_of_processes() -> dict[int, tuple[int, str]]:
    """Every living process: its parent and its state."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    )
    rows = (line.split() for line in listing.stdout.splitlines())
    return {int(pid): (int(parent), state) for pid, parent, state in rows}


def descendants(pid: int) -> set[int]:
    """All processes that this one started, directly or not."""
    table = table_of_processes()
    found: set[int] = set()
    layer = {pid}
    while layer:
        layer = {child for child, (parent, _) in table.items() if parent in layer} - found
        found |= layer
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run; one that only waits to be buried does not."""
    table = table_of_processes()
    return {pid for pid in pids if pid in table and not table[pid][1].startswith("Z")}


@dataclass
class Running:
    """A started `parvis up`."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def answers(self, path: str = "/healthz") -> bool:
        """Whether a page comes back with 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                status: int = answer.status
                return status == 200
        except OSError:
            return False

    def family(self) -> set[int]:
        """Itself and all it started."""
        return {self.process.pid} | descendants(self.process.pid)

    def end(self) -> None:
        """However the test went, leave nothing behind."""
        family = self.family()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pid in alive(family - {self.process.pid}):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text()


def start(*arguments: str, environment: dict[str, str], port: int, log: Path, through: str = "") -> Running:
    """Start `parvis` and come back at once; `through` is a line of shell that starts `$@` instead of us."""
    command = [sys.executable, "-m", "parvis", *arguments]
    with log.open("w") as output:
        process = subprocess.Popen(
            ["sh", "-c", through, "sh", *command] if through else command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
        )
    return Running(process, port, log)
