"""Files that a browser would run as a page (RELIABILITY E1)."""

import gzip

from tests.hostile.corpus.kinds import HIT, HTML, REFUSED, HostileFile, html

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"


def svg(inside: str, attributes: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><svg xmlns="{SVG}" width="50" height="50" {attributes}>{inside}</svg>'.encode()
    )


def xhtml() -> bytes:
    return f'<?xml version="1.0"?><html xmlns="{XHTML}"><body><script>{HIT}</script></body></html>'.encode()


def billion_laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><x>&l9;</x>'.encode()


def mhtml() -> bytes:
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html\r\n\r\n" + html() + b"\r\n--x--\r\n"
    )


def stylesheet() -> bytes:
    return (
        f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><x>'
        f'<xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        f'<xsl:template match="/"><script>{HIT}</script>'
        f"</xsl:template></xsl:stylesheet></x>"
    ).encode()


def utf7() -> bytes:
    return b'<meta charset="utf-7">+ADw-script+AD4-' + HIT.encode() + b"+ADw-/script+AD4-"


def script(id_: str, name: str, make, why: str) -> HostileFile:
    return HostileFile(id_, name, make, why, is_script=True)


def program(id_: str, name: str, make, why: str) -> HostileFile:
    return HostileFile(id_, name, make, why, fate=REFUSED)


ENTITY = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

FILES = [
    script("svg-script", "logo.svg", lambda: svg(f"<script>{HIT}</script>"), "a script element"),
    script("svg-onload", "logo.svg", lambda: svg("", f'onload="{HIT}"'), "an event attribute"),
    script(
        "svg-foreign-object",
        "logo.svg",
        lambda: svg(f'<foreignObject><body xmlns="{XHTML}" onload="{HIT}"/></foreignObject>'),
        "HTML inside a picture",
    ),
    script(
        "svg-link",
        "logo.svg",
        lambda: svg(f'<a href="javascript:{HIT}"><text y="20">Click</text></a>'),
        "a javascript: link",
    ),
    script(
        "svg-animate",
        "logo.svg",
        lambda: svg(
            f'<image href="x" onerror="{HIT}"/><animate onbegin="{HIT}" attributeName="x" dur="1s"/>'
        ),
        "scripts in errors and animations",
    ),
    script(
        "svg-entity",
        "logo.svg",
        lambda: ENTITY.encode() + svg("<text>&x;</text>"),
        "reads a file of the server",
    ),
    script(
        "svg-zipped",
        "logo.svgz",
        lambda: gzip.compress(svg(f"<script>{HIT}</script>")),
        "a compressed picture",
    ),
    script(
        "svg-utf16", "logo.svg", lambda: svg(f"<script>{HIT}</script>").decode().encode("utf-16"), "UTF-16"
    ),
    script("html", "page.html", html, "a page"),
    script("html-htm", "page.htm", html, "a page"),
    script("html-upper-case", "PAGE.HTML", html, "a page with a loud name"),
    script("html-shtml", "page.shtml", html, "a page with server-side includes"),
    script("html-bom", "page.html", lambda: b"\xef\xbb\xbf" + html(), "a byte order mark before the page"),
    script("html-utf7", "page.html", utf7, "a page in UTF-7"),
    script("html-as-txt", "notes.txt", html, "a page called a text"),
    script("html-as-csv", "table.csv", html, "a page called a table"),
    script("html-as-markdown", "README.md", html, "a page called Markdown"),
    script("html-unknown-extension", "page.foo", html, "a page under a name nobody knows"),
    script("html-no-extension", "page", html, "a page without an extension"),
    script(
        "html-double-extension", "page.png.html", html, "a page that looks like a picture in a narrow list"
    ),
    script(
        "html-refresh",
        "page.html",
        lambda: b'<meta http-equiv=refresh content="0;url=/hit">',
        "sends elsewhere",
    ),
    script(
        "html-form",
        "page.html",
        lambda: b"<form action=/hit><button autofocus>Sign in</button></form>",
        "a form",
    ),
    script("html-frame", "page.html", lambda: f'<iframe srcdoc="{HTML}">'.encode(), "a page in a page"),
    script("xhtml", "page.xhtml", xhtml, "a page as XML"),
    script("xhtml-xht", "page.xht", xhtml, "a page as XML"),
    script("xml-xhtml", "data.xml", xhtml, "XML in the namespace of pages"),
    script("xml-stylesheet", "data.xml", stylesheet, "XML that turns itself into a page"),
    script("xsl", "style.xsl", stylesheet, "a stylesheet with a script"),
    script("rdf", "data.rdf", xhtml, "RDF in the namespace of pages"),
    script("xml-laughs", "data.xml", billion_laughs, "entities that grow to gigabytes"),
    script(
        "css",
        "style.css",
        lambda: b"@import '/hit'; body{background:url(/hit)}",
        "a stylesheet that calls out",
    ),
    script(
        "vtt", "film.vtt", lambda: b"WEBVTT\n\n00:00.000 --> 00:09.000\n" + html(), "subtitles with a page"
    ),
    script("eml", "mail.eml", lambda: b"Content-Type: text/html\r\n\r\n" + html(), "a mail with a page"),
    script(
        "vcf",
        "card.vcf",
        lambda: b"BEGIN:VCARD\nNOTE:" + html() + b"\nEND:VCARD",
        "a visiting card with a page",
    ),
    script("json", "data.json", lambda: b'{"a":"' + html() + b'"}', "JSON with a page"),
    program("mhtml", "page.mhtml", mhtml, "a page saved with its parts"),
    program("mht", "page.mht", mhtml, "a page saved with its parts"),
    program("hta", "tool.hta", html, "a page that Windows runs as a program"),
    program("js", "tool.js", lambda: HIT.encode(), "a script"),
    program("mjs", "tool.mjs", lambda: HIT.encode(), "a script"),
    program("swf", "film.swf", lambda: b"FWS\x09" + bytes(60), "Flash"),
    program("url", "link.url", lambda: b"[InternetShortcut]\nURL=javascript:1", "a shortcut"),
    program("desktop", "link.desktop", lambda: b"[Desktop Entry]\nExec=sh", "a shortcut that runs"),
    program("bat", "tool.bat", lambda: b"calc", "a script"),
    program("jar", "tool.jar", lambda: b"PK\x03\x04", "a Java program"),
    program("exe", "tool.exe", lambda: b"MZ" + bytes(100), "a program"),
    program("exe-without-extension", "tool", lambda: b"MZ" + bytes(100), "a program without a name"),
    program(
        "elf-unknown-extension", "tool.dat", lambda: b"\x7fELF" + bytes(100), "a program under another name"
    ),
    program(
        "scr-double-extension",
        "photo.jpg.scr",
        lambda: b"MZ" + bytes(100),
        "a program that looks like a photo",
    ),
]
