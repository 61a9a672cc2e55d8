"""What every test of the repository starts from."""

import os

import pytest

# Playwright runs an event loop in the test's thread; without this the ORM would refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is installed a skipped test is a failure: it would prove nothing for ever."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PARVIS_TESTS_MAY_SKIP") == "0" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
