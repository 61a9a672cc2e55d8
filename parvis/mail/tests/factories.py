"""Letters for tests."""

from datetime import UTC, datetime

from parvis.core.ids import uuid7
from parvis.mail.letters import OutgoingMail
from parvis.outbox.models import Message
from parvis.workspaces.models import Workspace

AT = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)


def make_letter(**changes):
    """A letter to Sarah."""
    fields = {
        "to_name": "Sarah Lefèvre",
        "to_address": "sarah@acme.example",
        "from_name": "Léa, Atelier Nord",
        "reply_to": "lea@nord.example",
        "subject": "Page d’accueil, version 3 : votre accord avant jeudi",
        "html": "<p>Bonjour Sarah</p>",
        "text": "Bonjour Sarah",
        "language": "fr",
    }
    return OutgoingMail(**{**fields, **changes})


def make_row(**changes):
    """The unsaved outbox row a letter belongs to; composing asks for nothing that is stored."""
    workspace = Workspace(slug="nord", name="Atelier Nord", created_at=AT, **changes)
    pk = uuid7()
    return Message(id=pk, workspace=workspace, kind="x", key="x", rfc_message_id=f"<{pk}@parvis.example>")
