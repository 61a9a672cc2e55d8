"""What `parvis doctor` looks at: each examination answers with findings, one sentence each."""

import smtplib
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from parvis._sqlite import wal_is_safe
from parvis.config import readiness
from parvis.core.models import Row
from parvis.events.models import DeliveryState, EventDelivery
from parvis.events.triggers import has_triggers
from parvis.files.storage import storage
from parvis.http.links import is_local
from parvis.mail.transport import Connection, server_from
from parvis.outbox.carrying import TransientFailure
from parvis.outbox.models import Message, MessageState
from parvis.team.models import Member
from parvis.workspaces.models import Workspace, WorkspaceRow

ENOUGH_BYTES = 1_000_000_000
DEMO_ACCOUNTS = "@atelier-nord.example"
OLDEST_POSTGRES = 150000

Level = Literal["ok", "warning", "failed"]


@dataclass(frozen=True)
class Finding:
    """One sentence about one part."""

    level: Level
    part: str
    sentence: str


def examine() -> Iterator[Finding]:
    """Everything worth knowing about this installation; later examinations need a migrated database."""
    yield from configuration()
    database = list(database_findings())
    yield from database
    for examination in (static_files, mail_server, files):
        yield from examination()
    if all(finding.level != "failed" for finding in database):
        for examination in (worker, record, deliveries, demonstration, workspaces):
            yield from examination()


def configuration() -> Iterator[Finding]:
    """Settings that work on a laptop and not in public."""
    part = "configuration"
    if settings.DEBUG:
        yield Finding(
            "failed", part, "PARVIS_DEBUG is on: errors show the inside of the program to everybody."
        )
    if not settings.SECURE and not is_local():
        yield Finding("warning", part, "PARVIS_BASE_URL is not https: cookies and links travel readable.")
    if settings.SECURE and not settings.TRUSTED_PROXIES:
        yield Finding(
            "warning", part, "PARVIS_TRUSTED_PROXIES is 0: every visitor has the address of your proxy."
        )
    if settings.DEMO:
        yield Finding("warning", part, "PARVIS_DEMO is on: anybody who reaches this may sign in.")
    yield Finding("ok", part, f"Reached at {settings.BASE_URL}, listening at {settings.BIND}.")


def database_findings() -> Iterator[Finding]:
    """Whether it answers, its version, and whether every migration ran."""
    try:
        connection.ensure_connection()
    except Exception as problem:  # noqa: BLE001 - whatever the driver raises, the answer is the same
        yield Finding("failed", "database", f"It does not answer: {str(problem).splitlines()[0]}")
        return
    yield _sqlite() if connection.vendor == "sqlite" else _postgres()
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding("failed", "database", f"{len(missing)} migrations are missing: run parvis migrate.")


def _sqlite() -> Finding:
    version, words = sqlite3.sqlite_version_info[:3], f"SQLite {sqlite3.sqlite_version}"
    if wal_is_safe(version):
        return Finding("ok", "database", f"{words}, write-ahead log.")
    return Finding(
        "warning", "database", f"{words} has a fault in its write-ahead log; running slower without it."
    )


def _postgres() -> Finding:
    version = connection.pg_version  # type: ignore[attr-defined]
    level: Level = "ok" if version >= OLDEST_POSTGRES else "failed"
    return Finding(level, "database", f"PostgreSQL {version // 10000}; 15 or newer is needed.")


