"""PDFs that act, grow, circle or are broken (RELIABILITY E5)."""

import zlib

from parvis.files.tests.factories import assembled, pdf
from tests.hostile.corpus.kinds import DRAWN, EITHER, NOT_DRAWN, HostileFile

JAVASCRIPT = "<< /S /JavaScript /JS (app.alert(1); this.submitForm('http://127.0.0.1/hit');) >>"


def stream(content: bytes, entries: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries.encode(), content)


def page_with(
    content: bytes, *, resources: str = "", entries: str = "", objects: tuple[bytes, ...] = ()
) -> bytes:
    """One page with this content stream (object 4); `objects` start at 5."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %s >> >>"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page % resources.encode(),
            stream(content, entries),
            *objects,
        ]
    )


def tree(*bodies: bytes) -> bytes:
    """A catalog whose page tree is these objects, the first being number 2."""
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *bodies])


def circle_of_forms() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
    first = stream(b"/B Do /B Do", f"{form.decode()} /Resources << /XObject << /B 6 0 R >> >>")
    second = stream(b"/A Do /A Do", f"{form.decode()} /Resources << /XObject << /A 5 0 R >> >>")
    return page_with(b"/A Do", resources="/XObject << /A 5 0 R >>", objects=(first, second))


def doubling_forms() -> bytes:
    """Thirty forms, each drawing the next one twice: a billion drawings."""
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /N {} 0 R >> >>"
    forms = [stream(b"/N Do /N Do", entries.format(6 + number)) for number in range(29)]
    last = stream(b"0 0 1 1 re f", "/Type /XObject /Subtype /Form /BBox [0 0 600 800]")
    return page_with(b"/N Do", resources="/XObject << /N 5 0 R >>", objects=(*forms, last))


def huge_image() -> bytes:
    packed = zlib.compress(bytes(100_000_000), 9)
    image = stream(
        packed,
        "/Type /XObject /Subtype /Image /Width 40000 /Height 40000 /ColorSpace /DeviceRGB "
        "/BitsPerComponent 8 /Filter /FlateDecode",
    )
    return page_with(b"600 0 0 800 0 0 cm /I Do", resources="/XObject << /I 5 0 R >>", objects=(image,))


def embedded_file() -> bytes:
    file = stream(b"MZ evil", "/Type /EmbeddedFile")
    return pdf(
        1,
        catalog="/Names << /EmbeddedFiles << /Names [(evil.exe) 4 0 R] >> >>",
        objects=["<< /Type /Filespec /F (evil.exe) /EF << /F 5 0 R >> >>", file],
    )


def xfa() -> bytes:
    form = stream(b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>app.alert(1)</script></xdp:xdp>')
    return pdf(1, catalog="/AcroForm << /XFA 4 0 R /Fields [] >>", objects=[form])


def encrypted() -> bytes:
    lock = f"<< /Filter /Standard /V 1 /R 2 /P -1 /O <{'11' * 32}> /U <{'22' * 32}> >>"
    return pdf(1, objects=[lock], trailer="/Encrypt 4 0 R /ID [<00> <00>]")


def deep_arrays() -> bytes:
    return pdf(1, objects=["[" * 50_000 + "]" * 50_000], page="/Annots 4 0 R")


def bad_font() -> bytes:
    font = stream(bytes(range(256)) * 40, "/Subtype /Type1C")
    return page_with(
        b"BT /F 20 Tf 50 50 Td (words) Tj ET",
        resources="/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /X /FontDescriptor 5 0 R >> >>",
        objects=(b"<< /Type /FontDescriptor /FontName /X /FontFile3 6 0 R >>", font),
    )


def hostile(id_: str, make, why: str, preview: str = DRAWN) -> HostileFile:
    return HostileFile(id_, "brief.pdf", make, why, preview=preview)


def heavy_content() -> bytes:
    return page_with(zlib.compress(b"0 0 m 600 800 l S\n" * 8_000_000, 9), entries="/Filter /FlateDecode")


FILES = [
    hostile("pdf-javascript", lambda: pdf(1, catalog=f"/OpenAction {JAVASCRIPT}"), "a script on opening"),
    hostile("pdf-page-script", lambda: pdf(1, page=f"/AA << /O {JAVASCRIPT} >>"), "a script on the page"),
    hostile(
        "pdf-launch",
        lambda: pdf(1, catalog="/OpenAction << /S /Launch /F (/bin/sh) >>"),
        "starts a program on opening",
    ),
    hostile(
        "pdf-uri",
        lambda: pdf(1, catalog="/OpenAction << /S /URI /URI (http://127.0.0.1/hit) >>"),
        "opens an address",
    ),
    hostile(
        "pdf-remote",
        lambda: pdf(1, catalog="/OpenAction << /S /GoToR /F (\\\\\\\\127.0.0.1\\\\x.pdf) /D [0 /Fit] >>"),
        "opens another document over the network",
    ),
    hostile("pdf-embedded-file", embedded_file, "a program inside"),
    hostile("pdf-xfa", xfa, "a form with scripts"),
    hostile("pdf-10k-pages", lambda: pdf(10_000, size=(60, 60)), "10,000 pages"),
    hostile(
        "pdf-false-count",
        lambda: pdf(1).replace(b"/Count 1", b"/Count 2000000000"),
        "2,000 million pages",
        EITHER,
    ),
    hostile(
        "pdf-negative-count", lambda: pdf(1).replace(b"/Count 1", b"/Count -1"), "less than no page", EITHER
    ),
    hostile(
        "pdf-tree-circle",
        lambda: tree(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "a page tree in a circle",
        EITHER,
    ),
    hostile(
        "pdf-tree-ring",
        lambda: tree(
            b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"
        ),
        "two branches that hold each other",
        EITHER,
    ),
    hostile("pdf-no-pages", lambda: tree(b"<< /Type /Pages /Kids [] /Count 0 >>"), "no page", NOT_DRAWN),
    hostile(
        "pdf-self-length",
        lambda: page_with(b"x").replace(b"/Length 1", b"/Length 4 0 R"),
        "its own length",
        EITHER,
    ),
    hostile("pdf-circle-of-forms", circle_of_forms, "drawings that draw each other", EITHER),
    hostile("pdf-doubling-forms", doubling_forms, "a billion drawings", EITHER),
    hostile("pdf-huge-image", huge_image, "an image of 1,600 million pixels", EITHER),
    hostile("pdf-heavy-content", heavy_content, "eight million lines in one page", EITHER),
    hostile("pdf-huge-page", lambda: pdf(1, size=(10**7, 10**7)), "a page of 3.5 kilometres", EITHER),
    hostile("pdf-long-page", lambda: pdf(1, size=(1, 10**7)), "a page like a thread", EITHER),
    hostile("pdf-zero-page", lambda: pdf(1, size=(0, 0)), "a page without area", EITHER),
    hostile("pdf-negative-page", lambda: pdf(1, size=(-600, -800)), "a page inside out", EITHER),
    hostile("pdf-nonsense-page", lambda: pdf(1, size=("x", "1e400")), "a size that is no number", EITHER),
    hostile("pdf-deep-arrays", deep_arrays, "brackets 50,000 deep", EITHER),
    hostile("pdf-bad-font", bad_font, "a font of nonsense", EITHER),
    hostile("pdf-encrypted", encrypted, "protected by a password", NOT_DRAWN),
    hostile("pdf-cut", lambda: pdf(5)[:400], "cut short", EITHER),
    hostile("pdf-head-only", lambda: b"%PDF-1.7\n", "nothing but its first line", NOT_DRAWN),
    hostile("pdf-late-head", lambda: b"\0" * 900 + pdf(1), "its first line after 900 bytes", EITHER),
    hostile("pdf-noise", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "noise", NOT_DRAWN),
]
