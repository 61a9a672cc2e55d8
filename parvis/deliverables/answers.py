"""What was answered to a version, to be read beside it for ever (G1-02a, G1-34e)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parvis.deliverables.models import ApproverSlot, Decision, Deliverable, Verdict

VERDICT_FAMILIES = {
    Verdict.APPROVED: "done",
    Verdict.CHANGES_REQUESTED: "review",
    Verdict.REJECTED: "stop",
    Verdict.NO_OPINION: "mute",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words, with the name and the function of that moment (G1-19)."""

    name: str
    function: str
    label: str
    family: str
    at: datetime
    note: str


def answers_of(decisions: Iterable[Decision]) -> list[Answer]:
    """The answers in the order in which they came."""
    return [
        Answer(
            name=decision.contact_name,
            function=decision.function,
            label=str(Verdict(decision.verdict).label),
            family=VERDICT_FAMILIES[Verdict(decision.verdict)],
            at=decision.at,
            note=decision.note,
        )
        for decision in sorted(decisions, key=lambda each: each.at)
    ]


def removed_since(
    deliverable: Deliverable, slots: Iterable[ApproverSlot], decisions: Iterable[Decision]
) -> list[Decision]:
    """Answers that settled a version and whose approver was taken off the list afterwards (G1-26b).

    While a version waits only who is on the list counts, and nobody else is shown.
    """
    if deliverable.is_awaiting:
        return []
    kept = {slot.contact_id for slot in slots}
    return [decision for decision in decisions if decision.contact_id not in kept]
