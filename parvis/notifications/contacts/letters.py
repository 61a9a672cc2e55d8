"""From what a mail has to say to an `OutgoingMail`: look, link, sender, threading, picture (DESIGN 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.clients.actions.grants import issue_token
from parvis.clients.models import TokenPurpose
from parvis.http.links import portal_url
from parvis.mail.letters import InlineImage, OutgoingMail
from parvis.mail.look import look_of
from parvis.mail.rendering import render_mail
from parvis.notifications.contacts.readers import Reader
from parvis.notifications.contacts.unsubscribing import unsubscribe_url
from parvis.notifications.kinds import ContactNotice
from parvis.notifications.pictures import logo_of
from parvis.team.models import Member

FOLDER = "notifications/contacts"


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a digest that leads somewhere within the portal."""

    title: str
    detail: str
    path: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one contact, worded already in their language.

    `template` names three files; `title`, `preheader`, `reason` and `button` are what every layout shows.
    `path` is where the button leads within the portal. `notice` is set for what can be switched off.
    `writer` is the member who speaks: their name stands in From, their address in Reply-To (A-09).
    """

    template: str
    title: str
    preheader: str
    reason: str
    button: str
    path: str = "/"
    purpose: TokenPurpose = TokenPurpose.NOTICE
    notice: ContactNotice | None = None
    is_bulk: bool = False  # reminders, digests, activity: may be unsubscribed with one press
    writer: Member | None = None
    thread_key: str = ""
    picture: InlineImage | None = None
    picture_alt: str = ""
    links: tuple[Link, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


def post(letter: Letter, reader: Reader, *, at: datetime) -> OutgoingMail:
    """Make the mail, and with it the access tokens of its links; digests commit with the claim (A-06)."""

    def opening(path: str) -> str:
        secret = issue_token(reader.contact, reader.client, purpose=letter.purpose, at=at, next_path=path)
        return portal_url(reader.workspace, "portal:link", secret=secret)

    portal = reader.client.portal
    logo = logo_of(reader.workspace, portal.logo_id)
    look = look_of(reader.workspace, colour=portal.colour, logo_url="cid:logo" if logo else "")
    choices_url = unsubscribe_url(reader, letter.notice) if letter.notice else ""
    context = {
        "look": look,
        "reader": reader.contact,
        "title": letter.title,
        "preheader": letter.preheader,
        "reason": letter.reason,
        "preferences_url": choices_url,
        "button_label": letter.button,
        "button_url": opening(letter.path) if letter.button else "",
        "rows": [
            {"title": link.title, "detail": link.detail, "url": opening(link.path)} for link in letter.links
        ],
        "picture_url": f"cid:{letter.picture.name}" if letter.picture else "",
        "picture_alt": letter.picture_alt,
        "writer": letter.writer,
        **letter.words,
    }
    subject, html, text = render_mail(
        f"{FOLDER}/{letter.template}", context, reader.actor.language, reader.actor.time_zone
    )
    return OutgoingMail(
        to_address=reader.contact.email,
        to_name=reader.contact.name,
        from_name=sender_name(reader, letter.writer),
        reply_to=reply_address(reader, letter.writer),
        subject=subject,
        html=html,
        text=text,
        language=reader.actor.language,
        thread_key=letter.thread_key,
        list_unsubscribe_url=choices_url if letter.is_bulk and choices_url else None,
        images=tuple(image for image in (logo, letter.picture) if image is not None),
    )


def sender_name(reader: Reader, writer: Member | None) -> str:
    """ "Léa, Atelier Nord"; the workspace alone where no member speaks."""
    return f"{writer.first_name}, {reader.workspace.name}" if writer else reader.workspace.name


def reply_address(reader: Reader, writer: Member | None) -> str:
    """Whoever wrote, else the client's owner: an answer must reach somebody (A-09)."""
    person = writer if writer and writer.disabled_at is None else reader.client.owner
    return person.user.email if person and person.disabled_at is None else ""
