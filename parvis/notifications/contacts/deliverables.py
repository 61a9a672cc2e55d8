"""Mails about a version: it is ready, it was taken back, it waits too long."""

from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from babel.lists import format_list
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.access import Permission, may
from parvis.core.prepared import prepared
from parvis.deliverables.models import (
    ApproverSlot,
    Decision,
    Deliverable,
    DeliverableVersion,
    Purpose,
)
from parvis.deliverables.votes import awaited, decided_on, slots_of
from parvis.http.links import portal_path
from parvis.mail.letters import OutgoingMail
from parvis.notifications.contacts.letters import Letter, post
from parvis.notifications.contacts.readers import Reader, reader_of
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.pictures import picture_of
from parvis.notifications.preferences import is_on
from parvis.notifications.wording import by_day
from parvis.outbox.models import Message
from parvis.team.models import Member
from parvis.ui.dates import current_locale


class Case:
    """What a message about a version speaks of, read once when it leaves."""

    def __init__(self, message: Message) -> None:
        self.message = message
        [self.version] = _version(UUID(message.payload["version_id"]))
        self.deliverable: Deliverable = self.version.deliverable
        self.reader = reader_of(message.contact_id, self.deliverable.client_id)

    @property
    def person(self) -> Reader:
        """The reader; the due check has found them, in this very transaction."""
        if self.reader is None:
            raise LookupError("the due check lets nobody without access through")
        return self.reader

    @property
    def writer(self) -> Member:
        """Who speaks: whoever answers for the deliverable, else who published."""
        return self.deliverable.responsible or self.version.submitted_by

    @property
    def is_asked(self) -> bool:
        """Whether this reader's approval is wanted, and theirs to give."""
        if self.deliverable.purpose != Purpose.APPROVAL or not self.may(Permission.DELIVERABLE_DECIDE):
            return False
        return any(slot.contact_id == self.person.id for slot in self.slots)

    def may(self, permission: Permission) -> bool:
        """Whether the reader may do such a thing here at this moment (A-03)."""
        return may(self.person.actor, permission, self.deliverable)

    def no_longer(self) -> str | None:
        """Why nothing has to be sent about this version any more: no access, out of sight, replaced."""
        if self.reader is None:
            return "access"
        if not self.reader.sees(self.deliverable):
            return "not_visible"
        return None if self.deliverable.current_version_id == self.version.pk else "replaced"

    @cached_property
    def slots(self) -> list[ApproverSlot]:
        """The approvers, with their contacts."""
        return slots_of(self.deliverable.pk)

    @cached_property
    def decided(self) -> dict[UUID, Decision]:
        """The answers to the version, by contact."""
        return decided_on(self.version.pk)

    def has_answered(self) -> bool:
        """Whether this reader has decided on the version."""
        return self.person.id in self.decided

    def words(self, at: datetime) -> dict[str, Any]:
        """What every template about a version may use; inside `voice()`."""
        due = self.version.due_at
        return {
            "deliverable": self.deliverable,
            "number": self.version.number,
            "due_at": due,
            "by_day": by_day(due, at) if due else "",
            "is_late": bool(due and due < at),
            "project_name": self.deliverable.project.name_for_client,
        }

    def letter(self, template: str, **values: Any) -> Letter:
        """The parts all of them share."""
        return Letter(
            template=template,
            path=portal_path("portal:deliverable", pk=self.deliverable.pk),
            thread_key=f"deliverable:{self.deliverable.pk}",
            writer=self.writer,
            **values,
        )


@prepared
def _version(pk: UUID) -> "QuerySet[DeliverableVersion]":
    """The version with all that its letters speak of."""
    rows = DeliverableVersion.objects.filter(pk=pk)
    return rows.select_related(
        "deliverable__project",
        "deliverable__client",
        "deliverable__policy",
        "deliverable__responsible__user",
        "submitted_by__user",
    )


def ready_due(case: Case, at: datetime) -> str | None:
    """Still visible, current, waiting and wanted."""
    if reason := case.no_longer():
        return reason
    if not case.deliverable.is_awaiting:
        return "settled"
    if case.has_answered():
        return "answered"
    wanted = is_on(case.person.contact, ContactNotice.DELIVERABLE_READY, client=case.person.client)
    return None if wanted else "preference"


