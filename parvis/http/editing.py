"""A form two people have open at once: the second save is shown what the first one changed (RELIABILITY G3).

The form carries the edition it shows and every field as it stood. When the edition has passed, it comes back
with what was typed, with what was saved meanwhile beside it, and with the new edition: sending it once more
is the decision to overwrite.
"""

from datetime import date, time
from typing import Any, TypeVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from parvis.core.models import Edited
from parvis.ui.dates import day

EDITION = "edition"

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def remembering(form: AnyForm, row: Edited) -> AnyForm:
    """The form of what the row says now, ready for `show_meanwhile`; `cleaned_data` has its `edition`."""
    for field in form.fields.values():
        field.show_hidden_initial = True
    form.fields[EDITION] = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"id": False}),  # several such forms may stand on one page
        required=False,
        initial=row.edition,
        max_value=2**31 - 1,
    )
    return form


def show_meanwhile(form: forms.BaseForm) -> None:
    """Turn a form that came too late into one that compares.

    A field the person left alone takes what is saved now. One they changed keeps their words; where somebody
    else changed it too, `field.meanwhile` says what is saved.
    """
    changed = form.changed_data
    data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict
    for name, field in form.fields.items():
        bound, saved = form[name], form.get_initial_for_field(field, name)
        as_sent = _as_sent(field, saved)
        if isinstance(field, forms.FileField):  # a browser never sends a file back by itself
            if name in changed:
                form.add_error(name, _("Choose the file again."))
            continue
        if name == EDITION or name not in changed:
            data.setlist(bound.html_name, as_sent)
        elif _differ(field, saved, bound.data) and _differ(field, saved, _shown_before(bound)):
            field.meanwhile = _in_words(field, saved)  # type: ignore[attr-defined]
        data.setlist(bound.html_initial_name, as_sent)
    form.data = data


def _differ(field: forms.Field, saved: Any, sent: Any) -> bool:
    """Whether a browser sent something else than is saved; it ends lines in its own way."""
    return field.has_changed(_lines(saved), _lines(sent))


def _lines(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _shown_before(bound: forms.BoundField) -> Any:
    """What the page showed in this field when it was opened."""
    hidden = bound.field.hidden_widget()
    return hidden.value_from_datadict(bound.form.data, MultiValueDict(), bound.html_initial_name)


def _as_sent(field: forms.Field, value: Any) -> list[str]:
    """A value as a browser sends it back; each of several on its own."""
    if isinstance(field, forms.BooleanField):
        return [str(bool(value))]
    several = value or [] if isinstance(field, forms.MultipleChoiceField) else [value]
    return [forms.HiddenInput().format_value(field.prepare_value(each)) or "" for each in several]


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as a reader knows it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    sent = _as_sent(field, value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # the stubs allow for callables, which the field has called by now
        sent = [str(label) for choice, label in choices if str(choice) in sent]
    return ", ".join(filter(None, sent)) or _("(empty)")
