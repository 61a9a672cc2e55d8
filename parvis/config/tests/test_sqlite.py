"""Which SQLite may log ahead, and that a commit is on the disk when we say so (RELIABILITY G8)."""

import sqlite3
from contextlib import closing

import pytest

from parvis._sqlite import journal_mode, wal_is_safe
from parvis.config import environment

REPAIRED = [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0), (4, 0, 0)]
AFFECTED = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 6), (3, 51, 2)]
FULL = 2


@pytest.mark.parametrize("version", REPAIRED)
def test_a_repaired_library_logs_ahead(version):
    assert wal_is_safe(version)
    assert journal_mode(version) == "WAL"


@pytest.mark.parametrize("version", AFFECTED)
def test_an_affected_library_goes_without(version):
    assert not wal_is_safe(version)
    assert journal_mode(version) == "TRUNCATE"


def test_a_commit_waits_for_the_disk_and_writers_wait_for_each_other(tmp_path):
    chosen = environment.database("PARVIS_NOT_SET", tmp_path / "parvis.sqlite3")

    with closing(sqlite3.connect(chosen["NAME"])) as database:
        database.executescript(chosen["OPTIONS"]["init_command"])
        (mode,) = database.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = database.execute("PRAGMA synchronous").fetchone()

    assert mode == journal_mode(sqlite3.sqlite_version_info[:3]).lower()
    assert synchronous == FULL
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
