"""Text that people wrote, made safe to show; sizes in words."""

import functools
import html
import re

import nh3
from babel.numbers import format_percent
from babel.units import format_unit
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from parvis.ui.dates import current_locale

# Paragraphs, lists, quotes, emphasis, code and links. No images (they would tell a third party who reads),
# no headings (they would break the page's outline), no HTML of the writer's own.
RENDERER = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).disable(
    ["heading", "lheading", "image", "html_block", "html_inline"]
)
TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}


@functools.lru_cache(maxsize=1024)  # a page shows the same comments to everybody, again and again
def markdown(source: str) -> SafeString:
    """Marked text as HTML from a fixed list of elements; a second pass cleans what the first made."""
    rendered = RENDERER.render(source)
    cleaned = nh3.clean(
        rendered,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    # nh3 had the last word.
    return mark_safe(cleaned)


def plain(source: str, length: int) -> str:
    """The words of a marked text on one line, cut at a word with an ellipsis."""
    bare = html.unescape(re.sub(r"<[^>]+>", " ", RENDERER.render(source)))
    line = " ".join(bare.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def percent(value: int) -> str:
    """A whole percentage as people write it in their language: « 75 % », in English 75%."""
    return format_percent(value / 100, locale=current_locale())


def file_size(size_bytes: int) -> str:
    """The size as people read it in their language: « 240 ko », « 8,2 Mo »."""
    locale = current_locale()
    if size_bytes < 1000:
        return format_unit(size_bytes, "digital-byte", length="long", locale=locale)
    size, units = size_bytes / 1000, iter(("kilobyte", "megabyte", "gigabyte", "terabyte"))
    unit = next(units)
    while size >= 999.5 and unit != "terabyte":
        size, unit = size / 1000, next(units)
    digits = "0" if unit == "kilobyte" or size >= 99.5 else "0.#"
    written = format_unit(size, f"digital-{unit}", length="short", locale=locale, format=digits)
    return written.replace(" ", "\u00a0")
