"""Small typed readers of the environment; a bad value stops the start with a sentence naming the variable."""

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from parvis._sqlite import journal_mode


class BadSetting(SystemExit):
    """A setting that cannot be used; its text is all the operator sees."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


def text(name: str, default: str) -> str:
    """The variable, or the default where it is missing or empty."""
    return os.environ.get(name) or default


def number(name: str, default: int) -> int:
    """A whole number of zero or more."""
    value = text(name, str(default))
    if not value.isdigit():
        raise BadSetting(name, f"must be a whole number, not {value!r}.")
    return int(value)


def flag(name: str, *, default: bool) -> bool:
    """Yes or no: 1, true, yes, on; 0, false, no, off."""
    value = text(name, "1" if default else "0").lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise BadSetting(name, f"must be yes or no, not {value!r}.")
    return value in {"1", "true", "yes", "on"}


def folder(name: str, default: Path) -> Path:
    """A folder we may write into, made where it is missing."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(name, f"cannot use the folder {path} ({error.strerror}).") from error
    return path


def made(path: Path) -> Path:
    """A folder of ours, made where it is missing."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret(name: str, file: Path) -> str:
    """The variable, or a key kept in `file` and made at the first start."""
    if value := os.environ.get(name):
        if len(value) < 32:
            raise BadSetting(name, "must have at least 32 characters.")
        return value
    if not file.exists():
        # Written beside and linked, so that of two processes starting together both read the same whole key.
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(beside, file)
        beside.unlink()
    return file.read_text()


def origin(name: str, default: str) -> str:
    """An address such as https://portal.example.org, without a path."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise BadSetting(name, f"must be an address such as https://portal.example.org, not {value!r}.")
    return value


def host_of(address: str) -> str:
    """The host name of an address."""
    return urlsplit(address).hostname or ""


def port_of(bind: str) -> str:
    """The port of `127.0.0.1:8000`, as text."""
    return bind.rpartition(":")[2]


def address_of_mail_server(address: str) -> tuple[str, int]:
    """Host and port of `smtp://127.0.0.1:1025`; without a port, the one the scheme is known for."""
    parts = urlsplit(address)
    known = {"smtp+tls": 587, "smtps": 465}
    return parts.hostname or "127.0.0.1", parts.port or known.get(parts.scheme, 25)


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`."""
    value = text(name, f"sqlite:///{default}")
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path[1:] if parts.path.startswith("//") else parts.path)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise BadSetting(name, "must start with sqlite:/// or postgres://.")


def _sqlite(path: str) -> dict[str, Any]:
    """SQLite as measured in docs/performance.md; FULL, because an approval must survive a power cut."""
    pragmas = {
        "journal_mode": journal_mode(sqlite3.sqlite_version_info[:3]),
        "synchronous": "FULL",
        "mmap_size": 268435456,
        "cache_size": -65536,
        "temp_store": "MEMORY",
        "journal_size_limit": 67108864,
    }
    init = ";".join(f"PRAGMA {key}={value}" for key, value in pragmas.items()) + ";"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": init},
        "CONN_MAX_AGE": None,
    }


def test_database(configured: dict[str, Any], data_dir: Path) -> dict[str, Any]:
    """A file of its own for SQLite: in memory, parallel browser tests meet a locked table."""
    if configured["ENGINE"].endswith("sqlite3"):
        return {"NAME": str(data_dir / "test.sqlite3")}
    return {}


def cache(name: str) -> dict[str, Any]:
    """`db://` (shared by all processes through the database) or `redis://…`."""
    value = text(name, "db://")
    if value == "db://":
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "parvis_cache",
            # Of Django's 300 a third would be thrown out, and with them the counts that limit attempts (C9).
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    if value.startswith("redis://"):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
    raise BadSetting(name, "must be db:// or start with redis://.")


def logging() -> dict[str, Any]:
    """One line per record on standard error, without tokens."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "parvis.core.logs.LineFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        # Four lines for every job that went well would hide the one that did not.
        "loggers": {"django_tasks": {"level": "WARNING"}, "django_tasks_db": {"level": "WARNING"}},
    }
