"""Tags and filters of the components: icons, dates in words, sizes, text with marks."""

import hashlib
from collections.abc import Hashable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from parvis.core.text import initials as initials_of
from parvis.ui import dates, fragments, text
from parvis.ui.icons import icon_svg

register = template.Library()

AVATAR_FAMILIES = 8
CLIENT_COLOURS = 12


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """`{% icon "clock" %}`, `{% icon "clock" "small" %}`: decorative, a word or a label stands beside it."""
    return icon_svg(str(name), str(classes))


@register.filter
@lru_cache(maxsize=1024)
def initials(name: str) -> str:
    """« Camille Verdier » → « CV »."""
    return initials_of(name)


@lru_cache(maxsize=1024)
def family(value: object, count: int) -> int:
    """A number from 0 that stays the same for the same value on every machine."""
    return int(hashlib.md5(str(value).encode(), usedforsecurity=False).hexdigest(), 16) % count


@register.filter
def avatar_class(name: str) -> str:
    """One of eight fixed colour classes, the same for a name everywhere."""
    return f"a{family(name, AVATAR_FAMILIES)}"


@register.filter
def dot_class(key: object) -> str:
    """One of the twelve client colours; a number 1 to 12 is taken as it is."""
    if isinstance(key, int) and 1 <= key <= CLIENT_COLOURS:
        return f"c{key}"
    return f"c{family(key, CLIENT_COLOURS) + 1}"


@register.filter
def when(moment: datetime | None) -> str:
    """Relative and in words: « hier, 17 h 20 »."""
    return dates.when(moment) if moment else ""


@register.filter
def day(value: date | None) -> str:
    """« jeudi 27 novembre »."""
    return dates.day(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """« 27 nov. »."""
    return dates.short_day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """« jeudi 27 novembre 2026, 14 h 20 »."""
    return dates.moment(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """« 14 h 20 »."""
    return dates.clock_time(value) if value else ""


@register.filter
def relative(value: datetime | None) -> str:
    """« il y a 2 h », « dans 3 jours »."""
    return dates.relative(value) if value else ""


@register.simple_tag
def time(value: datetime | None) -> SafeString | str:
    """A `<time>` element: relative words to read, the full date in its title (DESIGN 6)."""
    return dates.element(value) if value else ""


@register.simple_tag
def fragment(template: str, value: Hashable) -> SafeString:
    """`{% fragment "clients/_row.html" line %}`: a row drawn once for everybody who sees the same in it."""
    return fragments.fragment(template, value)


@register.filter
def percent(value: int | None) -> str:
    """« 75 % »."""
    return text.percent(value or 0)


@register.filter
def file_size(size_bytes: int | None) -> str:
    """« 8,2 Mo »."""
    return text.file_size(size_bytes or 0)


@register.filter
def markdown(source: str | None) -> SafeString:
    """Text with marks as safe HTML; everything not on the short list is shown as typed or dropped."""
    return text.markdown(source or "")


@register.filter
def first_line(source: str | None, length: int = 120) -> str:
    """The beginning of a text with marks, as plain words."""
    return text.plain(source or "", length)


@register.filter
def times(count: int) -> range:
    """`{% for _ in 4|times %}`."""
    return range(int(count))


@register.filter
def step_class(number: int, current: int) -> str:
    """The class of one step of a step bar: `past`, `now` or none; counted from 1."""
    if number < current:
        return "past"
    return "now" if number == current else ""


@register.simple_tag
def control(field: BoundField, **attributes: Any) -> SafeString:
    """The widget of a form field, tied to its help and its errors for screen readers.

    Underscores in attribute names become hyphens: `{% control form.title data_draft="x" %}`.
    """
    described = [part for part in described_by(field) if part]
    named = {name.replace("_", "-"): value for name, value in attributes.items() if value not in (None, "")}
    if described:
        named["aria-describedby"] = " ".join(described)
    if field.field.widget.attrs.get("placeholder") == field.label:
        named["placeholder"] = False  # the sign-in library says every label twice, and cuts the long ones
    return field.as_widget(attrs=named)


@register.simple_tag
def remembered(field: BoundField) -> SafeString | str:
    """Beside a field of an edited form: what it showed at first, so that two edits can be compared."""
    return field.as_hidden(only_initial=True) if field.field.show_hidden_initial else ""


def described_by(field: BoundField) -> Iterator[str]:
    """The ids of the lines below a field, as `field.html` writes them."""
    if field.help_text:
        yield f"{field.auto_id}-help"
    if field.errors:
        yield f"{field.auto_id}-error"
    if getattr(field.field, "meanwhile", ""):
        yield f"{field.auto_id}-meanwhile"


@register.filter
def widget_kind(field: BoundField) -> str:
    """`checkbox`, `choices`, `file`, `hidden` or `input`: which frame the field stands in."""
    widget = field.field.widget
    input_type = getattr(widget, "input_type", "")
    if input_type == "checkbox" and not hasattr(widget, "choices"):
        return "checkbox"
    if hasattr(widget, "choices") and input_type in ("radio", "checkbox"):
        return "choices"
    return input_type if input_type in ("file", "hidden") else "input"
