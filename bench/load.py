"""A small bounded load generator: some threads, each with one connection kept open."""

import http.client
import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CONNECTIONS = 8


@dataclass(frozen=True)
class Request:
    """One HTTP request and the status that means it did what it should."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    expected: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Round:
    """What one round of requests gave."""

    requests: int
    seconds: float
    latencies_ms: tuple[float, ...]
    bytes_in: int

    @property
    def per_second(self) -> float:
        """Requests answered per second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """The latency below which that share of the requests stayed, in ms."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class WrongAnswer(RuntimeError):
    """The server answered, but not what was asked for: the figures would be worthless."""


class Visitor:
    """One connection, kept open, with the answers' times."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.latencies_ms: list[float] = []
        self.bytes_in = 0

    def ask(self, request: Request) -> http.client.HTTPResponse:
        """Send and read one request; raises WrongAnswer for a status that was not expected."""
        began = time.perf_counter()
        self.connection.request(request.method, request.path, request.body or None, request.headers)
        response = self.connection.getresponse()
        content = response.read()
        self.latencies_ms.append((time.perf_counter() - began) * 1000)
        self.bytes_in += len(content)
        if response.status not in request.expected:
            start = content[:300].decode(errors="replace")
            raise WrongAnswer(f"{request.method} {request.path}: {response.status}\n{start}")
        return response


def run(port: int, requests: Iterator[Request], seconds: float) -> Round:
    """Ask for what `requests` yields, over several connections, until time or requests have run out."""
    lock = threading.Lock()
    errors: list[BaseException] = []
    visitors = [Visitor(port) for _ in range(CONNECTIONS)]
    began = time.perf_counter()

    def upcoming() -> Request | None:
        with lock:
            return None if errors or time.perf_counter() - began > seconds else next(requests, None)

    def work(visitor: Visitor) -> None:
        try:
            while request := upcoming():
                visitor.ask(request)
        except Exception as error:  # noqa: BLE001 (raised again by the thread that waits)
            errors.append(error)
        finally:
            visitor.connection.close()

    _in_threads(work, visitors)
    if errors:
        raise errors[0]
    taken = time.perf_counter() - began
    latencies = tuple(itertools.chain.from_iterable(visitor.latencies_ms for visitor in visitors))
    if not latencies:
        raise WrongAnswer("no request was left to send")
    return Round(len(latencies), taken, latencies, sum(visitor.bytes_in for visitor in visitors))


def median(values: list[float]) -> float:
    """The middle of the rounds."""
    return statistics.median(values)


def _in_threads(work: Callable[[Visitor], None], visitors: list[Visitor]) -> None:
    threads = [threading.Thread(target=work, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
