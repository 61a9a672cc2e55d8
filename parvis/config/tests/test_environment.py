"""A setting is understood whole, or stops the start with a sentence that names it."""

from pathlib import Path

import pytest

from parvis.config import environment as env
from parvis.config.environment import BadSetting

NAME = "PARVIS_TEST"
READERS = {
    "database": lambda: env.database(NAME, Path("/tmp/x")),
    "mail": lambda: env.mail_server(NAME, ""),
    "sender": lambda: env.sender(NAME, ""),
    "domain": lambda: env.domain(NAME, ""),
    "files": lambda: env.file_storage(NAME, Path("/srv/files")),
}


def test_options_of_the_database_reach_the_driver(monkeypatch):
    """Without them TLS was asked for and not demanded."""
    monkeypatch.setenv(
        NAME, "postgres://u:p%40@db:5432/parvis?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    )
    database = env.database(NAME, Path())
    assert database["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    assert (database["PASSWORD"], database["NAME"]) == ("p@", "parvis")
    monkeypatch.setenv(NAME, "postgres://u@db/parvis")
    assert env.database(NAME, Path())["OPTIONS"] == {}


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("database", "postgres://db/parvis?sslmod=require"),
        ("database", "postgres://db/parvis?sslmode=on"),
        ("database", "postgres://db:port/parvis"),
        ("database", "sqlite:////srv/parvis.sqlite3?mode=ro"),
        ("mail", "mail.example.org"),
        ("mail", "http://mail.example.org"),
        ("mail", "smtp://mail.example.org:smtp"),
        ("mail", "smtps://user:pa#ss@mail.example.org"),
        ("mail", "smtps://user:pa/ss@mail.example.org"),
        ("mail", "smtps://"),
        ("sender", "Parvis"),
        ("sender", "Parvis <parvis>"),
        ("sender", "Parvis\nBcc: x <a@example.org>"),
        ("domain", "https://portals.example.org"),
        ("domain", ".portals.example.org"),
        ("domain", "portals.example.org:8000"),
        ("domain", "*.example.org"),
        ("files", "s3://bucket"),
        ("files", "/srv/files"),
        ("files", "file://srv/files"),
        ("files", "file:///"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(monkeypatch, reader, value):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(BadSetting) as refused:
        READERS[reader]()
    assert str(refused.value).startswith(f"{NAME}: ")
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("mail", "smtp://127.0.0.1:1025"),
        ("mail", "smtp+tls://user:p%40ss@mail.example.org/"),
        ("mail", "smtps://user:password@[::1]:465"),
        ("sender", "Parvis <parvis@localhost>"),
        ("sender", "parvis@example.org"),
        ("domain", "localhost"),
        ("domain", "portals.example.org"),
        ("files", "file:///srv/our%20files"),
    ],
)
def test_what_can_be_used_comes_back_as_it_is(monkeypatch, reader, value):
    monkeypatch.setenv(NAME, value)
    assert READERS[reader]() == value


def test_files_lie_in_the_data_folder_whatever_its_name(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    assert env.file_storage(NAME, Path("/srv/a #1/files")) == "file:///srv/a%20%231/files"
