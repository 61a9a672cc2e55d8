"""Decoding untrusted files, always in a process of its own."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parvis.files.errors import ImageTooBig, ImageUnreadable
from parvis.files.models import PreviewFailure

DRAWING = Path(__file__).with_name("_drawing.py")
CHECK_SECONDS = 10
DRAW_SECONDS = 60

logger = logging.getLogger(__name__)


class DrawingFailed(Exception):
    """No pages could be drawn; `reason` says why."""

    def __init__(self, reason: PreviewFailure) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class DrawnPage:
    """One page as two WebP files, which are gone when the context of `drawn_pages` ends."""

    number: int
    width: int
    height: int
    small: Path
    large: Path


@dataclass(frozen=True)
class Drawing:
    """All pages drawn, and how many the document has."""

    page_count: int
    pages: list[DrawnPage]


def check_decodes(path: Path, pillow_format: str) -> None:
    """Pass a picture that can be decoded whole. Raises ImageTooBig or ImageUnreadable."""
    answer = _ask(["check", pillow_format, str(path)], CHECK_SECONDS)
    if answer.get("failure") == "too_many_pixels":
        raise ImageTooBig
    if "failure" in answer:
        raise ImageUnreadable


@contextmanager
def drawn_pages(path: Path, pillow_format: str) -> Iterator[Drawing]:
    """The pages of a picture, or of a PDF when `pillow_format` is empty. Raises DrawingFailed."""
    job = "image" if pillow_format else "pdf"
    with tempfile.TemporaryDirectory(prefix="parvis-pages-") as folder:
        answer = _ask([job, pillow_format or "-", str(path), folder], DRAW_SECONDS)
        if "failure" in answer:
            raise DrawingFailed(_reason(str(answer["failure"])))
        yield Drawing(
            page_count=answer["page_count"],
            pages=[
                DrawnPage(
                    page["number"],
                    page["width"],
                    page["height"],
                    Path(folder) / f"{page['number']}-small.webp",
                    Path(folder) / f"{page['number']}-large.webp",
                )
                for page in answer["pages"]
            ],
        )


def _reason(failure: str) -> PreviewFailure:
    if failure in {"too_many_pixels", "too_heavy"}:
        return PreviewFailure.TOO_HEAVY
    return PreviewFailure.ENCRYPTED if failure == "encrypted" else PreviewFailure.BROKEN


def _ask(arguments: list[str], seconds: int) -> dict:  # type: ignore[type-arg]  # JSON from our own script
    """The script's answer; a process that was ended (memory, time, a decoder's crash) is an answer too."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(DRAWING), *arguments],
            capture_output=True,
            timeout=seconds,
            check=False,
            env={},  # nothing of our secrets stands in its environment
        )
    except subprocess.TimeoutExpired:
        return {"failure": "too_heavy"}
    if done.returncode:
        logger.warning("A file could not be decoded: its process ended with %s", done.returncode)
        return {"failure": "too_heavy" if done.returncode < 0 else "broken"}
    try:
        return json.loads(done.stdout)  # type: ignore[no-any-return]
    except ValueError:
        return {"failure": "broken"}
