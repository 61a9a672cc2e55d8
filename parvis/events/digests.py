"""The hashes of the log: of the names an event mentions, and of a link of the chain (G10)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parvis.events.models import Event

GENESIS = "0" * 64
"""What the first seal of a chain names as its predecessor."""


def digest_names(salt: str, names: Mapping[str, str]) -> str:
    """Salted, so that a guessed name cannot be confirmed once the names are erased."""
    return hashlib.sha256((salt + _canonical(names)).encode()).hexdigest()


def hash_link(previous: str, sequence: int, event: "Event") -> str:
    """The seal's hash: everything the event says, its place, and the seal before it."""
    content = {
        "sequence": sequence,
        "id": str(event.pk),
        "workspace": str(event.workspace_id),
        "kind": event.kind,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "audience": event.audience,
        "actor": [event.actor_kind, event.actor_id and str(event.actor_id)],
        "subject": [event.subject_type, str(event.subject_id)],
        "client": event.client_id and str(event.client_id),
        "project": event.project_id and str(event.project_id),
        "values": event.values,
        "names": event.names_digest,
    }
    return hashlib.sha256((previous + _canonical(content)).encode()).hexdigest()


def _canonical(value: Mapping[str, object]) -> str:
    """One text for one value, whatever the database made of the order of keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
