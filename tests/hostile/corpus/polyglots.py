"""Files that are two things at once, or not what they say (RELIABILITY E2)."""

import io
import zipfile
import zlib

from parvis.files.tests.factories import pdf, picture
from tests.hostile.corpus.kinds import DRAWN, EITHER, HIT, REFUSED, HostileFile, html, png, png_chunk
from tests.hostile.corpus.markup import svg


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil")
        archive.writestr("Evil.class", b"\xca\xfe\xba\xbe")
    return target.getvalue()


def gif_script() -> bytes:
    """A GIF whose size, read as text, opens a comment: valid as a picture and as JavaScript."""
    frame = picture("GIF", (0x2A2F, 1))  # width 0x2a2f is "/*" in the header
    return frame + b"*/=1;" + HIT.encode()


def jpeg_comment() -> bytes:
    whole = picture("JPEG", (60, 40))
    comment = html()
    return whole[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + whole[2:]


def png_text() -> bytes:
    data = zlib.compress(b"\0" + bytes(8))
    return png(8, 1, data, png_chunk(b"tEXt", b"Comment\0" + html()))


def kept(id_: str, name: str, make, why: str, preview: str = DRAWN) -> HostileFile:
    return HostileFile(id_, name, make, why, preview=preview, is_script=True)


def refused(id_: str, name: str, make, why: str) -> HostileFile:
    return HostileFile(id_, name, make, why, fate=REFUSED)


PICTURE = (60, 40)

FILES = [
    kept("png-and-html", "photo.png", lambda: picture(size=PICTURE) + html(), "a picture followed by a page"),
    kept("png-text-chunk", "photo.png", png_text, "a page in a picture's comment"),
    kept("gif-and-script", "photo.gif", gif_script, "a picture that is a script too"),
    kept(
        "gifar",
        "photo.gif",
        lambda: picture("GIF", PICTURE) + zipped(),
        "a picture that is a Java archive too",
    ),
    kept("jpeg-comment", "photo.jpg", jpeg_comment, "a page in a picture's comment"),
    kept(
        "jpeg-and-html",
        "photo.jpg",
        lambda: picture("JPEG", PICTURE) + html(),
        "a picture followed by a page",
    ),
    kept(
        "webp-and-html",
        "photo.webp",
        lambda: picture("WEBP", PICTURE) + html(),
        "a picture followed by a page",
    ),
    kept(
        "bmp-and-html", "photo.bmp", lambda: picture("BMP", PICTURE) + html(), "a picture followed by a page"
    ),
    kept(
        "tiff-and-svg",
        "photo.tiff",
        lambda: picture("TIFF", PICTURE) + svg(""),
        "a picture followed by another",
    ),
    kept("pdf-and-html", "brief.pdf", lambda: html() + pdf(1), "a page followed by a PDF", EITHER),
    kept("pdf-and-zip", "brief.pdf", lambda: pdf(1) + zipped(), "a PDF followed by an archive", EITHER),
    kept(
        "mp4-and-html",
        "film.mp4",
        lambda: b"\0\0\0\x20ftypisom" + html(),
        "the head of a film, then a page",
        "none",
    ),
    kept("mp3-and-html", "sound.mp3", lambda: b"ID3" + html(), "the head of a sound, then a page", "none"),
    kept(
        "docx-and-html",
        "brief.docx",
        lambda: b"PK\x03\x04" + html(),
        "the head of an archive, then a page",
        "none",
    ),
    kept("psd-and-html", "photo.psd", lambda: b"8BPS" + html(), "the head of a picture, then a page", "none"),
    refused("html-as-jpg", "photo.jpg", html, "a page called a picture"),
    refused("html-as-png", "photo.png", html, "a page called a picture"),
    refused("bom-html-as-png", "photo.png", lambda: b"\xef\xbb\xbf" + html(), "a page called a picture"),
    refused("html-as-pdf", "brief.pdf", html, "a page called a PDF"),
    refused("html-as-docx", "brief.docx", html, "a page called a document"),
    refused("html-as-zip", "parts.zip", html, "a page called an archive"),
    refused("html-as-mp4", "film.mp4", html, "a page called a film"),
    refused("svg-as-gif", "photo.gif", lambda: svg(f"<script>{HIT}</script>"), "a drawing called a picture"),
    refused("jpeg-as-png", "photo.png", lambda: picture("JPEG"), "one type called another"),
    refused("png-as-txt", "notes.txt", picture, "a picture called a text"),
    refused("exe-as-png", "photo.png", lambda: b"MZ" + bytes(100), "a program called a picture"),
    refused("exe-as-pdf", "brief.pdf", lambda: b"MZ" + bytes(100), "a program called a PDF"),
    refused("exe-as-txt", "notes.txt", lambda: b"MZ" + bytes(100), "a program called a text"),
    refused(
        "png-head-html",
        "photo.png",
        lambda: b"\x89PNG\r\n\x1a\n" + html(),
        "the head of a picture, then a page",
    ),
    refused("gif-head-html", "photo.gif", lambda: b"GIF89a" + html(), "the head of a picture, then a page"),
    refused(
        "webp-head-html", "photo.webp", lambda: b"RIFF\xff\0\0\0WEBP" + html(), "the head of a picture only"
    ),
    refused("bmp-head-html", "photo.bmp", lambda: b"BM" + html(), "the head of a picture, then a page"),
    refused(
        "avif-head-html", "photo.avif", lambda: b"\0\0\0\x20ftypavif" + html(), "the head of a picture only"
    ),
    refused(
        "jpeg-head-html", "photo.jpg", lambda: b"\xff\xd8\xff" + html(), "the head of a picture, then a page"
    ),
    refused("tiff-head-html", "photo.tif", lambda: b"II*\0" + html(), "the head of a picture, then a page"),
]
