"""From templates to a letter: in the recipient's language and time zone, styles inlined (DESIGN 9)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from parvis.core.text import clean_line
from parvis.mail.look import Look

STYLES = Path(__file__).with_name("letter.css")


def render_mail(
    template_base: str, context: Mapping[str, Any], language: str, zone: str
) -> tuple[str, str, str]:
    """Subject, HTML and text of a mail from `BASE.subject.txt`, `BASE.html` and `BASE.txt`.

    The templates extend `mail/action.*` or `mail/digest.*`, whose comments say what the context must hold;
    `look` is always part of it. `zone` is an IANA name.
    """
    look: Look = context["look"]
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        subject = clean_line(_plain(f"{template_base}.subject.txt", context))
        html = get_template(f"{template_base}.html").render(dict(context))
        text = _tidy(_plain(f"{template_base}.txt", context))
    return subject, _compact(_inliner(look).inline(html)), text


def _plain(name: str, context: Mapping[str, Any]) -> str:
    """Render without escaping: these are texts, an ampersand stays an ampersand."""
    template: Any = get_template(name)
    rendered: str = template.template.render(Context(dict(context), autoescape=False))
    return rendered


@lru_cache(maxsize=64)
def _inliner(look: Look) -> css_inline.CSSInliner:
    """Moves our styles into the elements; at-rules stay in the head, nothing is fetched."""
    colours = {
        "colour": look.colour,
        "ink": look.ink,
        "dark_colour": look.dark_colour,
        "dark_ink": look.dark_ink,
    }
    css = Template(STYLES.read_text()).substitute(colours)
    return css_inline.CSSInliner(
        extra_css=css, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False
    )


def _compact(html: str) -> str:
    """Without the templates' indentation, which only makes mails heavier."""
    return re.sub(r"\n\s*", "\n", html)


def _tidy(text: str) -> str:
    """At most one empty line in a row; templates leave more."""
    lines = (line.rstrip() if line != "-- " else line for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
