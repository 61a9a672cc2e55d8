"""Mails after a decision: a receipt to whoever decided, a copy to the other approvers (A-16, DESIGN 1)."""

from datetime import datetime

from django.utils.translation import gettext as _

from parvis.deliverables.models import Decision, Deliverable, DeliverableVersion
from parvis.http.links import portal_path
from parvis.mail.letters import OutgoingMail
from parvis.notifications.contacts.letters import Letter, post
from parvis.notifications.contacts.readers import Reader, reader_of
from parvis.notifications.wording import decided, you_decided
from parvis.outbox.models import Message

FINGERPRINT = 12  # characters of the version's SHA-256, as the receipt on the page shows them


def receipt_due(message: Message, at: datetime) -> str | None:
    """A receipt is owed whatever happens to the deliverable, as long as the person has access."""
    return "access" if _reader(message) is None else None


def render_receipt(message: Message, at: datetime) -> OutgoingMail:
    """What was decided on which version, when, and what exactly that version was."""
    reader, decision = _found(message)
    deliverable = decision.deliverable
    with reader.voice():
        letter = _letter(
            decision,
            template="receipt",
            title=you_decided(decision.verdict, deliverable.title, decision.version.number),
            preheader=_("Your answer is recorded. Keep this message as your receipt."),
            reason=_("You receive this as the receipt of your answer."),
        )
        return post(letter, reader, at=at)


def copy_due(message: Message, at: datetime) -> str | None:
    """The other approvers hear of it as long as they may see the deliverable."""
    reader = _reader(message)
    if reader is None:
        return "access"
    visible = Deliverable.objects.visible_to(reader.actor)
    return None if visible.filter(decisions=message.payload["decision_id"]).exists() else "not_visible"


def render_copy(message: Message, at: datetime) -> OutgoingMail:
    """Who decided what, and whether the reader's own answer is still needed."""
    reader, decision = _found(message)
    deliverable = decision.deliverable
    with reader.voice():
        letter = _letter(
            decision,
            template="decision",
            title=decided(
                decision.contact_name, decision.verdict, deliverable.title, decision.version.number
            ),
            preheader=decision.note,
            reason=_("You receive this because you are among the people who approve this deliverable."),
            still_needed=_is_still_needed(reader, decision),
        )
        return post(letter, reader, at=at)


def _letter(
    decision: Decision, *, template: str, title: str, preheader: str, reason: str, still_needed: bool = False
) -> Letter:
    deliverable = decision.deliverable
    return Letter(
        template=template,
        title=title,
        preheader=preheader,
        reason=reason,
        button=_("Review and decide") if still_needed else _("View it"),
        path=portal_path("portal:deliverable", pk=deliverable.pk),
        writer=deliverable.responsible or decision.version.submitted_by,
        thread_key=f"deliverable:{deliverable.pk}",
        words={
            "decision": decision,
            "deliverable": deliverable,
            "number": decision.version.number,
            "outcome": decision.version.outcome,
            "fingerprint": decision.digest[:FINGERPRINT],
            "files": [row.file.name for row in decision.version.files.select_related("file")],
            "still_needed": still_needed,
        },
    )


def _is_still_needed(reader: Reader, decision: Decision) -> bool:
    """The version waits, and this reader has not answered."""
    waits = decision.version.outcome == DeliverableVersion.Outcome.WAITING
    return waits and not Decision.objects.filter(version=decision.version, contact=reader.id).exists()


def _reader(message: Message) -> Reader | None:
    return reader_of(message.contact_id, message.payload["client_id"])


def _found(message: Message) -> tuple[Reader, Decision]:
    reader = _reader(message)
    if reader is None:
        raise LookupError("the due check lets nobody without access through")
    decisions = Decision.objects.select_related(
        "deliverable__responsible__user", "version__submitted_by__user", "deliverable__project"
    )
    return reader, decisions.get(pk=message.payload["decision_id"])
