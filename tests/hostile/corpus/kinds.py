"""What a hostile file is, and what has to become of it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

REFUSED, KEPT = "refused", "kept"
NO_PREVIEW, DRAWN, NOT_DRAWN, EITHER = "none", "ready", "failed", "either"


@dataclass(frozen=True)
class HostileFile:
    """One file of the corpus.

    `preview` is the preview state a kept file must end in; `either` where it depends on how forgiving a
    decoder is. `is_script` marks those that a browser could run, which are opened in Chromium.
    """

    id: str
    name: str
    make: Callable[[], bytes]
    why: str
    fate: str = KEPT
    preview: str = NO_PREVIEW
    is_script: bool = False

    @cached_property
    def content(self) -> bytes:
        return self.make()

    @property
    def outcome(self) -> str:
        """In words, for the table."""
        if self.fate == REFUSED:
            return "refused at upload"
        shown = {
            NO_PREVIEW: "no preview",
            DRAWN: "drawn as a picture",
            NOT_DRAWN: "preview fails with a reason",
            EITHER: "drawn, or fails with a reason",
        }
        return f"kept as a download; {shown[self.preview]}"


HIT = (
    "fetch('/hit');new Image().src='/hit?image';"
    "try{top.document.title='HIT'}catch(e){}try{opener.document.title='HIT'}catch(e){}"
)
"""The script of every payload: tells the server that it ran."""

HTML = (
    f'<!doctype html><title>x</title><script>{HIT}</script><img src=x onerror="{HIT}"><body onload="{HIT}">'
)


def html() -> bytes:
    return HTML.encode()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, *extra: bytes, bits: int = 8, colour: int = 0) -> bytes:
    """A PNG of this size whose pixels are `data`, already compressed."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + b"".join(extra)
        + png_chunk(b"IDAT", data)
        + png_chunk(b"IEND", b"")
    )
