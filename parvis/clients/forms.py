"""What staff type about clients, contacts and portals."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, ContactRole, Switch
from parvis.clients.actions.clients import ClientFacts
from parvis.clients.actions.contacts import NewContact
from parvis.clients.models import Client, Contact
from parvis.clients.sheets import MAX_BYTES, MAX_ROWS, SheetUnreadable, decode, read_sheet
from parvis.core.money import currency_choices
from parvis.files.forms import UploadField
from parvis.team.models import Member
from parvis.workspaces.models import COLOUR, LANGUAGES

COLOURS = (_("Green"), _("Orange"), _("Indigo"), _("Pink"), _("Turquoise"), _("Ochre"), _("Violet"), _("Red"),
           _("Olive"), _("Blue"), _("Brown"), _("Grey"))  # fmt: skip
"""The twelve colours of dots, in the order of their classes."""

LANGUAGE_OR_DEFAULT = [("", _("The workspace’s language")), *LANGUAGES]


class ClientForm(forms.ModelForm[Client]):
    """The record of a client (G2-07); only the name is required."""

    language = forms.ChoiceField(label=_("language"), choices=LANGUAGE_OR_DEFAULT, required=False)
    currency = forms.ChoiceField(label=_("currency"))
    colour = forms.TypedChoiceField(
        label=_("colour of the dot"), choices=list(enumerate(COLOURS, start=1)), coerce=int
    )

    website = forms.URLField(label=_("website"), assume_scheme="https", required=False)

    class Meta:
        model = Client
        fields = (
            "name",
            "sector",
            "phone",
            "website",
            "address",
            "vat_number",
            "owner",
            "escalation_contact",
            "language",
            "currency",
            "colour",
        )
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currencies = currency_choices(get_language() or "en", kept=self.instance.currency)
        self.fields["currency"].choices = currencies  # type: ignore[attr-defined]
        owners = self.fields["owner"]
        told = self.fields["escalation_contact"]
        owners.empty_label = told.empty_label = _("Nobody")  # type: ignore[attr-defined]
        told.queryset = Contact.objects.existing().filter(memberships__client=self.instance.pk)  # type: ignore[attr-defined]
        owners.queryset = Member.objects.active().filter(workspace=actor.workspace_id).order_by("name")  # type: ignore[attr-defined]

    @property
    def facts(self) -> ClientFacts:
        """What was typed, beside the name."""
        data = self.cleaned_data
        return ClientFacts(
            sector=data["sector"],
            phone=data["phone"],
            address=data["address"],
            vat_number=data["vat_number"],
            website=data["website"],
            owner_id=data["owner"].pk if data["owner"] else None,
            escalation_contact_id=data["escalation_contact"].pk if data["escalation_contact"] else None,
            currency=data["currency"],
            language=data["language"],
            colour=data["colour"],
        )


class NewClientForm(forms.Form):
    """The few things asked at the start (G2-07 a–e); the rest is filled in on the record."""

    name = forms.CharField(
        label=_("company name"),
        max_length=120,
        error_messages={"required": _("Write the name of the client.")},
    )
    contact_first_name = forms.CharField(label=_("main contact: first name"), max_length=80, required=False)
    contact_last_name = forms.CharField(label=_("main contact: last name"), max_length=80, required=False)
    contact_email = forms.EmailField(label=_("main contact: e-mail address"), required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    sector = forms.CharField(label=_("business sector"), max_length=80, required=False)
    note = forms.CharField(
        label=_("internal note"),
        help_text=_("Only the team can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A person needs both a name and an address, or neither was meant."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("contact_email") and not data.get("contact_first_name"):
            self.add_error("contact_first_name", _("Write the first name of the contact."))
        named = data.get("contact_first_name") and not data.get("contact_email")
        if named and "contact_email" not in self.errors:
            self.add_error("contact_email", _("Write the e-mail address of the contact."))
        return data

    @property
    def main_contact(self) -> NewContact | None:
        """The person typed in, if any."""
        data = self.cleaned_data
        if not data["contact_email"]:
            return None
        return NewContact(data["contact_first_name"], data["contact_email"], data["contact_last_name"])


class ImportForm(forms.Form):
    """A list of clients and people, pasted or as a file; cleans to its text and its rows."""

    text = forms.CharField(
        label=_("rows"),
        help_text=_(
            "One row per person: client, name of the contact, e-mail address, role, language. "
            "Headings in the first row may put them in another order; the name of a client alone is enough."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        max_length=MAX_BYTES,
        strip=False,  # a first column may be empty
        required=False,
    )
    file = forms.FileField(
        label=_("or a CSV file"),
        help_text=_("As Excel, Numbers or LibreOffice write it; at most 500 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        required=False,
    )
    agreed = forms.CharField(required=False)  # the plan that was looked at, by the button that adds it

    def clean_file(self) -> str:
        """The text of the file; empty without one."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return ""
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 MB."))
        try:
            return decode(upload.read())
        except SheetUnreadable as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from refusal

    def clean(self) -> dict[str, Any]:
        """A file counts more than what stood in the field before it."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        data["text"] = data["file"] or data["text"]
        try:
            data["rows"] = read_sheet(data["text"])
        except SheetUnreadable as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from refusal
        if not data["rows"]:
            self.add_error("text", _("Paste a few rows, or choose a file."))
        elif len(data["rows"]) > MAX_ROWS:
            self.add_error("text", _("At most 500 rows can be added at once. Divide the list."))
        return data


class ContactForm(forms.ModelForm[Contact]):
    """A person at a client."""

    role = forms.ChoiceField(
        label=_("role"),
        choices=ContactRole.choices,
        initial=ContactRole.DECISION_MAKER,
        help_text=_("Only decision makers approve. Observers read, billing contacts see invoices alone."),
    )
    language = forms.ChoiceField(
        label=_("language"), choices=[("", _("The client’s language")), *LANGUAGES], required=False
    )

    class Meta:
        model = Contact
        fields = ("first_name", "last_name", "email", "function", "phone")

    field_order: tuple[str, ...] = (
        "first_name",
        "last_name",
        "email",
        "role",
        "function",
        "phone",
        "language",
    )

    def validate_unique(self) -> None:
        """An address that is known belongs to the same person at another client (P-14); the action knows."""

    def validate_constraints(self) -> None:
        """See `validate_unique`."""

    @property
    def facts(self) -> NewContact:
        """What was typed."""
        data = self.cleaned_data
        return NewContact(
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            role=ContactRole(data["role"]),
            function=data["function"],
            phone=data["phone"],
            language=data["language"],
            time_zone=self.instance.time_zone,
        )


class InvitationForm(forms.Form):
    """What goes into an invitation (G1-35 b, c; A-38)."""

    welcome_message = forms.CharField(
        label=_("welcome message"),
        help_text=_("Stands in the mail, above the button that opens the portal."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    projects = forms.MultipleChoiceField(
        label=_("only these projects"),
        help_text=_("Choose none to let the person see every project of the client."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if projects:
            self.fields["projects"].choices = projects  # type: ignore[attr-defined]
        else:
            del self.fields["projects"]

    @property
    def project_ids(self) -> list[Any] | None:
        """The list of projects, or None for all of them."""
        return self.cleaned_data.get("projects") or None


class NewContactForm(InvitationForm, ContactForm):
    """A new person, invited at once unless one says otherwise (G1-35)."""

    invite = forms.BooleanField(label=_("Send the invitation now"), initial=True, required=False)

    field_order = (*ContactForm.field_order, "welcome_message", "projects", "invite")

    def __init__(self, *args: Any, may_invite: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invite = self.fields["invite"]
        if not may_invite:  # a portal that is off (G2-11); whoever is added now can be invited later
            invite.disabled, invite.initial = True, False


class SwitchesForm(forms.Form):
    """The portal's switches (A-02); each is a row of its own on the page."""

    enabled = forms.BooleanField(required=False)
    edition = forms.IntegerField(required=False, max_value=2**31 - 1)
    switches = forms.MultipleChoiceField(choices=Switch.choices, required=False)

    @property
    def chosen(self) -> list[Switch]:
        """The switches that are to be on."""
        return [Switch(value) for value in self.cleaned_data["switches"]]


class WelcomeForm(forms.Form):
    """The welcome message of the portal in four languages (G1-07)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[code] = forms.CharField(
                label=name,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                required=False,
            )

    @property
    def texts(self) -> dict[str, str]:
        """Language → what was typed."""
        return {code: self.cleaned_data[code] for code, _name in LANGUAGES}


class LookForm(forms.Form):
    """Logo and one colour; empty takes what stands above (A-37)."""

    colour = forms.CharField(
        label=_("main colour"),
        help_text=_("Write it as # and six digits, for example #2f5d50."),
        validators=[COLOUR],
        max_length=7,
        required=False,
        # The picture beside the field follows what is typed; without a script it follows the saving.
        widget=forms.TextInput(
            attrs={
                "hx-get": reverse_lazy("settings:look_preview"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#look-preview",
                "hx-swap": "outerHTML",
                "spellcheck": "false",
            }
        ),
    )
    logo = UploadField(
        label=_("logo"), help_text=_("A picture, best as PNG on a transparent ground."), required=False
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
