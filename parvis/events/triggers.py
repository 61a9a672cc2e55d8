"""Triggers that refuse changes to what happened, whoever asks (G10)."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = ("events_event", "events_eventseal")
"""Tables in which a row, once written, stays as it is."""

HEADS = "events_sealhead"
REFUSAL = "The event log is append only."


def restore_triggers(*, using: str, **kwargs: Any) -> None:
    """Make every trigger anew; hears `post_migrate`."""
    connection = connections[using]
    if set(FROZEN) | {HEADS} <= set(connection.introspection.table_names()):
        drop_triggers(connection)
        create_triggers(connection)


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE and DELETE on events and seals; let the head of a chain only move forward."""
    run = _postgres_create if connection.vendor == "postgresql" else _sqlite_create
    with connection.cursor() as cursor:
        for statement in run():
            cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Lift the refusal; what follows must put it back (`flush`, the tests of verification)."""
    with connection.cursor() as cursor:
        for table in (*FROZEN, HEADS):
            for trigger in _names(table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


def has_triggers(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is in its place; asked by `doctor`."""
    query, kinds = "SELECT name FROM sqlite_master WHERE type = 'trigger'", 2
    if connection.vendor == "postgresql":
        kinds = 3
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return all(set(_names(table)[:kinds]) <= present for table in (*FROZEN, HEADS))


def _names(table: str) -> tuple[str, str, str]:
    """Names of a table's triggers; the third exists on PostgreSQL only."""
    return f"{table}_no_update", f"{table}_no_delete", f"{table}_no_truncate"


def _sqlite_create() -> list[str]:
    """Raising aborts the statement and its transaction."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    statements = []
    for table in (*FROZEN, HEADS):
        update, delete, _ = _names(table)
        when = "WHEN NEW.sequence <= OLD.sequence " if table == HEADS else ""
        statements.append(f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {when}{refuse}")
        statements.append(f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {refuse}")
    return statements


def _postgres_create() -> list[str]:
    """TRUNCATE is refused too, because it passes by the triggers of rows."""
    body = f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END"
    statements = [
        f"CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
    ]
    refuse = "EXECUTE FUNCTION events_refuse()"
    for table in (*FROZEN, HEADS):
        update, delete, truncate = _names(table)
        when = "WHEN (NEW.sequence <= OLD.sequence) " if table == HEADS else ""
        statements.append(f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {when}{refuse}")
        statements.append(f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}")
        statements.append(f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} {refuse}")
    return statements
