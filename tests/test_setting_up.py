"""What a machine lacks is one sentence, before anything was made (issue: fresh machine, one command)."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.processes import ROOT


@pytest.fixture
def clone(tmp_path):
    """As much of the repository as set-up looks at first."""
    folder = tmp_path / "parvis"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup.py", folder / "tools")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


def set_up(clone, **files: str) -> subprocess.CompletedProcess[str]:
    """Run set-up with a Python that finds these modules before its own."""
    altered = clone.parent / "altered"
    altered.mkdir()
    for name, source in files.items():
        (altered / f"{name}.py").write_text(source)
    return subprocess.run(
        [sys.executable, str(clone / "tools" / "setup.py"), "demo"],
        env={**os.environ, "PYTHONPATH": str(altered)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_python_that_is_too_old_is_named_with_the_way_out(clone):
    old = "import sys; sys.version_info = (3, 10, 12, 'final', 0)"

    done = set_up(clone, sitecustomize=old)

    assert done.returncode == 1
    assert done.stderr.startswith("Parvis needs Python 3.11 or newer")
    assert "make demo PYTHON=" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (clone / ".venv").exists()


def test_a_python_without_venv_is_told_the_package_to_install(clone):
    done = set_up(clone, ensurepip="raise ImportError('kept in a package of its own')")

    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (clone / ".venv").exists()


def test_the_locks_name_no_index_and_hash_every_package():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages
        assert all(line.endswith("\\") for line in packages), f"{lock.name}: a package without a hash"
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
