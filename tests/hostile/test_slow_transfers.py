"""Transfers that stall hold a thread each; the others go on answering (RELIABILITY E8)."""

import socket
import time
import urllib.request
from contextlib import ExitStack

import pytest

from tests.processes import free_port, parvis, settings_for, start, wait_for

pytestmark = pytest.mark.full

TRANSFERS = 4
UPLOAD = (
    b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\n"
    b"Content-Length: 5000000\r\n\r\n"
    b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\nthe first bytes'
)
DOWNLOAD = b"GET /static/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE_BYTES = 60_000_000  # more than the buffers of two sockets and of the server take in


@pytest.fixture
def web(tmp_path):
    """Only the web part, as it is started by default."""
    data, port = tmp_path / "data", free_port()
    environment = settings_for(data, port)
    done = parvis("migrate", environment=environment)
    assert done.returncode == 0, done.stderr
    (data / "static").mkdir(exist_ok=True)
    (data / "static" / "large.bin").write_bytes(bytes(LARGE_BYTES))
    running = start("web", environment=environment, port=port, log=tmp_path / "log")
    try:
        assert wait_for(running.answers), running.said()
        yield running
    finally:
        running.end()


def stalled(port, request):
    """A connection that has asked and from then on neither sends nor reads."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall(request)
    return connection


def seconds_for_a_page(port):
    started = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    return time.monotonic() - started


def test_pages_answer_within_a_second_beside_four_stalled_uploads_and_downloads(web):
    with ExitStack() as transfers:
        for _each in range(TRANSFERS):
            transfers.enter_context(stalled(web.port, UPLOAD))
            transfers.enter_context(stalled(web.port, DOWNLOAD))
        time.sleep(1)

        assert max(seconds_for_a_page(web.port) for _page in range(40)) < 1

    assert wait_for(web.answers), "a transfer that was broken off has to give its thread back"
