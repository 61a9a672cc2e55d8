"""Our table of file types: what a name promises, what the first bytes must show, how it is served
(RELIABILITY E1, E2).

The uploader's own claim (the Content-Type of the part) is never read. A type that a browser could run as a
page is served as plain bytes; a picture has to decode as well, which `images.py` asks of a process of its
own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

HEAD_BYTES = 4096
BYTES = "application/octet-stream"


class Family(models.TextChoices):
    """What kind of thing a person sees in a file: chooses the icon and the filter."""

    IMAGE = "image", _("Picture")
    PDF = "pdf", _("PDF")
    DOCUMENT = "document", _("Document")
    SHEET = "sheet", _("Spreadsheet")
    ARCHIVE = "archive", _("Archive")
    AUDIO = "audio", _("Sound")
    VIDEO = "video", _("Video")
    TEXT = "text", _("Text")
    OTHER = "other", _("File")


Signature = Callable[[bytes], bool]


@dataclass(frozen=True)
class MediaType:
    """One line of the table."""

    family: Family
    media_type: str = BYTES
    signature: Signature | None = None
    pillow_format: str = ""  # decoded (and so proved) by Pillow under this format, and no other

    @property
    def has_preview(self) -> bool:
        """Whether the worker can make page pictures of it."""
        return bool(self.pillow_format) or self.family is Family.PDF

    @property
    def plays_inline(self) -> bool:
        """Sound and film play in the page; everything else is handed over as a download."""
        return self.family in {Family.AUDIO, Family.VIDEO}


def starts(*beginnings: bytes) -> Signature:
    """The content starts with one of these."""
    return lambda head: head.startswith(beginnings)


def riff(kind: bytes) -> Signature:
    """A RIFF container of this kind (WebP, WAV, AVI)."""
    return lambda head: head[:4] == b"RIFF" and head[8:12] == kind


def brand(*brands: bytes) -> Signature:
    """An ISO base media file (MP4, AVIF, HEIC); without brands, any."""
    return lambda head: head[4:8] == b"ftyp" and (not brands or any(each in head[8:64] for each in brands))


def is_pdf(head: bytes) -> bool:
    """The marker may stand a little after the start (ISO 32000-1, note 13)."""
    return b"%PDF-" in head[:1024]


def is_text(head: bytes) -> bool:
    """No NUL byte, unless a byte order mark says UTF-16; and none of the binary beginnings below."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in head and not any(signature(head) for signature in BINARY)


def is_mpeg_sound(head: bytes) -> bool:
    """ID3 tag, or an MPEG audio frame header."""
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