def static_files() -> Iterator[Finding]:
    """Whether style sheets and scripts were collected."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding("ok", "static files", "Collected.")
    else:
        yield Finding("failed", "static files", "They were not collected: run parvis migrate.")


def mail_server() -> Iterator[Finding]:
    """Whether the outgoing server lets us in, by the way mail takes; nothing is sent."""
    try:
        server = server_from(settings.EMAIL_URL)
    except ImproperlyConfigured as problem:
        yield Finding("failed", "mail", str(problem))
        return
    where, session = f"The server at {server.host}:{server.port}", Connection(server, timeout=10)
    try:
        session.open()
    except TransientFailure as problem:
        why = problem.__cause__
        fails = "does not let us in" if isinstance(why, smtplib.SMTPException) else "does not answer"
        yield Finding("failed", "mail", f"{where} {fails} ({why}).")
        return
    session.close()
    signed_in = f", signed in as {server.user}" if server.user else ""
    yield Finding("ok", "mail", f"{where} answers{signed_in}.")


def files() -> Iterator[Finding]:
    """Whether a file can be written and read back, and how much room is left."""
    held, key, proof = storage(), uuid.uuid4().hex, b"parvis doctor"
    try:
        with held.incoming(key) as incoming:
            incoming.handle.write(proof)
            incoming.keep()
        with held.open(key) as stored:
            whole = stored.read() == proof
        held.delete(key)
        free = held.free_bytes()
    except OSError as problem:
        yield Finding("failed", "storage", f"Nothing can be stored: {problem.strerror}.")
        return
    if not whole:
        yield Finding("failed", "storage", "What was stored comes back altered.")
    level: Level = "ok" if free > ENOUGH_BYTES else "warning"
    yield Finding(level, "storage", f"Works; {free / 1_000_000_000:.1f} GB are free.")


def worker() -> Iterator[Finding]:
    """Whether somebody sends mail and reminders."""
    if complaint := readiness.worker():
        yield Finding("failed", "worker", f"No worker is running ({complaint}): no mail leaves.")
    else:
        yield Finding("ok", "worker", "Running.")


def record() -> Iterator[Finding]:
    """Whether the database still refuses to change what happened (G10)."""
    if has_triggers(connection):
        yield Finding("ok", "record", "The database refuses to change what happened.")
    else:
        yield Finding(
            "failed",
            "record",
            "What happened could be changed: run parvis migrate and audit verify.",
        )


def deliveries() -> Iterator[Finding]:
    """What was tried in vain and waits for a person."""
    questions: list[tuple[str, models.QuerySet[EventDelivery] | models.QuerySet[Message]]] = [
        (
            "events were given up; once their cause is mended, run parvis events retry",
            EventDelivery.objects.filter(state=DeliveryState.FAILED),
        ),
        ("messages failed", Message.objects.filter(state=MessageState.FAILED)),
        ("messages may or may not have been sent", Message.objects.filter(state=MessageState.UNKNOWN)),
    ]
    counts = [(words, rows.count()) for words, rows in questions]
    for words, count in counts:
        if count:
            yield Finding("warning", "deliveries", f"{count} {words}.")
    if not any(count for _, count in counts):
        yield Finding("ok", "deliveries", "Nothing was given up.")


def demonstration() -> Iterator[Finding]:
    """Whether accounts with a published password can be reached from outside."""
    ways_in = Member.objects.active().filter(user__email__endswith=DEMO_ACCOUNTS)
    if not is_local() and ways_in.exists():
        yield Finding(
            "failed", "demonstration", "Its agency is loaded: everybody knows the password of its owner."
        )


def workspaces() -> Iterator[Finding]:
    """No row may point into another workspace (ARCHITECTURE 4)."""
    strays = [(name, count) for name, count in strayed_rows() if count]
    for name, count in strays:
        yield Finding("failed", "workspaces", f"{count} rows of {name} point into another workspace.")
    if not strays:
        yield Finding("ok", "workspaces", f"{Workspace.objects.count()}, none reaches into another.")


def strayed_rows() -> Iterator[tuple[str, int]]:
    """For every foreign key between rows of workspaces: how many cross the border."""
    for model in apps.get_models():
        if not issubclass(model, WorkspaceRow):
            continue
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, Row) and issubclass(target, WorkspaceRow):
                elsewhere = ~models.Q(**{f"{field.name}__workspace_id": F("workspace_id")})
                present = models.Q(**{f"{field.name}__isnull": False})
                rows = model._default_manager.filter(present & elsewhere)
                yield f"{model._meta.label}.{field.name}", rows.count()
