"""A database at one moment, into an archive and out again; SQLite as a file, PostgreSQL table by table."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from parvis.config.safekeeping.keys import referenced_keys
from parvis.config.safekeeping.refusals import SafekeepingRefused

SQLITE_NAME = "database.sqlite3"
TABLES = "tables/"
COLUMNS = ".columns"


def applied_migrations() -> list[list[str]]:
    """Every migration of this database, in the order in which they ran."""
    rows = MigrationRecorder.Migration.objects.order_by("id").values_list("app", "name")
    return [[app, name] for app, name in rows]


def save(archive: ZipFile, folder: Path) -> list[str]:
    """Write the database into `archive` as it is at one moment; the storage keys it speaks of."""
    if connection.vendor == "sqlite":
        return _save_sqlite(archive, folder)
    return _save_postgres(archive)


def load(archive: ZipFile, migrations: list[list[str]]) -> None:
    """Fill the empty database from `archive` and bring it to this version."""
    if connection.vendor == "sqlite":
        _load_sqlite(archive)
    else:
        _load_postgres(archive, migrations)
    call_command("migrate", verbosity=0, interactive=False)


def is_empty() -> bool:
    """Whether nothing was ever set up here."""
    return not connection.introspection.table_names()


# --- SQLite ---


def _save_sqlite(archive: ZipFile, folder: Path) -> list[str]:
    copy = folder / SQLITE_NAME
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])  # one read transaction, while others go on writing
    archive.write(copy, SQLITE_NAME, compress_type=ZIP_DEFLATED)
    with closing(sqlite3.connect(copy)) as snapshot:
        return list(referenced_keys(snapshot.cursor()))


def _load_sqlite(archive: ZipFile) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for leftover in (target, target.with_name(target.name + "-wal"), target.with_name(target.name + "-shm")):
        leftover.unlink(missing_ok=True)  # opened to see that it is empty
    beside = target.with_name(target.name + ".restoring")
    with beside.open("wb") as handle, archive.open(SQLITE_NAME) as source:
        shutil.copyfileobj(source, handle)
    beside.rename(target)


# --- PostgreSQL ---


def _save_postgres(archive: ZipFile) -> list[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table in sorted(connection.introspection.table_names(cursor)):
            columns = [
                column.name for column in connection.introspection.get_table_description(cursor, table)
            ]
            archive.writestr(f"{TABLES}{table}{COLUMNS}", "\n".join(columns))
            with archive.open(f"{TABLES}{table}", "w", force_zip64=True) as entry:
                _copy(cursor, f"COPY {_named(table, columns)} TO STDOUT", entry.write)
        return list(referenced_keys(cursor))


def _load_postgres(archive: ZipFile, migrations: list[list[str]]) -> None:
    executor = MigrationExecutor(connection)
    known = [(app, name) for app, name in migrations if (app, name) in executor.loader.graph.nodes]
    executor.migrate(known)  # to where the archive stood, so that its columns fit
    tables = [name.removeprefix(TABLES) for name in archive.namelist() if name.startswith(TABLES)]
    tables = [name for name in tables if not name.endswith(COLUMNS)]
    with transaction.atomic(), connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if missing := set(tables) - existing - {"parvis_cache"}:
            raise SafekeepingRefused(f"This version does not know the table {min(missing)} of the archive.")
        for table in sorted(existing):
            # What migrations put there; the name comes from the database itself.
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # nosec B608
        for table in tables:
            if table in existing:
                columns = archive.read(f"{TABLES}{table}{COLUMNS}").decode().splitlines()
                _fill(cursor, archive, table, columns)
        for table in tables:
            _continue_counting(cursor, table)


def _fill(cursor: Any, archive: ZipFile, table: str, columns: list[str]) -> None:
    statement = f"COPY {_named(table, columns)} FROM STDIN"
    with cursor.copy(statement) as copy, archive.open(f"{TABLES}{table}") as entry:
        while block := entry.read(1 << 16):
            copy.write(block)


def _copy(cursor: Any, statement: str, write: Callable[[bytes], Any]) -> None:
    with cursor.copy(statement) as copy:
        for block in copy:
            write(bytes(block))


def _named(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"


def _continue_counting(cursor: Any, table: str) -> None:
    """Identity columns go on after the highest number they hold."""
    for sequence in connection.introspection.get_sequences(cursor, table):
        column = connection.ops.quote_name(sequence["column"])
        name = connection.ops.quote_name(table)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s),"
            f" (SELECT COALESCE(MAX({column}), 0) + 1 FROM {name}), false)",  # nosec B608
            [name, sequence["column"]],
        )