zip_file = starts(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
compound_file = starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # Word, Excel, PowerPoint before 2007
png = starts(b"\x89PNG\r\n\x1a\n")
gif = starts(b"GIF87a", b"GIF89a")
jpeg = starts(b"\xff\xd8\xff")
tiff = starts(b"II*\0", b"MM\0*")

BINARY: tuple[Signature, ...] = (
    starts(b"%PDF-"),
    zip_file,
    compound_file,
    png,
    gif,
    jpeg,
    tiff,
    riff(b"WEBP"),
)
PROGRAM_BEGINNINGS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")

PROGRAMS = frozenset(
    """
    exe com scr pif bat cmd msi msp mst dll cpl sys lnk url hta vb vbs vbe js jse mjs ws wsf wsh ps1 psm1 reg
    inf jar jnlp app apk dmg pkg deb rpm appx msix sh bash command desktop scf chm hlp gadget application xll
    mht mhtml xbap swf settingcontent-ms library-ms
    """.split()  # noqa: SIM905 read as one line of words
)


def _openxml(kind: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.{kind}"


def _opendocument(kind: str) -> str:
    return f"application/vnd.oasis.opendocument.{kind}"


IMAGE, DOCUMENT, SHEET, ARCHIVE = Family.IMAGE, Family.DOCUMENT, Family.SHEET, Family.ARCHIVE
AUDIO, VIDEO, TEXT, OTHER = Family.AUDIO, Family.VIDEO, Family.TEXT, Family.OTHER

TABLE: dict[str, MediaType] = {
    "jpg jpeg jpe": MediaType(IMAGE, "image/jpeg", jpeg, "JPEG"),
    "png": MediaType(IMAGE, "image/png", png, "PNG"),
    "gif": MediaType(IMAGE, "image/gif", gif, "GIF"),
    "webp": MediaType(IMAGE, "image/webp", riff(b"WEBP"), "WEBP"),
    "avif": MediaType(IMAGE, "image/avif", brand(b"avif", b"avis"), "AVIF"),
    "bmp": MediaType(IMAGE, "image/bmp", starts(b"BM"), "BMP"),
    "tif tiff": MediaType(IMAGE, "image/tiff", tiff, "TIFF"),
    # No decoder on board: handed over as they are.
    "heic heif": MediaType(IMAGE, "image/heic", brand(b"heic", b"heix", b"mif1", b"msf1", b"hevc")),
    "psd psb": MediaType(IMAGE, "image/vnd.adobe.photoshop", starts(b"8BPS")),
    # Could run as a page in a browser: plain bytes, whatever asks for them.
    "svg": MediaType(IMAGE, BYTES, is_text),
    "html htm xhtml xht shtml xml xsl xslt rdf": MediaType(TEXT, BYTES, is_text),
    "svgz": MediaType(IMAGE, BYTES, starts(b"\x1f\x8b")),
    "pdf": MediaType(Family.PDF, "application/pdf", is_pdf),
    "ai": MediaType(OTHER, BYTES),  # PDF or PostScript inside
    "docx dotx": MediaType(DOCUMENT, _openxml("wordprocessingml.document"), zip_file),
    "pptx potx": MediaType(DOCUMENT, _openxml("presentationml.presentation"), zip_file),
    "xlsx xltx": MediaType(SHEET, _openxml("spreadsheetml.sheet"), zip_file),
    "odt": MediaType(DOCUMENT, _opendocument("text"), zip_file),
    "odp": MediaType(DOCUMENT, _opendocument("presentation"), zip_file),
    "ods": MediaType(SHEET, _opendocument("spreadsheet"), zip_file),
    "epub": MediaType(DOCUMENT, "application/epub+zip", zip_file),
    "doc": MediaType(DOCUMENT, "application/msword", compound_file),
    "ppt": MediaType(DOCUMENT, "application/vnd.ms-powerpoint", compound_file),
    "xls": MediaType(SHEET, "application/vnd.ms-excel", compound_file),
    "rtf": MediaType(DOCUMENT, "application/rtf", starts(b"{\\rtf")),
    "docm pptm xlsm xlsb": MediaType(OTHER, BYTES, zip_file),
    "csv tsv": MediaType(SHEET, "text/csv", is_text),
    "txt text log md markdown": MediaType(TEXT, "text/plain", is_text),
    "json yaml yml css srt vtt ics vcf eml": MediaType(TEXT, BYTES, is_text),
    "zip": MediaType(ARCHIVE, "application/zip", zip_file),
    "7z": MediaType(ARCHIVE, BYTES, starts(b"7z\xbc\xaf\x27\x1c")),
    "rar": MediaType(ARCHIVE, BYTES, starts(b"Rar!\x1a\x07")),
    "gz tgz": MediaType(ARCHIVE, "application/gzip", starts(b"\x1f\x8b")),
    "bz2 tbz": MediaType(ARCHIVE, BYTES, starts(b"BZh")),
    "xz txz": MediaType(ARCHIVE, BYTES, starts(b"\xfd7zXZ\0")),
    "tar": MediaType(ARCHIVE, BYTES, lambda head: head[257:262] == b"ustar"),
    "mp3": MediaType(AUDIO, "audio/mpeg", is_mpeg_sound),
    "wav": MediaType(AUDIO, "audio/wav", riff(b"WAVE")),
    "ogg oga opus": MediaType(AUDIO, "audio/ogg", starts(b"OggS")),
    "flac": MediaType(AUDIO, "audio/flac", starts(b"fLaC")),
    "m4a": MediaType(AUDIO, "audio/mp4", brand()),
    "mp4 m4v": MediaType(VIDEO, "video/mp4", brand()),
    "mov": MediaType(
        VIDEO, "video/quicktime", lambda head: head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}
    ),
    "webm": MediaType(VIDEO, "video/webm", starts(b"\x1aE\xdf\xa3")),
    "mkv": MediaType(VIDEO, BYTES, starts(b"\x1aE\xdf\xa3")),
    "avi": MediaType(VIDEO, BYTES, riff(b"AVI ")),
}

BY_EXTENSION = {extension: line for names, line in TABLE.items() for extension in names.split()}
UNKNOWN = MediaType(Family.OTHER)


def type_of(extension: str) -> MediaType:
    """The line of the table for this extension; what we do not know is plain bytes."""
    return BY_EXTENSION.get(extension, UNKNOWN)


def is_program(extension: str, head: bytes) -> bool:
    """Whether opening it would run it: by its name, or by how it begins under any name we do not know
    better.
    """
    known = BY_EXTENSION.get(extension)
    looks_like_one = head.startswith(PROGRAM_BEGINNINGS) and b"\0" in head
    return extension in PROGRAMS or (known is None and looks_like_one)


def is_what_it_says(extension: str, head: bytes) -> bool:
    """Whether the first bytes are those the extension promises (true where nothing is promised)."""
    signature = type_of(extension).signature
    return signature is None or signature(head)
