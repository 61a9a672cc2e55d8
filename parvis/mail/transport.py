"""The connection mail leaves by: one for a whole batch, never in clear text where TLS was asked for (F8)."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from parvis.core.failpoints import failpoint
from parvis.outbox.carrying import CarryingError, PermanentFailure, TransientFailure, Uncertain

TIMEOUT_SECONDS = 20
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """Where `PARVIS_EMAIL_URL` points to."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str = ""
    password: str = ""


def server_from(url: str) -> Server:
    """Read `smtp://`, `smtp+tls://` (STARTTLS demanded) or `smtps://` (TLS from the first byte)."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise ImproperlyConfigured(
            "PARVIS_EMAIL_URL must look like smtp://host:25, smtp+tls://user:password@host:587"
            " or smtps://user:password@host:465."
        )
    security: Literal["none", "starttls", "tls"] = "none"
    if parts.scheme != "smtp":
        security = "starttls" if parts.scheme == "smtp+tls" else "tls"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port or PORTS[parts.scheme], security, user, password)


class Connection:
    """An SMTP session, opened when first needed and opened anew once when the server has hung up."""

    def __init__(self, server: Server, timeout: float = TIMEOUT_SECONDS) -> None:
        self._server = server
        self._timeout = timeout
        self._session: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, secure, sign in. Everything that fails here is the server's state, not the mail's."""
        if self._session is not None:
            return
        try:
            self._session = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise TransientFailure(_code(error)) from error

    def close(self) -> None:
        """Say goodbye, or just hang up."""
        session, self._session = self._session, None
        if session is not None:
            try:
                session.quit()
            except (OSError, smtplib.SMTPException):
                with suppress(OSError):
                    session.close()

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Deliver to one recipient; returns when the server has taken responsibility.

        Raises TransientFailure or PermanentFailure when it surely has not, Uncertain when it went silent
        after the last byte.
        """
        try:
            self._begin(sender, recipient)
            self._hand_over(content)
        except CarryingError:
            raise
        except Exception:
            self._drop()  # half a mail may be in it: nothing of the next may follow
            raise

    def _begin(self, sender: str, recipient: str) -> None:
        """Name both ends, in a new session where the old one is over."""
        reused = self._session is not None
        self.open()
        try:
            self._address(sender, recipient)
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._drop()
            if not reused:
                raise TransientFailure(_code(error)) from error
            # A server may close an idle session; nothing of this mail was handed over yet.
            self.open()
            self._address_anew(sender, recipient)

    def _connect(self) -> smtplib.SMTP:
        """A session that is as secure as was asked for, or an exception."""
        server = self._server
        if server.security == "tls":
            secure = ssl.create_default_context()
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=secure
            )
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.security == "starttls":
                code, _answer = session.starttls(context=ssl.create_default_context())
                if code != 220:
                    raise smtplib.SMTPResponseException(code, "STARTTLS refused")
            session.ehlo_or_helo_if_needed()
            if server.user:
                session.login(server.user, server.password)
        except BaseException:
            session.close()
            raise
        return session

    def _address_anew(self, sender: str, recipient: str) -> None:
        """The second and last try."""
        try:
            self._address(sender, recipient)
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._drop()
            raise TransientFailure(_code(error)) from error

    def _address(self, sender: str, recipient: str) -> None:
        """Name sender and recipient; a refusal leaves the session clean for the next mail."""
        session = self._live()
        for say, address in ((session.mail, sender), (session.rcpt, recipient)):
            code, _answer = say(address)
            if code == 421:
                raise smtplib.SMTPServerDisconnected("421")
            if code not in {250, 251}:
                self._refuse(code)

    def _hand_over(self, content: bytes) -> None:
        """Until the last byte is out the mail is surely not delivered; after it only the answer tells."""
        session = self._live()
        try:
            code, _answer = session.docmd("DATA")
            if code != 354:
                self._refuse(code)
            session.send(_with_end(content))
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._drop()
            raise TransientFailure(_code(error)) from error
        failpoint("mail.after_last_byte")
        try:
            code, _answer = session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Uncertain(_code(error)) from error
        if code == 250:
            return
        if not 400 <= code < 600:  # neither yes nor no, -1 when it was no code at all (F7)
            self._drop()
            raise Uncertain(f"smtp:{code}")
        self._refuse(code)

    def _refuse(self, code: int) -> None:
        """Put the server's no into our words."""
        if code == 421 or not 400 <= code < 600:
            self._drop()  # it is about to hang up, or answers what nobody asked
        else:
            with suppress(OSError, smtplib.SMTPException):
                self._live().rset()
        failure = PermanentFailure if 500 <= code < 600 else TransientFailure
        raise failure(f"smtp:{code}")

    def _live(self) -> smtplib.SMTP:
        """The open session."""
        if self._session is None:
            raise TransientFailure("closed")
        return self._session

    def _drop(self) -> None:
        """Forget a session that is out of step, without a word."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(OSError):
                session.close()


def _with_end(content: bytes) -> bytes:
    """The content as DATA wants it: CRLF, dots doubled, a lone dot at the end (RFC 5321 4.5.2)."""
    quoted = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in content.splitlines())
    return quoted + b"\r\n.\r\n"


def _code(error: Exception) -> str:
    """A short name for what went wrong: the SMTP code, else the exception's class."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp:{error.smtp_code}"
    return type(error).__name__
