"""An SMTP server that follows a script: what it answers, when it falls silent, when it hangs up."""

import socket
import threading
from contextlib import contextmanager

HANG_UP, SILENCE = "hang up", "silence"


class ScriptedServer:
    """Answers each command by its script; `{}` is a server that accepts everything.

    Keys: CONNECT, EHLO, STARTTLS, MAIL, RCPT, DATA, END (after the last dot). A list is used up one by one.
    """

    def __init__(self, script):
        self.script = {key: list(steps) for key, steps in script.items()}
        self.accepted, self.commands, self.sessions = [], [], 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)  # else a waiting accept() would keep it open
        self._socket.close()

    def _serve(self):
        while True:
            try:
                session, _address = self._socket.accept()
            except OSError:
                return
            self.sessions += 1
            with session, session.makefile("rb") as lines:
                try:
                    self._talk(session, lines)
                except (OSError, EOFError):
                    continue

    def _talk(self, session, lines):
        self._answer(session, "CONNECT", "220 test")
        while line := lines.readline():
            verb = line.decode(errors="replace").upper().partition(" ")[0].strip()
            self.commands.append(verb)
            if verb == "EHLO":
                self._answer(session, verb, self.script.get("OFFER", ["250 test"])[0])
            elif verb == "DATA":
                if self._answer(session, verb, "354 go on").startswith("354"):
                    content = b"".join(iter(lines.readline, b".\r\n"))
                    if self._answer(session, "END", "250 accepted").startswith("250"):
                        self.accepted.append(content)
            elif verb == "QUIT":
                session.sendall(b"221 bye\r\n")
                return
            else:
                self._answer(session, verb, "250 ok")

    def _answer(self, session, key, usual):
        steps = self.script.get(key)
        answer = steps.pop(0) if steps else usual
        if answer == HANG_UP:
            session.shutdown(socket.SHUT_RDWR)
            raise EOFError
        if answer != SILENCE:
            session.sendall(answer.encode() + b"\r\n")
        return answer


@contextmanager
def scripted(**script):
    """A server with this script, gone afterwards."""
    server = ScriptedServer(script)
    try:
        yield server
    finally:
        server.close()
