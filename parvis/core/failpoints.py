"""Named places where a test may stop the program, to prove that what follows a crash is whole (RELIABILITY
E10, F7).

A failpoint does nothing unless armed: by `arm()` in the same process, or by the environment of a process
that a test starts, `PARVIS_FAILPOINT=files.after_rename:kill`. `PARVIS_FAILPOINT_AFTER=3` lets it pass
three times first.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import Literal

Action = Literal["kill", "raise"]


class FailpointReached(BaseException):
    """Raised by an armed failpoint; not an Exception, so that no handler of ours takes it for an ordinary
    failure.
    """


@dataclass
class _Armed:
    name: str
    action: str
    passes: int


def _from_environment() -> _Armed | None:
    name, _, action = os.environ.get("PARVIS_FAILPOINT", "").partition(":")
    if not name:
        return None
    return _Armed(name, action or "kill", int(os.environ.get("PARVIS_FAILPOINT_AFTER", "0")))


_state: dict[str, _Armed | None] = {"armed": _from_environment()}


def failpoint(name: str) -> None:
    """Pass, unless this very name is armed: then end the process without any clean-up, or raise."""
    armed = _state["armed"]
    if armed is None or armed.name != name:
        return
    if armed.passes > 0:
        armed.passes -= 1
        return
    if armed.action == "raise":
        raise FailpointReached(name)
    os.kill(os.getpid(), signal.SIGKILL)


def arm(name: str, action: Action = "kill", *, passes: int = 0) -> None:
    """Make the failpoint `name` stop this process (`kill`) or raise, after letting it pass `passes` times."""
    _state["armed"] = _Armed(name, action, passes)


def disarm() -> None:
    """Make every failpoint pass again."""
    _state["armed"] = None
