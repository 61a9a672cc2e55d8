"""`parvis mailbox`: the local mailbox of `parvis up --mailbox`."""

import logging
import signal
import threading
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand

from parvis.demo.mailbox import serve


class Command(BaseCommand):
    help = "Catch all outgoing mail on this machine and show it on a page; for demonstrations only."
    requires_system_checks = ()  # they would load every page's address

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would tell every line of the talk
        server = serve(
            settings.DATA_DIR / "mailbox",
            smtp=_address(settings.EMAIL_URL),
            page=_address(f"//{settings.MAILBOX_BIND}"),
        )
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
        server.serve_forever()


def _address(url: str) -> tuple[str, int]:
    """Host and port; `up` has probed both already."""
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 1025
