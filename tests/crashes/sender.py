"""A worker that only delivers, at a moment moved on by SECONDS, so that leases of the dead have run out.

Run as `python -m tests.crashes.sender SECONDS`; ends when nothing is left to deliver.
"""

import sys
from datetime import timedelta

import django


def main():
    django.setup()
    from parvis.core.clock import now
    from parvis.outbox.delivery import deliver

    ahead = timedelta(seconds=float(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while deliver(now() + ahead, limit=40):
        pass


if __name__ == "__main__":
    main()
