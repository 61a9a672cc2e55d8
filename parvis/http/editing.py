"""A form two people have open at once: the second save is shown what the first one changed (RELIABILITY G3).

The form carries the edition it shows and every field as it stood. When the edition has passed, it comes back
with what was typed, with what was saved meanwhile beside it, and with the new edition: sending it once more
is the decision to overwrite.
"""

from datetime import date
from typing import Any, TypeVar

from django import forms
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
        widget=forms.HiddenInput, required=False, initial=row.edition, max_value=2**31 - 1
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
        if name == EDITION or name not in changed:
            data[bound.html_name] = as_sent
        elif field.has_changed(saved, bound.data) and field.has_changed(saved, _shown_before(bound)):
            field.meanwhile = _in_words(field, saved)  # type: ignore[attr-defined]
        data[bound.html_initial_name] = as_sent
    form.data = data


def _shown_before(bound: forms.BoundField) -> Any:
    """What the page showed in this field when it was opened."""
    return bound.form.data.get(bound.html_initial_name)


def _as_sent(field: forms.Field, value: Any) -> Any:
    """A value as a browser sends it back."""
    if isinstance(field, forms.BooleanField):
        return str(bool(value))
    return forms.HiddenInput().format_value(field.prepare_value(value)) or ""


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as a reader knows it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    sent = _as_sent(field, value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # the stubs allow for callables, which the field has called by now
        sent = next((str(label) for choice, label in choices if str(choice) == sent), "")
    return sent or _("(empty)")
