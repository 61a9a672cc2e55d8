"""Everything a contact receives, taken apart until a person could read it, and searched."""

import io
import re
import urllib.parse
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from PIL import Image

from parvis.notifications.tests.postbox import Mail
from tests.clients import PortalBrowser
from tests.factories import CANARY

ADDRESSES = re.compile(r'(?:href|src|action|hx-get|hx-post|data-shown-url)="([^"]+)"')
STREAMS = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@dataclass
class Harvest:
    """What was received, by where it came from; `kinds` are the sinks that were really met."""

    texts: dict[str, str] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)

    def add(self, kind: str, where: str, text: str) -> None:
        self.kinds.add(kind)
        self.texts[f"{kind} {where}"] = text

    @property
    def leaks(self) -> list[str]:
        """Where a canary was found, with the words around it."""
        return [
            f"{where}: …{text[max(0, spot.start() - 60) : spot.end() + 20]}…"
            for where, text in self.texts.items()
            for spot in list(re.finditer(CANARY, text))[:1]
        ]


def crawl(browser: PortalBrowser, harvest: Harvest, start: str, *, most: int = 400) -> None:
    """Follow every address a contact meets, forms looked at but not sent; headers and files included."""
    waiting, seen = [start], set[str]()
    while waiting and len(seen) < most:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = browser.get(path)
        content = response.getvalue() if response.streaming else response.content
        where = f"{path} ({response.status_code})"
        harvest.add("header", where, "\n".join(f"{name}: {value}" for name, value in response.items()))
        kind = response.headers.get("Content-Type", "").split(";")[0]
        for sink, text in readable(kind, content):
            harvest.add(sink if response.status_code < 400 else "error", where, text)
        if kind == "text/html":
            waiting += addresses(content.decode(), path, browser.prefix)


def addresses(page: str, path: str, prefix: str) -> Iterator[str]:
    """Addresses of the portal on this page, whole; the way out is left for the end."""
    for found in ADDRESSES.findall(page):
        target = urllib.parse.urljoin(path, unescape(found)).split("#")[0]
        if target.startswith(prefix) and "/sign-out/" not in target:
            yield target


def readable(kind: str, content: bytes) -> Iterator[tuple[str, str]]:
    """What somebody could read in an answer: text as it is, pictures by their notes, PDFs unpacked."""
    if kind.startswith("image/"):
        picture = Image.open(io.BytesIO(content))
        yield "picture", repr(picture.info) + repr(dict(picture.getexif()))
        yield "picture bytes", content.decode("latin-1")
    elif kind == "application/pdf":
        yield "pdf", content.decode("latin-1")
        for packed in STREAMS.findall(content):
            try:
                yield "pdf", zlib.decompress(packed).decode("latin-1")
            except zlib.error:
                continue
    else:
        text = content.decode(errors="replace")
        yield {"text/html": "page", "text/css": "style"}.get(kind, kind), unescape(text)


def unsubscribe_from(mail: Mail, harvest: Harvest, browser: PortalBrowser) -> None:
    """The pages behind a mail's way out, for somebody who is not signed in; a spoilt address has one too."""
    address = str(mail.message["List-Unsubscribe"]).strip(" <>")
    path = urllib.parse.urlsplit(address).path
    for shown in (path, f"{path}?saved=1", f"{path[:-3]}x/"):
        response = browser.get(shown)
        where = f"{shown} ({response.status_code})"
        harvest.add("unsubscribe page", where, unescape(response.content.decode()))
        harvest.add("unsubscribe header", where, "\n".join(f"{k}: {v}" for k, v in response.items()))


def read(mail: Mail, harvest: Harvest) -> None:
    """A mail's headers, both bodies, the names and headers of its parts and what is attached, decoded.

    Reply-To is left out: an answer goes to the member who wrote, whose address is meant to be known.
    """
    where = f"to {mail.to}: {mail.subject[:40]}"
    headers = [f"{name}: {value}" for name, value in mail.message.items() if name != "Reply-To"]
    harvest.add("mail header", where, "\n".join(headers))
    harvest.add("mail text", where, mail.text)
    harvest.add("mail html", where, unescape(mail.html))
    parts = list(mail.message.walk())[1:]
    names = [f"{part.get_filename()}\n{part.items()}" for part in parts]
    harvest.add("mail parts", where, "\n".join(names))
    for part in parts:
        if part.is_attachment():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            for sink, text in readable(part.get_content_type(), content):
                harvest.add(f"mail attachment {sink}", where, text)
