"""A PostgreSQL of our own for as long as the tests run: private, empty, on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing in it has to survive a power cut, so it need not wait for the disk.
# A test that waits for a row nobody will give back fails and says so, instead of waiting for ever.
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    " -c lock_timeout=120s"
)
SYSTEM_ACCOUNT = "postgres"


def programs() -> Path | None:
    """The folder of the newest `initdb` and `pg_ctl`; nothing where PostgreSQL is not installed."""
    homes = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    found = [home for home in homes if (home / "initdb").exists()]
    if found:
        return max(found, key=lambda home: int("".join(filter(str.isdigit, str(home))) or 0))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def running() -> Iterator[str]:
    """Start it and yield its address."""
    home = programs()
    if home is None:
        raise RuntimeError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="parvis-postgres-"))
    port = _free_port()
    try:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, SYSTEM_ACCOUNT)
        data = str(folder / "data")
        _run(
            home / "initdb",
            "--auth=trust",
            "--username=parvis",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-D",
            data,
        )
        options = (
            f"{OPTIONS} -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        )
        _run(home / "pg_ctl", "start", "--wait", "-D", data, "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgres://parvis@127.0.0.1:{port}/postgres"
        finally:
            _run(home / "pg_ctl", "stop", "--mode=immediate", "-D", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: str) -> None:
    become = ["runuser", "-u", SYSTEM_ACCOUNT, "--"] if os.geteuid() == 0 else []
    command = [*become, str(program), *arguments]
    # The server inherits its output; a pipe would keep us waiting for its end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{program.name} failed: {output.read().strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
