"""File names, decided from plain values."""

import re
import unicodedata

MAX_NAME_BYTES = 180  # below the 255 bytes of file systems, with room for "(2)" and a folder's prefix
FALLBACK_NAME = "file"

RESERVED_STEMS = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in [*"0123456789", "¹", "²", "³"]]
)
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
SPACES = re.compile(r"\s+")


def clean_name(raw: str) -> str:
    """The name as we show it and hand it back: one line, one path part, safe on any system (RELIABILITY E7).

    Never used as a path of ours: stored bytes live under a random key. Cleaning a clean name changes nothing.
    """
    name = "".join(char for char in raw if not _is_hidden(char))
    name = unicodedata.normalize("NFC", name)
    name = re.split(r"[/\\]", name)[-1]
    name = NOT_IN_NAMES.sub("_", name)
    name = _trim(SPACES.sub(" ", name))
    if name.split(".")[0].strip().lower() in RESERVED_STEMS:
        name = f"_{name}"
    return _trim(_shortened(name)) or FALLBACK_NAME


def extension_of(name: str) -> str:
    """What stands after the last dot, in small letters; empty without one."""
    _stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot else ""


def _is_hidden(char: str) -> bool:
    """Control, direction, zero-width and half characters: what a name can hide behind. Line ends become
    spaces.
    """
    category = unicodedata.category(char)
    return category in {"Cc", "Cf", "Cs", "Co"} and not char.isspace()


def _trim(name: str) -> str:
    """Dots and spaces at the start hide a file on Unix; at the end Windows drops them (`x.html.`)."""
    return name.lstrip(". ").rstrip(". ")


def _shortened(name: str) -> str:
    """At most MAX_NAME_BYTES in UTF-8, the extension kept."""
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, dot, extension = name, "", ""
    room = MAX_NAME_BYTES - len((dot + extension).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + extension
