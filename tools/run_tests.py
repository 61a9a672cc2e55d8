"""`make test`: one tier of the tests on one database.

A test outside the tier is not a skip. What this machine lacks is named in one line, and its tests are left
out; with CI=true nothing may lack and nothing may be skipped.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
TIERS = {"fast": "not full and not long", "full": "not long", "long": "long"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main() -> int:
    """Run pytest and return its exit code."""
    # Told to stop, leave by the way that also stops PostgreSQL.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    options, pytest_arguments = _parser().parse_known_args()
    wanted = [f"({TIERS[options.tier]})"]
    environment = {**os.environ, "PARVIS_TIER": options.tier}
    strict = os.environ.get("CI", "").lower() in {"1", "true"}
    if strict:
        environment["PARVIS_TESTS_MAY_SKIP"] = "0"
    with ExitStack() as stack:
        if "PARVIS_DATA_DIR" not in environment:  # never in the folder of a running installation
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-tests-"))
            environment["PARVIS_DATA_DIR"] = folder
        lacking = []
        if chromium := find_chromium():
            environment["PARVIS_TEST_CHROMIUM"] = chromium
        else:
            lacking.append("Chromium (Debian: apt install chromium): no test drives a browser")
            wanted.append("not browser")
        if options.db == "sqlite":
            wanted.append("not postgres")
        elif url := _postgres(stack):
            environment["PARVIS_DATABASE_URL"] = url
        else:
            sys.exit(
                "PostgreSQL is not installed (Debian: apt install postgresql),"
                " and PARVIS_DATABASE_URL names none."
            )
        for what in lacking:
            print(f"Missing: {what}", flush=True)
        if lacking and strict:
            return 1
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-m",
            " and ".join(wanted),
            *_workers(options),
            *pytest_arguments,
        ]
        return subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
        ).returncode


def find_chromium() -> str | None:
    """The system's Chromium or Chrome."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC_CHROME) if MAC_CHROME.exists() else None


def _postgres(stack: ExitStack) -> str | None:
    """The one that was named, else one of our own."""
    named = os.environ.get("PARVIS_DATABASE_URL", "")
    if named.startswith("postgres"):
        return named
    return stack.enter_context(postgres.running()) if postgres.programs() else None


def _workers(options: argparse.Namespace) -> list[str]:
    if options.workers == 0:
        return []
    # In the order of conftest.py, not by how many tests a file has: a file of one may take ten minutes.
    return ["-n", str(options.workers), "--dist=loadfile", "--no-loadscope-reorder"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make test", description=__doc__)
    parser.add_argument("--tier", choices=TIERS, default="fast")
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    cores = os.cpu_count() or 1
    # One more than there are cores: a test that drives a browser or a process waits for a third of its time.
    parser.add_argument("--workers", type=int, default=min(cores + 1, 8) if cores > 1 else 0)
    return parser


if __name__ == "__main__":
    sys.exit(main())
