"""Transfers that stall hold a thread each; the others go on answering (RELIABILITY E8)."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack

import pytest

from tests.processes import ROOT, free_port, parvis, settings_for, start, wait_for

pytestmark = pytest.mark.full

TRANSFERS = 4
HEAD = "{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
UPLOAD = (
    "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 5000000\r\n\r\n"
    '--B\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\nthe first bytes'
)
LARGE_BYTES = 60_000_000  # more than the buffers of two sockets and of the server take in


@pytest.fixture
def web(tmp_path):
    """Only the web part, as it is started by default, with a contact at the door."""
    data, port = tmp_path / "data", free_port()
    environment = settings_for(data, port)
    done = parvis("migrate", environment=environment)
    assert done.returncode == 0, done.stderr
    furnish = [sys.executable, "-m", "tests.hostile.furnish", str(LARGE_BYTES)]
    environment_of_django = {**environment, "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}
    places = json.loads(subprocess.check_output(furnish, cwd=ROOT, env=environment_of_django, timeout=120))
    running = start("web", environment=environment, port=port, log=tmp_path / "log")
    try:
        assert wait_for(running.answers), running.said()
        yield running, places
    finally:
        running.end()


def stalled(port, method, path, cookie, body="\r\n"):
    """A connection that has asked and from then on neither sends nor reads."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall((HEAD.format(method=method, path=path, cookie=cookie) + body).encode())
    return connection


def begun(connection):
    """How the answer to a stalled download begins."""
    connection.settimeout(10)
    return connection.recv(200)


def seconds_for_a_page(port, places):
    """Of a page that reads the device, its rights and rows."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{places['page']}", headers={"Cookie": places["cookie"], "Host": "localhost"}
    )
    started = time.monotonic()
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert (answer.status, answer.url.endswith(places["page"])) == (200, True)
        assert b"The whole film" in answer.read()
    return time.monotonic() - started


def slowest_of_forty(port, places):
    return max(seconds_for_a_page(port, places) for _page in range(40))


def test_pages_answer_within_a_second_beside_four_stalled_uploads_and_downloads(web):
    running, places = web
    for _page in range(20):
        seconds_for_a_page(running.port, places)  # the first of each process loads all it needs
    with ExitStack() as transfers:
        for _each in range(TRANSFERS):
            transfers.enter_context(
                stalled(running.port, "POST", places["upload"], places["cookie"], body=UPLOAD)
            )
            download = stalled(running.port, "GET", places["file"], places["cookie"])
            transfers.enter_context(download)
            assert begun(download).startswith(b"HTTP/1.1 200"), "a file that nobody may have stalls nothing"
        time.sleep(1)

        # A thread that is held is held in every round; a busy machine stutters now and then.
        assert any(slowest_of_forty(running.port, places) < 1 for _round in range(5))

    assert wait_for(running.answers), "a transfer that was broken off has to give its thread back"
