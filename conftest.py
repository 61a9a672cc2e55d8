"""What every test of the repository starts from."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as parvis_settings
from django.urls import clear_script_prefix, set_urlconf
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

# Playwright runs an event loop in the test's thread; without this the ORM would refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Property tests: few examples on every push, many in the full tier. No clock, because machines are shared.
SHARED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("fast", max_examples=30, **SHARED)
settings.register_profile("full", max_examples=500, **SHARED)
settings.load_profile("full" if os.environ.get("PARVIS_TIER") in {"full", "long"} else "fast")


pytest_plugins = ["tests.cast", "tests.chromium"]


def pytest_configure() -> None:
    """Style sheets and scripts are served as they are; collecting them has a test of its own.

    Passwords are hashed in no time: a fifth of a second for each member was a third of all the tests.
    """
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    parvis_settings.STORAGES["staticfiles"]["BACKEND"] = plain
    parvis_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = parvis_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"]["timeout"] = 120  # a busy disk is slow, not wrong
        # Rows nobody asked an order of come the other way round: who relies on one finds out here, and not
        # once in a hundred runs on PostgreSQL.
        database["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"
    # The mail server of a test says ten lines for each mail; a failure's own words would drown in them.
    logging.getLogger("mail.log").setLevel(logging.WARNING)


LONGEST = (
    "api/tests/test_fuzzing.py",
    "deliverables/tests/test_machine.py",
    "journeys/test_main_job.py",
    "reminders/tests/test_machine.py",
    "clients/tests/test_grant_machine.py",
    "crashes/test_mail_crashes.py",
    "demo/tests/test_demo.py",
)
"""Files that take minutes in the full tier: begun last, one of them would keep one core busy at the end.

Who has a file of one or two tests is given the next one with it, so neighbours here end on one process.
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, in their order; the others as they were."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((place for place, name in enumerate(LONGEST) if path.endswith(name)), len(LONGEST))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is installed a skipped test is a failure: it would prove nothing for ever."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PARVIS_TESTS_MAY_SKIP") == "0" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A request leaves its addresses and language in the thread: a server sets them anew, a test does not."""
    yield
    clear_script_prefix()
    set_urlconf(None)
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path_factory):
    """No test writes uploads beside another's, or into the developer's data."""
    folder = tmp_path_factory.mktemp("files")
    settings.FILES_URL = f"file://{folder}"
    return folder
