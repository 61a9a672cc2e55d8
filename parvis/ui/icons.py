"""Lucide's icons as SVG text, drawn once per name."""

from functools import lru_cache

import lucide
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=512)
def icon_svg(name: str, classes: str = "") -> SafeString:
    """The icon, sized by its class, hidden from screen readers: the word beside it says the same.

    Raises `lucide.IconDoesNotExist` for a name Lucide does not have.
    """
    attributes = {"class": f"icon {classes}".strip(), "aria_hidden": "true"}
    drawn = lucide._render_icon(name, 16, **attributes)
    # Names and classes come from templates, never from people.
    return mark_safe(" ".join(drawn.split()))
