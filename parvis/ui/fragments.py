"""Parts of a page that are drawn once and kept: the rows of a list.

A fragment is given one value and shows nothing else, so the value is all that has to be compared: what is
kept is never out of date, and nobody is shown what was drawn for somebody who sees more. A value is made of
texts and numbers. Words that the clock changes are part of it: "5 min ago" is a text. A text that is marked
safe equals one that is not, so a field always is or never is.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 4096  # about a kilobyte each


def fragment(template: str, value: Hashable) -> SafeString:
    """The template with the value as `it`, in the active language."""
    return _drawn(template, value, get_language(), get_script_prefix())


@lru_cache(maxsize=KEPT)
def _drawn(template: str, value: Hashable, _language: str | None, _prefix: str) -> SafeString:
    return render_to_string(template, {"it": value})
