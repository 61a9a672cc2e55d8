"""Which worker takes which rows: leases by conditional update, correct on both databases (ARCHITECTURE 5).

The statements every message needs stand here in SQL: the ORM takes ten times as long to write them as the
database to carry them out.
"""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from parvis.core.prepared import FIELDS
from parvis.outbox.kinds import patient_kinds
from parvis.outbox.models import Message, MessageState
from parvis.workspaces.models import Workspace

BATCH = 100
LEASE = timedelta(minutes=5)

# The oldest are picked once, in front of the statement: PostgreSQL may run a plain subquery again. The locks
# are only against deadlocks; on both databases the conditions of the UPDATE decide.
TAKE = """
    WITH oldest AS MATERIALIZED (
        SELECT id FROM outbox_message
        WHERE workspace_id = %(workspace)s AND state = 'new' AND due_at <= %(at)s
            AND (lease_until IS NULL OR lease_until < %(at)s) {wanted}
        ORDER BY due_at, id LIMIT %(share)s {lock}
    )
    UPDATE outbox_message SET lease_owner = %(owner)s, lease_until = %(until)s
    WHERE id IN (SELECT id FROM oldest) AND state = 'new' AND (lease_until IS NULL OR lease_until < %(at)s)
    RETURNING *
"""
START = """UPDATE outbox_message
    SET state = 'sending', lease_until = %(until)s
    WHERE id = %(id)s AND state = 'new' AND lease_owner = %(owner)s AND lease_until > %(at)s
"""
# As long as no other worker has taken it over and no person has dealt with it. `unknown` may be corrected by
# the worker that knows better after all.
END = """UPDATE outbox_message
    SET state = %(state)s, error = %(error)s, sent_at = %(sent_at)s, lease_until = NULL
    WHERE id = %(id)s AND lease_owner = %(owner)s AND state IN ('new', 'sending', 'unknown')
        AND result_reason = ''
"""


def claim(owner: UUID, at: datetime, limit: int = BATCH) -> list[Message]:
    """Up to `limit` due messages, leased to `owner`, with their workspaces; the longest due first.

    Every workspace with mail waiting gets an equal share, so that nobody waits behind a neighbour's mailing;
    and what nobody waits for comes last, so that a link asked for at nine is not behind the day's reminders.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = Message.objects.filter(free, workspace=OuterRef("pk"), state=MessageState.NEW, due_at__lte=at)
    workspaces = list(Workspace.objects.filter(Exists(waiting)))
    if not workspaces:
        return []
    served = random.sample(workspaces, k=min(limit, len(workspaces)))
    found: list[Message] = []
    with transaction.atomic():
        for workspace in served:
            taken = _take(workspace.pk, owner, at, limit // len(served))
            for message in taken:
                message.workspace = workspace
            found += taken
    patient = patient_kinds()
    return sorted(found, key=lambda message: (message.kind in patient, message.due_at, message.pk))


def start_sending(message: Message, at: datetime) -> bool:
    """Mark it as being sent from now on; False when the lease is no longer ours."""
    return _changes(START, id=message.pk, owner=message.lease_owner, at=at, until=at + LEASE)


def write_end(message: Message) -> bool:
    """Write state, error and moment of a message that ended; False when it is no longer ours."""
    return _changes(
        END,
        id=message.pk,
        owner=message.lease_owner,
        state=str(message.state),
        error=message.error,
        sent_at=message.sent_at,
    )


def _take(workspace_id: UUID, owner: UUID, at: datetime, share: int) -> list[Message]:
    """The oldest of one workspace, and of the patient ones only as many as there is room for."""
    values = {"workspace": workspace_id, "owner": owner, "at": at, "until": at + LEASE}
    patient = {f"patient{number}": kind for number, kind in enumerate(patient_kinds())}
    if not patient:
        return _taken("", share=share, **values)
    others = f"AND kind NOT IN ({', '.join(f'%({name})s' for name in patient)})"
    taken = _taken(others, share=share, **values, **patient)
    if len(taken) < share:
        taken += _taken("", share=share - len(taken), **values)
    return taken


def _taken(wanted: str, **values: object) -> list[Message]:
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    return list(Message.objects.raw(TAKE.format(lock=lock, wanted=wanted), _written(**values)))


def _changes(statement: str, **values: object) -> bool:
    """Whether the statement found its row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, _written(**values))
        return bool(cursor.rowcount)


def _written(**values: object) -> dict[str, Any]:
    """Ids and moments as this database writes them."""
    return {
        name: FIELDS[type(value)].get_db_prep_value(value, connection) if type(value) in FIELDS else value
        for name, value in values.items()
    }
