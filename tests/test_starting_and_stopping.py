"""`parvis up` answers soon, stops as a whole, and leaves no process behind, however it ends (SPIKE 3.2)."""

import os
import signal
import socket
import time

import pytest

from tests.processes import alive, descendants, free_port, parvis, settings_for, start, wait_for

SOON = 30.0
full = pytest.mark.full


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """An installation that is set up once for all tests of this file."""
    folder = tmp_path_factory.mktemp("installation")
    done = parvis("migrate", environment=settings_for(folder, free_port()))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def running(data, tmp_path):
    port = free_port()
    installation = start("up", environment=settings_for(data, port), port=port, log=tmp_path / "log")
    wait_for(lambda: "is running at" in installation.said() or installation.process.poll() is not None)
    try:
        assert wait_for(installation.answers), installation.said()
        yield installation
    finally:
        installation.end()


@pytest.mark.parametrize(
    "asked",
    [signal.SIGINT, pytest.param(signal.SIGTERM, marks=full), pytest.param(signal.SIGHUP, marks=full)],
)
def test_asked_to_stop_it_stops_everything(running, asked):
    family = running.family()
    assert len(family) >= 5  # supervisor, web master, two web workers, worker

    running.process.send_signal(asked)

    assert running.process.wait(timeout=SOON) == 0
    assert wait_for(lambda: not alive(family), SOON)


def test_killed_it_takes_everything_along(running):
    family = running.family()

    running.process.kill()

    assert wait_for(lambda: not alive(family), SOON)


@full
def test_with_the_terminal_or_the_make_that_started_it_everything_ends(data, tmp_path):
    port = free_port()
    started = start(
        "up",
        environment=settings_for(data, port),
        port=port,
        log=tmp_path / "log",
        through='"$@" --parent $$ & wait',
    )
    try:
        assert wait_for(lambda: "is running at" in started.said()), started.said()
        family = started.family()

        started.process.kill()

        assert wait_for(lambda: not alive(family), SOON)
    finally:
        started.end()


@full
def test_the_demonstration_greets_with_everything_one_needs_and_leaves_nothing(tmp_path):
    web, smtp, page = free_port(), free_port(), free_port()
    ports = {"PARVIS_EMAIL_URL": f"smtp://127.0.0.1:{smtp}", "PARVIS_MAILBOX_BIND": f"127.0.0.1:{page}"}
    environment = settings_for(tmp_path / "data", web, **ports)

    first = greeting_of_a_demonstration(environment, web, tmp_path / "first")
    second = greeting_of_a_demonstration(environment, web, tmp_path / "second")

    for words in (first, second):
        assert f"http://localhost:{web}/" in words
        assert f"http://localhost:{page}/" in words
        assert "olga@" in words


def greeting_of_a_demonstration(environment, port, log):
    """Start it, see it answer, stop it, and give back what it said."""
    started = start("up", "--demo", environment=environment, port=port, log=log)
    try:
        assert wait_for(lambda: "Ctrl-C" in started.said() or started.process.poll() is not None, 400)
        assert wait_for(started.answers), started.said()
        family = started.family()
        assert len(family) >= 6  # and the mailbox

        started.process.send_signal(signal.SIGINT)

        assert started.process.wait(timeout=SOON) == 0
        assert wait_for(lambda: not alive(family), SOON)
    finally:
        started.end()
    return started.said()


@full
def test_a_part_that_falls_stops_the_others_and_is_named(running):
    family = running.family()
    (web_master,) = [pid for pid in family if pid != running.process.pid and len(descendants(pid)) >= 2]

    os.kill(web_master, signal.SIGKILL)

    assert running.process.wait(timeout=SOON) == 1
    assert "web ended by itself" in running.said()
    assert wait_for(lambda: not alive(family), SOON)


@full
def test_a_web_worker_that_falls_is_replaced(running):
    (web_master,) = [pid for pid in descendants(running.process.pid) if len(descendants(pid)) >= 2]
    before = descendants(web_master)

    os.kill(min(before), signal.SIGKILL)

    assert wait_for(lambda: len(descendants(web_master) - before) == 1, SOON)
    assert wait_for(running.answers, SOON)
    assert running.process.poll() is None


@full
def test_a_web_worker_that_is_still_loading_can_be_told_to_end(data, tmp_path):
    """Otherwise a signal at the very start leaves the port busy until the server loses its patience."""
    port = free_port()
    environment = settings_for(data, port)
    web = start("web", "--workers", "1", environment=environment, port=port, log=tmp_path / "log")
    try:
        assert wait_for(lambda: descendants(web.process.pid))
        (loading,) = descendants(web.process.pid)
        time.sleep(0.5)  # a process that was born this moment still has its parent's handlers

        os.kill(loading, signal.SIGTERM)

        assert wait_for(lambda: loading not in descendants(web.process.pid), SOON)
    finally:
        web.end()


@full
def test_ready_once_the_worker_is_at_work(running):
    assert wait_for(lambda: running.answers("/readyz"))


def test_a_busy_port_is_one_clear_sentence(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = parvis("up", environment=settings_for(data, port))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use.")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARVIS_BIND", "8000"),
        ("PARVIS_BASE_URL", "portal.example.org"),
        ("PARVIS_DATABASE_URL", "mysql://localhost/parvis"),
        ("PARVIS_DATABASE_URL", "postgres://localhost/parvis?sslmod=require"),
        ("PARVIS_EMAIL_URL", "mail.example.org"),
        ("PARVIS_PORTAL_DOMAIN", "https://portals.example.org"),
        ("PARVIS_FILES_URL", "s3://bucket"),
        ("PARVIS_TRUSTED_PROXIES", "some"),
        ("PARVIS_SECRET_KEY", "short"),
        ("PARVIS_CACHE_URL", "memcached://localhost"),
        ("PARVIS_DEBUG", "perhaps"),
        ("PARVIS_DATA_DIR", "/proc/parvis"),
    ],
)
def test_a_bad_setting_is_one_sentence_that_names_it(tmp_path, name, value):
    environment = {**settings_for(tmp_path, free_port()), name: value}

    done = parvis("up", environment=environment)

    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert len(done.stderr.splitlines()) == 1
