"""Mails about a version: it is ready, it was taken back, it waits too long."""

from datetime import datetime
from typing import Any

from babel.lists import format_list
from django.utils.translation import gettext as _

from parvis.access import Permission, may
from parvis.deliverables.models import (
    ApproverSlot,
    Decision,
    Deliverable,
    DeliverableVersion,
    Purpose,
)
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
    """What a message about a version speaks of, read anew when it leaves."""

    def __init__(self, message: Message) -> None:
        rows = DeliverableVersion.objects.select_related(
            "deliverable__project", "deliverable__client", "deliverable__policy", "submitted_by__user"
        )
        self.version = rows.select_related("deliverable__responsible__user").get(
            pk=message.payload["version_id"]
        )
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
        return ApproverSlot.objects.filter(deliverable=self.deliverable, contact=self.person.id).exists()

    def may(self, permission: Permission) -> bool:
        """Whether the reader may do such a thing here at this moment (A-03)."""
        return may(self.person.actor, permission, self.deliverable)

    def no_longer(self) -> str | None:
        """Why nothing has to be sent about this version any more: no access, out of sight, replaced."""
        if self.reader is None:
            return "access"
        if not Deliverable.objects.visible_to(self.reader.actor).filter(pk=self.deliverable.pk).exists():
            return "not_visible"
        return None if self.deliverable.current_version_id == self.version.pk else "replaced"

    def has_answered(self) -> bool:
        """Whether this reader has decided on the version."""
        return Decision.objects.filter(version=self.version, contact=self.person.id).exists()

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


def ready_due(message: Message, at: datetime) -> str | None:
    """Still visible, current, waiting and wanted."""
    case = Case(message)
    if reason := case.no_longer():
        return reason
    if not case.deliverable.is_awaiting:
        return "settled"
    if case.has_answered():
        return "answered"
    wanted = is_on(case.person.contact, ContactNotice.DELIVERABLE_READY, client=case.person.client)
    return None if wanted else "preference"


def render_ready(message: Message, at: datetime) -> OutgoingMail:
    """One mail per version and person: for approval, for an opinion, or for information (G1-37)."""
    case = Case(message)
    reader, ask = case.person, _ask(case)
    with reader.voice():
        letter = case.letter(
            "deliverable_ready",
            title=_title(case),
            preheader=_preheader(case, ask, at),
            reason=_reason(case, ask),
            button={
                Purpose.APPROVAL: _("Look and decide"),
                Purpose.FEEDBACK: _("Look and comment"),
                Purpose.INFORMATION: _("Look at it"),
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
                "handled": case.version.handled_remarks.count(),
            },
        )
        return post(letter, reader, at=at)


def withdrawn_due(message: Message, at: datetime) -> str | None:
    """Only while it is really gone: a new version speaks for itself."""
    case = Case(message)
    if case.reader is None:
        return "access"
    current = case.deliverable.current_version_id == case.version.pk and not case.deliverable.is_awaiting
    return None if current else "replaced"


def render_withdrawn(message: Message, at: datetime) -> OutgoingMail:
    """The version was taken back: there is nothing to do, and nothing to look for."""
    case = Case(message)
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


def escalation_due(message: Message, at: datetime) -> str | None:
    """Still waiting."""
    case = Case(message)
    if reason := case.no_longer():
        return reason
    return None if case.deliverable.is_awaiting else "settled"


def render_escalation(message: Message, at: datetime) -> OutgoingMail:
    """To the client's escalation contact: an approval is overdue (A-14)."""
    case = Case(message)
    with case.person.voice():
        letter = case.letter(
            "escalation",
            title=_title(case),
            preheader=_("The deadline has passed and an approval is still missing."),
            reason=_("You receive this because {client} named you for overdue approvals.").format(
                client=case.deliverable.client.name
            ),
            button=_("Look at it"),
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
    """First names of the other approvers who have not answered, as a list in words."""
    decided = Decision.objects.filter(version=case.version).values("contact")
    slots = ApproverSlot.objects.filter(deliverable=case.deliverable).exclude(contact__in=decided)
    names = [
        slot.contact.first_name for slot in slots.exclude(contact=case.person.id).select_related("contact")
    ]
    return format_list(names, locale=current_locale()) if names else ""
