"""`make check`: everything that can be said about the code without running it.

Runs to the end whatever fails, so that one look shows all there is to do. ARGS='types imports' runs
only those.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def main() -> int:
    """Run the named checks, or all; the exit code says whether any failed."""
    wanted = sys.argv[1:] or list(CHECKS)
    if unknown := [name for name in wanted if name not in CHECKS]:
        sys.exit(f"No such check: {', '.join(unknown)}. There are: {', '.join(CHECKS)}.")
    failed = [name for name in wanted if not _passes(name)]
    print("Failed: " + ", ".join(failed) if failed else "Everything is in order.")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    since = time.monotonic()
    ok, words = CHECKS[name]()
    seconds = time.monotonic() - since
    print(
        f"{'ok    ' if ok else 'FAILED'} {name} ({seconds:.1f} s){': ' + words if ok and words else ''}",
        flush=True,
    )
    if not ok:
        print(words.strip() + "\n", flush=True)
    return ok


def tool(program: str, *arguments: str) -> Callable[[], tuple[bool, str]]:
    """A check that is one program of the environment; silence when it is content."""

    def check() -> tuple[bool, str]:
        done = _run([str(BIN / program), *arguments])
        return done.returncode == 0, "" if done.returncode == 0 else done.stdout + done.stderr

    return check


def migrations() -> tuple[bool, str]:
    """No model differs from its migrations."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-m", "parvis", "makemigrations", "--check", "--dry-run"]
        done = _run([sys.executable, *arguments], PARVIS_DATA_DIR=folder)
    return done.returncode == 0, "" if done.returncode == 0 else done.stdout + done.stderr


def advisories() -> tuple[bool, str]:
    """Known holes in what the product installs; a gate only where every package was really asked about."""
    lock = str(ROOT / "requirements" / "product.txt")
    options = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json", "--timeout=15"]
    try:
        done = _run([str(BIN / "pip-audit"), *options, "-r", lock], limit=120)
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        return True, "not run: no advisory source"
    if any("skip_reason" in package for package in packages):
        return True, "not run: no advisory source"
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}"
        for package in packages
        for hole in package["vulns"]
    ]
    return not holes, "\n".join(holes)


def _run(command: list[str], limit: int = 600, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
    )


PYTHON_SOURCES = [
    name for name in ("parvis", "tools", "tests", "bench", "conftest.py") if (ROOT / name).exists()
]

CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "format": tool("ruff", "format", "--check", "--quiet", "."),
    "lint": tool("ruff", "check", "--quiet", "."),
    "types": tool("mypy", *PYTHON_SOURCES),
    "imports": tool("lint-imports", "--no-cache"),
    "templates": tool("djlint", "parvis", "--lint", "--quiet"),
    "habits": tool("python", "-m", "tools.lints"),
    "translations": tool("python", "-m", "tools.messages", "check"),
    "migrations": migrations,
    "bandit": tool("bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml", "parvis", "tools"),
    "advisories": advisories,
}

if __name__ == "__main__":
    sys.exit(main())
