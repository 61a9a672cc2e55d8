"""What a member types: to sign in, and about API tokens."""

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.utils.translation import gettext_lazy as _

LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("one year")), ("", _("never"))]


class LoginForm(allauth.LoginForm):
    """Allauth's; the address is called what it is called everywhere else, and called so once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        self.fields["login"].widget.attrs.pop("placeholder", None)


class ResetPasswordForm(allauth.ResetPasswordForm):
    """The same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class AddKeyForm(keys.AddWebAuthnForm):
    """A passkey; allauth leaves its labels in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["passwordless"].label = _("Without a password")


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
