"""S5: workers are killed while they send to a real server; every mail is accounted for (F7, F8, F10).

lost: marked sent, never accepted. doubled: accepted twice. Both must be zero; what nobody can know is
`unknown`, and its owner hears of it. A link in a mail that did arrive opens.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from parvis.clients.actions.grants import open_link
from parvis.core.clock import now
from parvis.core.errors import DomainError
from parvis.outbox.actions import enqueue
from parvis.outbox.claims import LEASE
from parvis.outbox.models import Message
from tests.factories import make_client, make_contact, make_member, make_workspace
from tests.processes import ROOT, free_port

FAILPOINTS = (
    "outbox.before_prepared",
    "outbox.before_send",
    "mail.after_last_byte",
    "outbox.after_send",
    "outbox.after_mark",
)
STEP = LEASE.total_seconds() + 60
ENOUGH = 80  # twice a batch
A_DAY = timedelta(days=2).total_seconds()


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_lost_or_doubled_however_a_worker_dies(tmp_path):
    _account_for(deaths=8, folder=tmp_path)


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_no_mail_is_lost_or_doubled_in_a_hundred_deaths(tmp_path):
    _account_for(deaths=100, folder=tmp_path)


def _account_for(deaths, folder):
    """Send while killing, then join what the server accepted with what the rows say."""
    chance = random.Random(deaths)
    outbox = _Outbox()
    ledger, port = folder / "accepted", free_port()
    ledger.touch()
    environment = _environment(folder, port)
    server = _start("tests.crashes.server", str(port), str(ledger), environment=environment)
    try:
        died, ahead = _send_and_kill(deaths, outbox, environment, chance)
        # Leases run out, and what was put off falls due again, even if the server is busy for it every time.
        for later in (STEP, A_DAY / 2, A_DAY, 2 * A_DAY, 3 * A_DAY):
            _start("tests.crashes.sender", str(ahead + later), environment=environment).wait(300)
    finally:
        server.kill()
        server.wait()
    assert died >= deaths, "not as many died as were to: too little was proved"
    _compare(outbox.written, died, ledger.read_text().splitlines())


def _send_and_kill(deaths, outbox, environment, chance):
    """Start workers that are about to die until as many have; how many, and how far time has moved on."""
    died, ahead = 0, 0.0
    for number in range(2 * deaths):
        if died >= deaths:
            break
        outbox.fill()  # whoever has nothing to send ends before its death
        ahead += STEP
        armed = dict(environment)
        if number % 2:
            armed["PARVIS_FAILPOINT"] = f"{chance.choice(FAILPOINTS)}:kill"
            armed["PARVIS_FAILPOINT_AFTER"] = str(chance.randrange(12))
        victim = _start("tests.crashes.sender", str(ahead), environment=armed)
        neighbour = None
        if number % 10 == 0:  # a living worker whose leases seem to have run out
            neighbour = _start("tests.crashes.sender", str(ahead - STEP), environment=environment)
        try:
            victim.wait(chance.uniform(0.02, 0.25) if not number % 2 else 10)
        except subprocess.TimeoutExpired:
            victim.kill()
        died += victim.wait() == -9
        if neighbour:
            neighbour.kill()
            died += neighbour.wait() == -9
    return died, ahead


def _compare(mails, died, accepted):
    """The accounts. Every mail ended, and ended as the server says."""
    rows = list(Message.objects.filter(kind="letter"))
    states = Counter(row.state for row in rows)
    arrivals = Counter(line.split()[0] for line in accepted)
    lost = [row for row in rows if row.state == "sent" and not arrivals[row.rfc_message_id]]
    doubled = [name for name, times in arrivals.items() if times > 1]
    mistaken = [row for row in rows if row.state in {"failed", "cancelled"} and arrivals[row.rfc_message_id]]
    dead_links = [line for line in accepted if not _opens(line.split()[1])]
    heard = set(Message.objects.filter(kind="heard").values_list("key", flat=True))
    untold = [row for row in rows if f"{row.state}:{row.pk}" not in heard]
    _report(
        f"mails {mails}, workers killed {died}, {dict(states)}, lost {len(lost)}, doubled {len(doubled)},"
        f" untold {len(untold)}, links that do not open {len(dead_links)}"
    )
    assert set(states) <= {"sent", "failed", "unknown"}, "nothing is left half-way"
    assert sum(states.values()) == mails
    assert not (lost or doubled or mistaken or untold or dead_links)
    assert {line.split()[2] for line in accepted} == {"1"}, "one recipient each"
    assert states["sent"] > mails / 2


def _opens(secret):
    """Whether the link of a mail that arrived lets its reader in, on a device of their own."""
    try:
        return bool(open_link(secret, device_secret=None, label="Firefox", at=now()).device_secret)
    except DomainError:
        return False


def _report(line):
    """The accounting line of this suite (RELIABILITY, tiers)."""
    reports = ROOT / "reports"
    reports.mkdir(exist_ok=True)
    (reports / f"crashes-{connection.vendor}.txt").write_text(line + "\n")
    sys.stdout.write(line + "\n")


class _Outbox:
    """Access links for two workspaces' contacts, a contact for each."""

    def __init__(self):
        agencies = [make_workspace(name) for name in ("Nord", "Sud")]
        self._clients = [make_client(agency, owner=make_member(agency)) for agency in agencies]
        self.written = 0

    @transaction.atomic
    def fill(self):
        """See to it that enough waits for a worker to die over."""
        waiting = Message.objects.filter(kind="letter", state="new", due_at__lte=now()).count()
        for _each in range(max(0, ENOUGH - waiting)):
            client = self._clients[self.written % 2]
            contact = make_contact(client, f"Reader {self.written}", handle=f"reader-{self.written}")
            enqueue(
                "letter",
                key=f"letter:{self.written}",
                workspace_id=client.workspace_id,
                payload={"client_id": client.pk},
                at=now(),
                contact_id=contact.pk,
            )
            self.written += 1


def _environment(folder, port):
    """What the processes need to meet in this test's database and at this test's server."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.crashes.settings",
        "PARVIS_DATA_DIR": str(folder),
        "PARVIS_DATABASE_URL": _database_url(),
        "PARVIS_EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


def _database_url():
    """Where the test's tables are."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(own['NAME']).resolve()}"
    password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    return f"postgres://{own['USER']}{password}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


def _start(module, *arguments, environment):
    """A process that has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout.readline() == b"ready\n"
    return process
