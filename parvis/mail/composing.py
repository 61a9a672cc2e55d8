"""The one builder of mails: from a letter to what travels, headers included (F1, F4, F10)."""

import hashlib
from datetime import UTC, datetime
from email.errors import MessageError
from email.mime.image import MIMEImage
from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.validators import validate_email

from parvis.core.text import clean_line
from parvis.mail.letters import OutgoingMail
from parvis.outbox.actions import sender_domain
from parvis.outbox.carrying import PermanentFailure
from parvis.outbox.models import Message

MAX_SUBJECT = 200
MAX_NAME = 80
MAX_HTML_BYTES = 30_000  # DESIGN 9; some readers cut longer mails off


class Letter(EmailMultiAlternatives):
    """Pictures belong to the letter, they are not attachments beside it."""

    mixed_subtype = "related"


def compose(mail: OutgoingMail, message: Message, at: datetime) -> Letter:
    """Build the mail of an outbox row; raises PermanentFailure for an address that is none."""
    headers = {
        "Message-ID": message.rfc_message_id,
        "Date": format_datetime(at.astimezone(UTC)),
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's holiday notice has to answer this
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
        **_threading(mail.thread_key),
        **_unsubscribing(mail.list_unsubscribe_url),
    }
    email = Letter(
        subject=header_text(mail.subject, MAX_SUBJECT),
        body=_encodable(mail.text),
        from_email=_from(mail, message),
        to=[named_address(mail.to_name, mail.to_address)],
        reply_to=[named_address("", mail.reply_to)] if mail.reply_to else None,
        headers=headers,
    )
    email.attach_alternative(_encodable(mail.html), "text/html")
    for picture in mail.images:
        part = MIMEImage(picture.content, picture.subtype)
        part.add_header("Content-ID", f"<{picture.name}>")
        part.add_header("Content-Disposition", "inline", filename=f"{picture.name}.{picture.subtype}")
        email.attach(part)
    return email


def to_bytes(email: Letter) -> bytes:
    """What the server receives; raises PermanentFailure where the headers cannot be written."""
    try:
        content: bytes = email.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
        return content
    except (BadHeaderError, MessageError, UnicodeError, ValueError) as error:
        raise PermanentFailure(type(error).__name__) from error


def named_address(name: str, address: str) -> str:
    """`Name <address>`, encoded; raises PermanentFailure unless it is exactly one address."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise PermanentFailure("InvalidAddress") from error
    return formataddr((header_text(name, MAX_NAME), address))


def header_text(text: str, limit: int) -> str:
    """One line for a header. Encoded words are broken up: decoded, they could hold anything."""
    return clean_line(text).replace("=?", "= ?")[:limit]


def envelope_address(header: str) -> str:
    """The bare address inside a header, for the server."""
    return parseaddr(header)[1]


def _from(mail: OutgoingMail, message: Message) -> str:
    """ "Léa, Atelier Nord" at the workspace's own address, or at the installation's."""
    name, address = parseaddr(settings.EMAIL_FROM)
    return named_address(mail.from_name or name, message.workspace.email_from or address)


def _threading(key: str) -> dict[str, str]:
    """All mails of a thread name one first mail that need not exist: readers then group them."""
    if not key:
        return {}
    root = f"<thread.{hashlib.sha256(key.encode()).hexdigest()[:32]}@{sender_domain()}>"
    return {"In-Reply-To": root, "References": root}


def _unsubscribing(url: str | None) -> dict[str, str]:
    """One press, without a page in between (RFC 8058)."""
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _encodable(text: str) -> str:
    """Lone surrogates, which no encoding can write, become question marks."""
    return text.encode("utf-8", "replace").decode()
