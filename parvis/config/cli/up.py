"""`parvis up`: every part of an installation on one machine, started and stopped together."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from parvis.config import settings
from parvis.config.cli.lifeline import PARENT_OPTION
from parvis.config.cli.ports import address_of, answers, is_free
from parvis.config.cli.sources import Sources
from parvis.config.environment import address_of_mail_server

PATIENCE = 10  # seconds a part has to finish what it is doing
LOOK_EVERY = 0.2
SLOW_START = 60
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """One running process and the command it runs."""

    name: str
    process: subprocess.Popen[bytes]


class Wishes:
    """What signals have asked for; looked at between two breaths, so that no handler does any work."""

    def __init__(self) -> None:
        self.stop = False
        for number in STOPPING:
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.stop = True


def up(arguments: list[str]) -> int:
    """Start web and worker (and a mailbox), watch them, and leave nothing behind."""
    options = _parser().parse_args(arguments)
    if options.demo:
        os.environ["PARVIS_DEMO"] = "1"
    if complaint := _busy_port(with_mailbox=options.mailbox or options.demo):
        print(complaint, file=sys.stderr)
        return 1
    wishes = Wishes()
    later = ["worker"] + (["mailbox"] if options.mailbox or options.demo else [])
    banner = _prepare(wishes, demo=options.demo)
    if banner is None:
        return 0 if wishes.stop else 1
    sources = Sources(Path(settings.ROOT)) if options.reload else None
    while True:
        parts = [_start("web")]
        reason = _watch(parts, later, wishes, sources, banner)
        _stop(parts)
        if reason != "changed":
            break
        banner = "Something changed; started again."
        _prepare(wishes, demo=False)
    if reason:
        print(f"Stopped everything, because {reason} ended by itself.", file=sys.stderr)
        return 1
    return 0


def _prepare(wishes: Wishes, *, demo: bool) -> str | None:
    """Bring database and static files up to date; the words to greet with, nothing when it failed.

    In a process of its own: the supervisor stays small, because it never loads Django.
    """
    with tempfile.NamedTemporaryFile("r", prefix="parvis-", suffix=".txt") as greeting:
        command = [sys.executable, "-m", "parvis", "prepare", "--greeting", greeting.name]
        parent = [PARENT_OPTION, str(os.getpid())]
        part = Part("prepare", _spawn([*command, *(["--demo"] if demo else []), *parent]))
        while part.process.poll() is None:
            if wishes.stop:
                _stop([part])
                return None
            time.sleep(LOOK_EVERY / 4)
        return greeting.read() if part.process.returncode == 0 else None


def _start(name: str) -> Part:
    command = [sys.executable, "-m", "parvis", name, PARENT_OPTION, str(os.getpid())]
    return Part(name, _spawn(command))


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in the terminal reaches only us, and we tell the parts in our own time.
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


def _watch(parts: list[Part], later: list[str], wishes: Wishes, sources: Sources | None, banner: str) -> str:
    """Wait for a reason to stop: empty when asked to, `changed` for new sources, else the part that fell.

    The parts named by `later` are added once web answers: four processes loading at once on two cores would
    keep whoever looks at the terminal waiting for all of them.
    """
    host, port = address_of(settings.BIND, "PARVIS_BIND")
    greeted, since = False, time.monotonic()
    while not wishes.stop:
        if not greeted and answers(host, port):
            parts += [_start(name) for name in later]
            print(banner, flush=True)
            greeted = True
        if not greeted and time.monotonic() - since > SLOW_START:
            return f"web (no answer within {SLOW_START} seconds)"
        for part in parts:
            if part.process.poll() is not None:
                return part.name
        if sources and sources.have_changed():
            return "changed"
        time.sleep(LOOK_EVERY if greeted else LOOK_EVERY / 4)
    return ""


def _stop(parts: list[Part]) -> None:
    """Ask each part once, wait, then end what is left together with all it started."""
    for part in parts:
        if part.process.poll() is None:
            part.process.terminate()
    deadline = time.monotonic() + PATIENCE
    for part in parts:
        try:
            part.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{part.name} did not stop within {PATIENCE} seconds; ended it.", file=sys.stderr)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(part.process.pid, signal.SIGKILL)
        part.process.wait()


def _busy_port(*, with_mailbox: bool) -> str | None:
    """One sentence when somebody already listens where we want to."""
    host, port = address_of(settings.BIND, "PARVIS_BIND")
    if not is_free(host, port):
        return (
            f"Port {port} is in use. Stop what uses it, or take another:"
            f" PARVIS_BIND={host}:{port + 10} make demo"
        )
    if with_mailbox:
        host, port = address_of_mail_server(settings.EMAIL_URL)
        if not is_free(host, port):
            return (
                f"Port {port}, where the demonstration's mailbox listens, is in use. Stop what uses it, or"
                f" take another: PARVIS_EMAIL_URL=smtp://127.0.0.1:{port + 10} make demo"
            )
        host, port = address_of(settings.MAILBOX_BIND, "PARVIS_MAILBOX_BIND")
        if not is_free(host, port):
            return (
                f"Port {port}, where the demonstration's mailbox is shown, is in use. Stop what uses it, or"
                f" take another: PARVIS_MAILBOX_BIND={host}:{port + 10} make demo"
            )
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("parvis up", description="Run everything on this machine.")
    parser.add_argument("--mailbox", action="store_true", help="catch outgoing mail in a local mailbox")
    parser.add_argument(
        "--demo", action="store_true", help="load the demonstration agency; implies --mailbox"
    )
    parser.add_argument("--reload", action="store_true", help="start again when a source file changes")
    return parser
