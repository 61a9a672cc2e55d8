"""Small typed readers of the environment; a bad value stops the start with a sentence naming the variable."""

import contextlib
import os
import re
import secrets
import sqlite3
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from parvis._sqlite import journal_mode

TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
POSTGRES_OPTIONS = {"application_name", "channel_binding", "connect_timeout", "gssencmode"} | {
    "sslcert", "sslcrl", "sslkey", "sslmode", "sslpassword", "sslrootcert", "target_session_attrs"
}  # fmt: skip
HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


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


def _split(name: str, value: str) -> SplitResult:
    """The parts of an address; its port is a number."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        # Not the error's own words: of an unquoted password they repeat a part.
        raise BadSetting(name, "is no address; is the port a number, and is @ written as %40?") from error
    return parts


def domain(name: str, default: str) -> str:
    """A host name such as portals.example.org, alone."""
    value = text(name, default).lower()
    if not HOST_NAME.fullmatch(value):
        raise BadSetting(name, f"must be a host name such as portals.example.org, not {value!r}.")
    return value


def file_storage(name: str, default: Path) -> str:
    """`file:///a/folder`; other storages are not there yet."""
    value = text(name, default.as_uri())
    parts = _split(name, value)
    if parts.scheme != "file" or parts.netloc or parts.query or parts.fragment or parts.path in {"", "/"}:
        raise BadSetting(name, "has to look like file:///a/folder; S3 is not there yet.")
    return value


def mail_server(name: str, default: str) -> str:
    """`smtp://`, `smtp+tls://` or `smtps://`, as `parvis.mail.transport` reads it."""
    value = text(name, default)
    parts = _split(name, value)
    has_more = parts.path not in {"", "/"} or parts.query or parts.fragment
    if parts.scheme not in MAIL_PORTS or not parts.hostname or has_more:
        raise BadSetting(
            name,
            "must look like smtp://host:25, smtp+tls://user:password@host:587 or smtps://user:password@host:465,"
            " with special characters written as %40.",
        )
    return value


def sender(name: str, default: str) -> str:
    """`Parvis <parvis@example.org>`, or the address alone."""
    value = text(name, default)
    local, at, host = parseaddr(value)[1].rpartition("@")
    if not (local and at and host) or not value.isprintable():
        raise BadSetting(name, f"must look like Parvis <parvis@example.org>, not {value!r}.")
    return value


def address_of_mail_server(address: str) -> tuple[str, int]:
    """Host and port of `smtp://127.0.0.1:1025`; without a port, the one the scheme is known for."""
    parts = urlsplit(address)
    return parts.hostname or "127.0.0.1", parts.port or MAIL_PORTS.get(parts.scheme, 25)


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`."""
    parts = _split(name, text(name, f"sqlite:///{default}"))
    if parts.scheme == "sqlite":
        if parts.query:
            raise BadSetting(name, "takes no options after sqlite:///….")
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
            "OPTIONS": _postgres_options(name, parts.query),
        }
    raise BadSetting(name, "must start with sqlite:/// or postgres://.")


def _postgres_options(name: str, query: str) -> dict[str, str]:
    """What follows the question mark, for the driver; dropped in silence, `sslmode` would protect nothing."""
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(set(options) - POSTGRES_OPTIONS):
        known = ", ".join(sorted(POSTGRES_OPTIONS))
        raise BadSetting(name, f"knows no option {unknown[0]!r}; it takes {known}.")
    if options.get("sslmode", TLS_MODES[0]) not in TLS_MODES:
        raise BadSetting(name, f"sslmode is one of {', '.join(TLS_MODES)}, not {options['sslmode']!r}.")
    return options


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
