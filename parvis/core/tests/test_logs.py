"""Logs carry ids, never tokens (RELIABILITY C5, H6)."""

import logging
import secrets
import uuid

import pytest

from parvis.core.logs import REDACTED, LineFormatter, redact


@pytest.mark.parametrize(
    "secret",
    [
        secrets.token_urlsafe(32) + "9",
        f"parvis_{secrets.token_urlsafe(32)}9",
        "k2v0x8p0d5w3q1h7b6n4m9s2r8t5y1z3",  # a session key
        f"{secrets.token_urlsafe(40)}9:1tXyZ0:{secrets.token_urlsafe(32)}",  # a signature
    ],
    ids=["access token", "API token", "session key", "signature"],
)
def test_a_secret_never_reaches_the_log(secret):
    line = redact(f"POST /enter/{secret}/ 200")

    assert secret not in line
    assert secret[-12:] not in line
    assert REDACTED in line


def test_identifiers_and_ordinary_words_stay_readable():
    line = f"deliverable {uuid.uuid4()} approved by parvis.deliverables.actions.approve_deliverable"

    assert redact(line) == line


def test_nobody_can_write_a_line_of_their_own_into_the_log():
    record = logging.makeLogRecord({"msg": "refused %s", "args": ("x\r\n2026-01-01 INFO all is well",)})

    assert "\n" not in LineFormatter("%(message)s").format(record)


def test_tracebacks_are_cleaned_too():
    token = secrets.token_urlsafe(32) + "9"
    try:
        raise ValueError(token)
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": (type(error), error, None)})

    assert token not in LineFormatter("%(message)s").format(record)
