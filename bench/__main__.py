"""`python -m bench`: measure pages and the work behind them, print the tables.

Each data set gets a fresh folder and a process of its own; nothing outside it is touched.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.processes import load, machine
from bench.report import tables
from parvis.config.cli.web import THREADS

ROOT = Path(__file__).parent.parent
SECTION = "## What `make bench` measured last"


def main() -> None:
    """Measure and print; with --write also into a file."""
    options = _parser().parse_args()
    if not Path("/proc/self/stat").exists():
        sys.exit("The benchmark reads CPU and memory from /proc, which this system does not have.")
    busy_before = load()
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        if "pages" in options.parts:
            _fill_bare(Path(folder))
        results = [_measured(size, Path(folder), options) for size in options.sizes]
    text = tables(results, _about(busy_before, options))
    print(text)
    if options.write:
        _write(Path(options.write), text)


def _fill_bare(folder: Path) -> None:
    environment = {**os.environ, "BENCH_BARE_FILE": str(folder / "bare.sqlite3")}
    subprocess.run([sys.executable, "-m", "bench.bare.fill"], check=True, env=environment, cwd=ROOT)


def _measured(size: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """One data set, measured in a process whose settings point into its folder."""
    environment = {
        **os.environ,
        "PARVIS_DATA_DIR": str(folder / size),
        "PARVIS_BASE_URL": f"http://127.0.0.1:{options.port}",
        "PARVIS_BIND": f"127.0.0.1:{options.port}",
    }
    environment.pop("PARVIS_DATABASE_URL", None)  # never somebody's real database
    print(f"{size}: preparing", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "parvis", "migrate"]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    arguments = [f"--port={options.port}", f"--seconds={options.seconds}", f"--rounds={options.rounds}"]
    figures = folder / f"{size}.json"
    measuring = [sys.executable, "-m", "bench.measuring", size, str(figures), *arguments]
    measuring += [f"--threads={options.threads}", "--parts", *options.parts]
    # The servers and the worker it starts may talk on their standard output; ours is for the tables.
    done = subprocess.run(measuring, check=False, env=environment, cwd=ROOT, stdout=sys.stderr)
    if done.returncode:
        sys.exit(f"{size} could not be measured.")
    result: dict[str, Any] = json.loads(figures.read_text())
    return result


def _write(path: Path, text: str) -> None:
    """Into the document's last section, instead of the figures that stood there."""
    before = path.read_text().partition(SECTION)[0] if path.exists() else "# Performance\n\n"
    path.write_text(f"{before}{SECTION}\n\n{text}")


def _about(busy_before: float, options: argparse.Namespace) -> str:
    now = datetime.now(UTC)
    return (
        f"Measured {now:%d %B %Y, %H:%M} UTC on {machine()}; load average {busy_before:.1f} before, "
        f"{load():.1f} after. SQLite, granian with 2 workers of {options.threads} threads each, the load "
        f"generator (8 connections) on the same machine. Medians of {options.rounds} rounds of "
        f"{options.seconds:g} s; times and rates move with the machine, ratios are what to compare."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=["S", "M"], default=["S", "M"])
    parser.add_argument("--parts", nargs="+", choices=["pages", "work"], default=["pages", "work"])
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a round (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each (default: %(default)s)")
    parser.add_argument(
        "--threads", type=int, default=THREADS, help="threads per web worker (default: %(default)s)"
    )
    parser.add_argument("--port", type=int, default=8130, help="the first of six free ports")
    parser.add_argument("--write", metavar="FILE", help="put the tables into FILE, as its last section")
    return parser


if __name__ == "__main__":
    main()
