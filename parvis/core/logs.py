"""Log lines that can be shown to anybody: no token, no cookie, no line of somebody else's making."""

import logging
import re

REDACTED = "[redacted]"
# Everything as long as a token, a session key or a signature; identifiers (UUIDs) stay readable.
SECRET = re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z0-9_-]{32,}(?:[:.][A-Za-z0-9_-]{6,})*")
IDENTIFIER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
BREAK = re.compile(r"[\r\n\x00-\x08\x0b-\x1f\x7f\u2028\u2029]+")


def redact(text: str) -> str:
    """`text` without anything that could open a door (RELIABILITY C5, H6)."""
    return SECRET.sub(lambda found: found[0] if IDENTIFIER.fullmatch(found[0]) else REDACTED, text)


class LineFormatter(logging.Formatter):
    """One line per record, and a traceback below it where there is one."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The line, with what came from outside unable to begin a line of its own."""
        return redact(BREAK.sub(" ", super().formatMessage(record)))

    def formatException(self, ei) -> str:  # type: ignore[no-untyped-def] # noqa: N802 - logging's own name
        """The traceback; messages of exceptions may quote addresses and headers."""
        return redact(super().formatException(ei))
