"""The demonstration's mailbox: takes every mail on this machine and shows it on a page. Not for real use."""

import base64
import html
import re
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

KEPT = 500  # mails; older ones go
STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:62rem;padding:1.5rem 1rem;background:light-dark(#faf8f5,#161412);
color:light-dark(#211e1a,#f3efe9)}
h1{font-size:1.4rem}a{color:light-dark(#245044,#98d3c0)}small{color:light-dark(#6f685e,#a0978a)}
ol{list-style:none;padding:0}li{border-top:1px solid light-dark(#e6e1d9,#35302a);padding:.75rem 0}
li a{display:block;font-weight:600;text-decoration:none;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:light-dark(#f3f0eb,#1f1c19);padding:1rem;
border-radius:10px}
iframe{width:100%;height:44rem;border:1px solid light-dark(#e6e1d9,#35302a);border-radius:10px;
background:#fff}
"""


class Box:
    """The mails of a folder, one file each, named in the order of their arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = threading.Lock()

    def names(self) -> list[str]:
        """Numbers of the mails, newest first."""
        return sorted((file.stem for file in self.folder.glob("*.eml")), reverse=True)

    def add(self, content: bytes) -> None:
        """Keep one more mail."""
        with self.lock:
            number = int((self.names() or ["0"])[0]) + 1
            (self.folder / f"{number:08d}.eml").write_bytes(content)
            for old in self.names()[KEPT:]:
                (self.folder / f"{old}.eml").unlink()

    def read(self, name: str) -> EmailMessage | None:
        """One mail, or nothing where there is none of that number."""
        file = self.folder / f"{name}.eml"
        if not re.fullmatch(r"\d{8}", name) or not file.exists():
            return None
        return message_from_bytes(file.read_bytes(), policy=policy.default)


class Receiver:
    """Takes every mail, whoever it is for."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 aiosmtpd's name
        self.box.add(envelope.content)
        return "250 Message accepted"


class Page(BaseHTTPRequestHandler):
    """Lists the mails and shows one, its HTML shut into a frame without rights."""

    box: Box

    def do_GET(self) -> None:
        path = self.path.split("?")[0].strip("/")
        name, _, part = path.partition("/")
        if path == "style.css":
            return self._answer(STYLE, "text/css")
        if not path:
            return self._answer(_list(self.box))
        mail = self.box.read(name)
        if mail is None:
            return self._answer(
                _document("Not found", "<p>There is no such mail.</p>"), status=HTTPStatus.NOT_FOUND
            )
        if part == "html":
            return self._answer(
                _letter(mail),
                policy="sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
                "img-src data: http: https:; style-src 'unsafe-inline'",
            )
        return self._answer(_show(name, mail))

    def _answer(
        self,
        text: str,
        kind: str = "text/html",
        *,
        status: HTTPStatus = HTTPStatus.OK,
        policy: str = "default-src 'none'; style-src 'self'; frame-src 'self'",
    ) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name http.server asks for
        """Say nothing: addresses in mails carry secrets."""


def serve(folder: Path, *, smtp: tuple[str, int], page: tuple[str, int]) -> ThreadingHTTPServer:
    """Start both servers in threads; the returned one can be waited for."""
    box = Box(folder)
    Controller(Receiver(box), hostname=smtp[0], port=smtp[1]).start()
    server = ThreadingHTTPServer(page, type("BoundPage", (Page,), {"box": box}))
    server.daemon_threads = True
    return server


def _list(box: Box) -> str:
    rows = []
    for name in box.names():
        mail = box.read(name)
        if mail is not None:
            rows.append(
                f'<li><a href="/{name}">{_text(mail["Subject"])}</a>'
                f"<small>{_text(mail['From'])} → {_text(mail['To'])} · {_text(mail['Date'])}</small></li>"
            )
    body = (
        f"<ol>{''.join(rows)}</ol>" if rows else "<p>No mail yet. Publish a version, or ask for a link.</p>"
    )
    return _document("Mailbox of the demonstration", body)


def _show(name: str, mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    headers = "\n".join(f"{key}: {value}" for key, value in mail.items())
    body = (
        f'<p><a href="/">All mails</a></p><p><small>{_text(mail["From"])} → {_text(mail["To"])}</small></p>'
        f'<iframe src="/{name}/html" title="The mail as it looks" sandbox="allow-popups '
        'allow-popups-to-escape-sandbox"></iframe>'
        f"<h2>Text</h2><pre>{_linked(plain.get_content() if plain else '')}</pre>"
        f"<details><summary>Headers</summary><pre>{_text(headers)}</pre></details>"
    )
    return _document(str(mail["Subject"]), body)


def _letter(mail: EmailMessage) -> str:
    """The HTML part with its pictures put in and its links opening a new tab."""
    part = mail.get_body(("html",))
    letter: str = part.get_content() if part else "<p>This mail has no HTML part.</p>"
    for attached in mail.walk():
        if name := str(attached.get("Content-ID", "")).strip("<>"):
            picture = base64.b64encode(attached.get_payload(decode=True)).decode()  # type: ignore[arg-type]
            letter = letter.replace(f"cid:{name}", f"data:{attached.get_content_type()};base64,{picture}")
    return letter.replace("<head>", '<head><base target="_blank">', 1)


def _linked(text: str) -> str:
    address = r'<a href="\g<0>" target="_blank" rel="noopener">\g<0></a>'
    return re.sub(r"https?://[^\s<>&]+", address, html.escape(text))


def _text(value: Any) -> str:
    return html.escape(str(value or ""))


def _document(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>'
        f"<body><main><h1>{_text(title)}</h1>{body}</main></body></html>"
    )
