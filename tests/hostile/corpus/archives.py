"""Archives and office documents that grow or reach out when unpacked: we never unpack (RELIABILITY E4)."""

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib

from tests.hostile.corpus.kinds import HostileFile
from tests.hostile.corpus.markup import billion_laughs


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def bomb() -> bytes:
    return zipped(("zeros", bytes(100_000_000)))


def nested() -> bytes:
    inner = bomb()
    for level in range(4):
        inner = zipped(*[(f"{level}-{number}.zip", inner) for number in range(8)])
    return inner


def overlapping() -> bytes:
    """A thousand entries of the directory that share one body (the idea of the "better zip bomb")."""
    body = zlib.compress(bytes(1_000_000), 9)[2:-4]
    checksum, size = zlib.crc32(bytes(1_000_000)), 1_000_000
    local = (
        struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, checksum, len(body), size, 1, 0) + b"a" + body
    )
    directory = b"".join(
        struct.pack(
            "<IHHHHHHIIIHHHHHII",
            0x02014B50,
            20,
            20,
            0,
            8,
            0,
            0,
            checksum,
            len(body),
            size,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + b"a"
        for _entry in range(1000)
    )
    return (
        local
        + directory
        + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1000, 1000, len(directory), len(local), 0)
    )


def lying_size() -> bytes:
    return bomb().replace(struct.pack("<I", 100_000_000), struct.pack("<I", 10))


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def tarred(name: str) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"evil"))
    return target.getvalue()


def office(content: bytes, name: str = "word/document.xml") -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped(("[Content_Types].xml", types), (name, content))


EXTERNAL = (
    b'<Relationships><Relationship Type="attachedTemplate" Target="http://127.0.0.1/evil.dotm" '
    b'TargetMode="External"/>'
    b"</Relationships>"
)

FILES = [
    HostileFile("zip-bomb", "parts.zip", bomb, "100 MB in 100 KB"),
    HostileFile("zip-nested", "parts.zip", nested, "400 GB in archives of archives"),
    HostileFile("zip-overlapping", "parts.zip", overlapping, "a thousand entries share one body"),
    HostileFile("zip-lying-size", "parts.zip", lying_size, "announces ten bytes, unpacks to 100 MB"),
    HostileFile("zip-slip", "parts.zip", lambda: zipped(("../../../tmp/evil", b"x")), "paths that climb out"),
    HostileFile("zip-absolute", "parts.zip", lambda: zipped(("/etc/cron.d/evil", b"x")), "absolute paths"),
    HostileFile(
        "zip-link", "parts.zip", lambda: zipped((link(), b"/etc/passwd")), "a link to a file of the server"
    ),
    HostileFile("zip-empty", "parts.zip", zipped, "nothing inside"),
    HostileFile("tar-slip", "parts.tar", lambda: tarred("../../tmp/evil"), "paths that climb out"),
    HostileFile("gz-bomb", "parts.gz", lambda: gzip.compress(bytes(100_000_000)), "100 MB in 100 KB"),
    HostileFile("docx-bomb", "brief.docx", lambda: office(bytes(100_000_000)), "100 MB in a document"),
    HostileFile(
        "docx-laughs", "brief.docx", lambda: office(billion_laughs()), "entities that grow to gigabytes"
    ),
    HostileFile(
        "docx-template",
        "brief.docx",
        lambda: office(EXTERNAL, "word/_rels/settings.xml.rels"),
        "loads a template from elsewhere",
    ),
    HostileFile(
        "docm-macro", "brief.docm", lambda: office(b"Attribute VB_Name", "word/vbaProject.bin"), "a macro"
    ),
    HostileFile(
        "xlsx-entity",
        "table.xlsx",
        lambda: office(
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "xl/workbook.xml"
        ),
        "reads a file of the server",
    ),
    HostileFile(
        "csv-formula", "table.csv", lambda: b"=cmd|' /C calc'!A0,+1,-1,@SUM(1)", "formulas in a table"
    ),
    HostileFile("rtf-object", "brief.rtf", lambda: b"{\\rtf1{\\object\\objocx}}", "an embedded control"),
]