def render_ready(case: Case, at: datetime) -> OutgoingMail:
    """One mail per version and person: for approval, for an opinion, or for information (G1-37)."""
    reader, ask = case.person, _ask(case)
    with reader.voice():
        letter = case.letter(
            "deliverable_ready",
            title=_title(case),
            preheader=_preheader(case, ask, at),
            reason=_reason(case, ask),
            button={
                Purpose.APPROVAL: _("Review and decide"),
                Purpose.FEEDBACK: _("Review and comment"),
                Purpose.INFORMATION: _("View it"),
            }[ask],
            notice=ContactNotice.DELIVERABLE_READY,
            picture=picture_of(case.version),
            picture_alt=_("Preview of {title}").format(title=case.deliverable.title),
            words={
                **case.words(at),
                "ask": ask.value,
                "author": case.version.submitted_by.first_name,
                "note": case.version.note,
                "others": _others(case) if ask is Purpose.APPROVAL else "",
                "replaced": case.version.number - 1,
                "handled": case.version.handled_remarks.count() if case.version.number > 1 else 0,
            },
        )
        return post(letter, reader, at=at)


def withdrawn_due(case: Case, at: datetime) -> str | None:
    """Only while it is really gone: a new version speaks for itself."""
    if case.reader is None:
        return "access"
    current = case.deliverable.current_version_id == case.version.pk and not case.deliverable.is_awaiting
    return None if current else "replaced"


def render_withdrawn(case: Case, at: datetime) -> OutgoingMail:
    """The version was taken back: there is nothing to do, and nothing to look for."""
    with case.person.voice():
        letter = case.letter(
            "deliverable_withdrawn",
            title=_title(case),
            preheader=_("There is nothing for you to do."),
            reason=_("You receive this because we told you that this version was ready."),
            button="",
            words=case.words(at),
        )
        return post(letter, case.person, at=at)


def escalation_due(case: Case, at: datetime) -> str | None:
    """Still waiting."""
    if reason := case.no_longer():
        return reason
    return None if case.deliverable.is_awaiting else "settled"


def render_escalation(case: Case, at: datetime) -> OutgoingMail:
    """To the client's escalation contact: an approval is overdue (A-14)."""
    with case.person.voice():
        letter = case.letter(
            "escalation",
            title=_title(case),
            preheader=_("The deadline has passed and an approval is still missing."),
            reason=_("You receive this because {client} named you for overdue approvals.").format(
                client=case.deliverable.client.name
            ),
            button=_("View it"),
            words={**case.words(at), "missing": _others(case)},
        )
        return post(letter, case.person, at=at)


def _ask(case: Case) -> Purpose:
    """What this reader is asked for: whoever may not give it is only informed."""
    purpose = Purpose(case.deliverable.purpose)
    if purpose is Purpose.APPROVAL:
        return purpose if case.is_asked else Purpose.INFORMATION
    if purpose is Purpose.FEEDBACK and not case.may(Permission.COMMENT_ADD):
        return Purpose.INFORMATION
    return purpose


def _title(case: Case) -> str:
    return _("{title}, version {number}").format(title=case.deliverable.title, number=case.version.number)


def _preheader(case: Case, ask: Purpose, at: datetime) -> str:
    """The next useful sentence."""
    due = case.version.due_at
    if ask is Purpose.APPROVAL:
        if due is None:
            return _("Only your approval is missing.")
        return _("Your approval is needed by {day}.").format(day=by_day(due, at))
    if ask is Purpose.FEEDBACK:
        return _("Your opinion would help us.")
    return _("There is nothing you have to do.")


def _reason(case: Case, ask: Purpose) -> str:
    if ask is Purpose.APPROVAL:
        return _("You receive this because you are asked to approve this deliverable.")
    return _("You receive this because you follow the project {project}.").format(
        project=case.deliverable.project.name_for_client
    )


def _others(case: Case) -> str:
    """First names of the others whose answer is awaited now, as a list in words (A-14)."""
    slots = awaited(case.slots, case.decided, case.deliverable.policy.order)
    names = [slot.contact.first_name for slot in slots if slot.contact_id != case.person.id]
    return format_list(names, locale=current_locale()) if names else ""
