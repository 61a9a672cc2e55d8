"""A letter as its author knows it; headers, threading and encoding are the business of `composing`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture inside the letter; the HTML shows it as `<img src="cid:NAME">`."""

    name: str
    content: bytes
    subtype: str = "png"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail to one person (F10).

    `thread_key` is the same for all mails that belong together. `list_unsubscribe_url` is for reminders,
    digests and activity, never for sign-in links and receipts.
    """

    to_address: str
    subject: str
    html: str
    text: str
    language: str
    to_name: str = ""
    from_name: str = ""
    reply_to: str = ""
    thread_key: str = ""
    list_unsubscribe_url: str | None = None
    images: tuple[InlineImage, ...] = ()
