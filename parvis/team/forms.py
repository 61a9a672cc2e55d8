"""What is typed about the team and its workspace."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.access import Role
from parvis.core.money import currency_choices
from parvis.core.text import clean_line
from parvis.workspaces.models import LANGUAGES

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
COUNTRIES = [
    ("", _("no public holidays")),
    ("BE", _("Belgium")),
    ("BR", _("Brazil")),
    ("CA", _("Canada")),
    ("DE", _("Germany")),
    ("ES", _("Spain")),
    ("FR", _("France")),
    ("GB", _("United Kingdom")),
    ("IT", _("Italy")),
    ("LU", _("Luxembourg")),
    ("MX", _("Mexico")),
    ("NL", _("Netherlands")),
    ("PT", _("Portugal")),
    ("CH", _("Switzerland")),
    ("US", _("United States")),
]


def zones() -> list[tuple[str, str]]:
    """Every time zone that is a place, and UTC."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone) for zone in ("UTC", *places)]


class WorkspaceForm(forms.Form):
    """Name, currency, sender."""

    name = forms.CharField(label=_("name of the workspace"), max_length=120)
    currency = forms.ChoiceField(label=_("currency"), help_text=_("New clients begin with it."))
    email_from = forms.EmailField(
        label=_("sender address of mails"),
        required=False,
        help_text=_("Empty means the address of this installation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currencies = currency_choices(get_language() or "en", kept=self.initial.get("currency", ""))
        self.fields["currency"].choices = currencies  # type: ignore[attr-defined]


class CalendarForm(forms.Form):
    """Languages, zone and working days (A-23, A-25, A-35)."""

    language = forms.ChoiceField(label=_("language of the workspace"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=zones)
    working_weekdays = forms.TypedMultipleChoiceField(
        label=_("working days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    country = forms.ChoiceField(label=_("country of public holidays"), choices=COUNTRIES, required=False)
    region = forms.CharField(
        label=_("region of public holidays"),
        max_length=12,
        required=False,
        help_text=_("Its code, for example BY for Bavaria, where regions have their own holidays."),
    )
    closing_days = forms.CharField(
        label=_("own closing days"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One a line, as year-month-day, for example 2026-12-24."),
    )
    send_time = forms.TimeField(
        label=_("reminders leave at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean_closing_days(self) -> list[str]:
        """ISO dates, each once, in order."""
        days = set()
        for line in self.cleaned_data["closing_days"].split():
            try:
                days.add(date.fromisoformat(line).isoformat())
            except ValueError as error:
                raise ValidationError(_("“%(line)s” is not a date."), params={"line": line}) from error
        return sorted(days)


class ProfileForm(forms.Form):
    """How a member is shown to clients, and how Parvis speaks to them."""

    name = forms.CharField(label=_("name"), max_length=120, help_text=_("Clients read the first name."))
    function = forms.CharField(label=_("function"), max_length=80, required=False)
    reply_time = forms.CharField(
        label=_("usual time to answer"),
        max_length=80,
        required=False,
        help_text=_("Clients read it beside your name, for example: within a working day."),
    )
    language = forms.ChoiceField(label=_("language"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=zones)
    shortcuts_enabled = forms.BooleanField(label=_("Use shortcuts of a single key"), required=False)

    def clean_name(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["name"])


class MemberInvitationForm(forms.Form):
    """Somebody who is to join the team."""

    name = forms.CharField(label=_("name"), max_length=120)
    email = forms.EmailField(label=_("e-mail address"))
    role = forms.ChoiceField(
        label=_("role"),
        choices=Role.choices,
        initial=Role.MEMBER,
        help_text=_("Members see only the projects they work on. Managers see every client and its amounts."),
    )


class AcceptanceForm(forms.Form):
    """A new account for somebody who was invited."""

    first_name = forms.CharField(label=_("first name"), max_length=80)
    last_name = forms.CharField(label=_("last name"), max_length=80, required=False)
    password = forms.CharField(
        label=_("password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters, and not a common word."),
    )

    def clean_password(self) -> str:
        """As strong as every other password here."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
