"""Is this file what it says? Extension, first bytes and, for pictures, decoding have to agree (RELIABILITY
E2).
"""

from pathlib import Path

from parvis.files.errors import FileDisguised, ProgramRefused
from parvis.files.images import check_decodes
from parvis.files.media import HEAD_BYTES, MediaType, is_program, is_what_it_says, type_of
from parvis.files.rules import extension_of


def inspect_head(name: str, head: bytes) -> MediaType:
    """The type of a file of this (clean) name which begins so. Raises ProgramRefused or FileDisguised."""
    extension = extension_of(name)
    if is_program(extension, head):
        raise ProgramRefused
    if not is_what_it_says(extension, head):
        raise FileDisguised
    return type_of(extension)


def inspect(name: str, path: Path) -> MediaType:
    """The type of the file at `path`, judged by its content too. Raises a FileTypeRefused."""
    with path.open("rb") as handle:
        media_type = inspect_head(name, handle.read(HEAD_BYTES))
    if media_type.pillow_format:
        check_decodes(path, media_type.pillow_format)
    return media_type
