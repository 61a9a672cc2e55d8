"""What every test of the repository starts from."""

import os

# Playwright runs an event loop in the test's thread; without this the ORM would refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
