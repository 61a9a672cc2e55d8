"""An SMTP server in a process of its own; it writes down every mail for which it takes responsibility.

Run as `python -m tests.crashes.server PORT LOG`. Now and then it behaves as servers do: busy, refusing,
or gone right after it accepted.
"""

import os
import re
import sys
import threading
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

BUSY_EVERY, GONE_EVERY, REFUSED_EVERY = 37, 41, 53


class Ledger:
    """Accepts mail, and notes Message-ID and the link's secret on disk before it says so."""

    def __init__(self, path):
        self._file = open(path, "a", buffering=1)  # noqa: PTH123, SIM115  open as long as the process
        self._count = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        self._count += 1
        mail = message_from_bytes(envelope.content, policy=policy.default)
        if self._count % REFUSED_EVERY == 0:
            return "550 refused"
        if self._count % BUSY_EVERY == 0:
            return "451 busy"
        link = re.search(r"/in/([^/\s]+)/", mail.get_body(("plain",)).get_content())
        self._file.write(f"{mail['Message-ID']} {link[1]} {len(envelope.rcpt_tos)}\n")
        os.fsync(self._file.fileno())
        if self._count % GONE_EVERY == 0:
            server.transport.abort()
        return "250 accepted"


def main():
    port, path = sys.argv[1:]
    Controller(Ledger(path), hostname="127.0.0.1", port=int(port), ready_timeout=60).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
