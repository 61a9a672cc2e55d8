"""Set up what Parvis needs beside the sources: `.venv`, `node_modules`, compiled translations.

    python3 tools/setup.py demo|test|dev

Run before every other command of the Makefile; does nothing when everything is in place. A stamp is written
only after the last step, with the hash of the lock it was made from, so that an interrupted or outdated
set-up is noticed and made again. Uses nothing but Python's own library.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "parvis-set-up.json"
NODE_MODULES = ROOT / "node_modules"
NODE_STAMP = NODE_MODULES / ".parvis-set-up"
LEVELS = ["product", "demo", "test", "dev"]  # each contains those before it
OLDEST_PYTHON = (3, 11)


class SetUpFailed(Exception):
    """One sentence for the person at the terminal."""


def main(level: str) -> None:
    """Bring the machine to `level`, doing as little as possible."""
    check_python()
    with only_one_at_a_time():
        prepare_environment(level)
        prepare_node_modules()
        compile_translations()


def check_python() -> None:
    """Refuse a Python that cannot run us, before it fails on our syntax."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise SetUpFailed(
            f"Parvis needs Python 3.11 or newer, but {sys.executable} is {found}."
            " Install a newer one and name it: make demo PYTHON=python3.12"
        )


class only_one_at_a_time:  # noqa: N801 - reads as a phrase where it is used
    """Two terminals may say `make` together; the second waits for the first."""

    def __enter__(self) -> None:
        try:
            import fcntl
        except ImportError:
            raise SetUpFailed("Parvis runs on Linux and macOS; on Windows use WSL.") from None
        self.lock = (ROOT / ".set-up.lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another set-up of this folder to finish")
            fcntl.flock(self.lock, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.lock.close()


# --- Python ---


def prepare_environment(wanted: str) -> None:
    """A `.venv` holding the locked packages of `wanted` or more."""
    found = read_stamp()
    level = max(wanted, found["level"], key=LEVELS.index) if found else wanted
    if found == expected_stamp(level):
        return
    if found and (found["python"], found["place"]) == (python_version(), str(VENV)):
        STAMP.unlink()  # from here on it counts as half made
        say(f"Bringing the environment in .venv up to date ({level})")
    else:
        say(f"Making an environment in .venv ({level})")
        make_empty_environment()
    if not install_with_uv(level):
        say("uv does not work here; installing with pip, which takes longer")
        make_empty_environment()
        install_with_pip(level)
    offer_command()
    STAMP.write_text(json.dumps(expected_stamp(level)))


def offer_command() -> None:
    """`.venv/bin/parvis`, which works from any folder."""
    command = VENV / "bin" / "parvis"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{VENV}/bin/python" -m parvis "$@"\n')
    command.chmod(0o755)


def read_stamp() -> dict[str, str] | None:
    """What `.venv` was made from; nothing when it is missing, half made, or its Python is gone."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return None
    usable = (VENV / "bin" / "python").exists() and stamp.get("level") in LEVELS
    return stamp if usable else None


def expected_stamp(level: str) -> dict[str, str]:
    locks = [ROOT / "requirements" / f"{name}.txt" for name in ("setup", level)]
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    return {"level": level, "lock": digest, "python": python_version(), "place": str(VENV)}


def python_version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def make_empty_environment() -> None:
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    try:
        import ensurepip  # noqa: F401 - only asked for: Debian keeps it in a package of its own
        import venv  # noqa: F401
    except ImportError:
        raise SetUpFailed(
            f"{sys.executable} cannot make virtual environments. On Debian and Ubuntu:"
            " sudo apt install python3-venv"
        ) from None
    run([sys.executable, "-m", "venv", str(VENV)], "Python could not make the environment in .venv")


def install_with_uv(level: str) -> bool:
    """Whether uv, itself locked, could install everything; pip is the way out where it cannot."""
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    if not uv_works() and not succeeds([*pip, "-r", lock_of("setup")]):
        return False
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes"]
    python = ["--python", str(VENV / "bin" / "python")]
    return uv_works() and succeeds([*uv, *python, lock_of(level), lock_of("setup")])


def uv_works() -> bool:
    return (VENV / "bin" / "uv").exists() and succeeds([str(VENV / "bin" / "uv"), "--version"], quiet=True)


def install_with_pip(level: str) -> None:
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    run(
        [*pip, "-r", lock_of(level)],
        "The locked packages could not be installed; is there a way to a package index?",
    )


def lock_of(name: str) -> str:
    return str(ROOT / "requirements" / f"{name}.txt")


# --- what browsers get ---


def prepare_node_modules() -> None:
    """Fonts and the accessibility checker, by the npm that came with the environment."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if NODE_STAMP.exists() and NODE_STAMP.read_text() == digest:
        return
    say("Fetching fonts (npm)")
    run(
        [str(VENV / "bin" / "npm"), "ci", "--silent", "--no-audit", "--no-fund"],
        "npm could not fetch the packages of package-lock.json; is there a way to an npm registry?",
    )
    NODE_STAMP.write_text(digest)


def compile_translations() -> None:
    """Each catalogue that is newer than what was compiled from it."""
    for catalogue in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        babel = [str(VENV / "bin" / "pybabel"), "--quiet", "compile"]
        where = ["-i", str(catalogue), "-o", str(compiled)]
        run([*babel, *where], f"{catalogue.relative_to(ROOT)} could not be compiled")


# --- running things ---


def environment() -> dict[str, str]:
    """Ours, with the environment's programs first, so that npm finds its node."""
    path = str(VENV / "bin") + os.pathsep + os.environ.get("PATH", "")
    without = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    return {**{key: value for key, value in os.environ.items() if key not in without}, "PATH": path}


def run(command: list[str], complaint: str) -> None:
    if not succeeds(command):
        raise SetUpFailed(f"{complaint}. What was said is above; correct it and run make again.")


def succeeds(command: list[str], *, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    except OSError as problem:
        if not quiet:
            say(f"{command[0]}: {problem.strerror}")
        return False
    return done.returncode == 0


def say(sentence: str) -> None:
    print(f"{sentence} …", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except SetUpFailed as failed:
        sys.exit(str(failed))
    except KeyboardInterrupt:
        sys.exit("Set-up was interrupted; run make again and it continues.")
