"""An SMTP server in a process of its own that accepts everything and remembers when."""

import logging
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any


class Sink:
    """What the other process has accepted, read through a pipe."""

    def __init__(self, arrivals: Connection) -> None:
        self._arrivals = arrivals

    def wait(self, seconds: float) -> float | None:
        """When the next mail was accepted (seconds of the monotonic clock), None if none came in time."""
        return self._arrivals.recv() if self._arrivals.poll(seconds) else None

    def forget(self) -> int:
        """Read away what has arrived; how many that were."""
        number = 0
        while self._arrivals.poll(0.2):
            self._arrivals.recv()
            number += 1
        return number


@contextmanager
def sink(port: int) -> Iterator[Sink]:
    """A server on that port for the length of the block."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_serve, args=(port, theirs), daemon=True)
    process.start()
    assert ours.recv() == "ready"
    try:
        yield Sink(ours)
    finally:
        process.terminate()
        process.join()


class _Handler:
    def __init__(self, arrivals: Connection) -> None:
        self._arrivals = arrivals

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        # CLOCK_MONOTONIC is one clock for all processes of a machine.
        self._arrivals.send(time.monotonic())
        return "250 OK"


def _serve(port: int, arrivals: Connection) -> None:
    from aiosmtpd.controller import Controller

    logging.disable(logging.CRITICAL)  # a line per SMTP command would be measured too
    controller = Controller(_Handler(arrivals), hostname="127.0.0.1", port=port)
    controller.start()
    arrivals.send("ready")
    while True:
        time.sleep(3600)
