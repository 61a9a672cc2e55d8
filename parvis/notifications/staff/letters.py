"""From what a member has to read to an `OutgoingMail`; links lead to the team's pages, behind sign-in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from parvis.http.links import agency_url
from parvis.mail.letters import OutgoingMail
from parvis.mail.look import look_of
from parvis.mail.rendering import render_mail
from parvis.notifications.kinds import MemberNotice
from parvis.notifications.members import member_by_id
from parvis.notifications.pictures import logo_of
from parvis.notifications.preferences import is_on
from parvis.outbox.models import Message
from parvis.team.models import Member

FOLDER = "notifications/staff"


@dataclass(frozen=True, slots=True)
class StaffLetter:
    """One mail to one member, worded already in their language; `path` is a page of the team."""

    template: str
    title: str
    preheader: str
    button: str
    path: str
    notice: MemberNotice
    thread_key: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)


@contextmanager
def voice(member: Member) -> Iterator[None]:
    """Whatever is worded inside is worded for this member."""
    zone = ZoneInfo(member.user.time_zone)
    with translation.override(member.user.language), timezone.override(zone):
        yield


def post(letter: StaffLetter, member: Member, *, at: datetime) -> OutgoingMail:
    """Make the mail. It holds no access: the link asks for sign-in."""
    logo = logo_of(member.workspace)
    context = {
        "look": look_of(member.workspace, logo_url="cid:logo" if logo else ""),
        "member": member,
        "title": letter.title,
        "preheader": letter.preheader,
        "reason": _("You receive this because you work at {agency}.").format(agency=member.workspace.name),
        "preferences_url": agency_url("notifications:preferences"),
        "button_label": letter.button,
        "button_url": f"{settings.BASE_URL}{letter.path}",
        **letter.words,
    }
    language, zone = member.user.language, member.user.time_zone
    subject, html, text = render_mail(f"{FOLDER}/{letter.template}", context, language, zone)
    return OutgoingMail(
        to_address=member.user.email,
        to_name=member.name,
        from_name=member.workspace.name,
        subject=subject,
        html=html,
        text=text,
        language=language,
        thread_key=letter.thread_key,
        images=(logo,) if logo else (),
    )


def member_of(message: Message) -> Member:
    """The recipient; the due check has found them, in this very transaction."""
    member = member_by_id(message.member_id)
    if member is None:
        raise LookupError("the due check lets no disabled member through")
    return member


def why_not(message: Message, notice: MemberNotice) -> str | None:
    """Why this member is not written to: not here any more, or not wanted."""
    member = member_by_id(message.member_id)
    if member is None or not member.user.is_active:
        return "access"
    return None if is_on(member, notice) else "preference"
