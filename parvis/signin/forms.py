"""What a member types about API tokens."""

from django import forms
from django.utils.translation import gettext_lazy as _

LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("one year")), ("", _("never"))]


class ApiTokenForm(forms.Form):
    """A token for a program: what it is for, what it may do, until when."""

    label = forms.CharField(label=_("what it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("it may"),
        choices=[("read", _("read")), ("write", _("write"))],
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("it ends after"),
        choices=LIFETIMES,
        initial="90",
        coerce=int,
        empty_value=None,
        required=False,
    )
