"""What staff type about projects and their parts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor
from parvis.clients.models import Client
from parvis.core.money import Money
from parvis.projects.actions import ProjectFacts
from parvis.projects.models import ClientStatus, Project, StatusStep
from parvis.team.models import Member


class DateInput(forms.DateInput):
    """The browser's own calendar; it reads and writes ISO dates whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def team_of(actor: Actor) -> Any:
    """Members who can be chosen."""
    return Member.objects.active().filter(workspace=actor.workspace_id).order_by("name")


class ProjectForm(forms.Form):
    """Name, dates, people and amount of a project."""

    title = forms.CharField(
        label=_("name"), max_length=120, error_messages={"required": _("Write the name of the project.")}
    )
    external_name = forms.CharField(
        label=_("name for the client"),
        max_length=120,
        required=False,
        help_text=_("What the client reads. Empty means the same name."),
    )
    starts_on = forms.DateField(label=_("start"), widget=DateInput(), required=False)
    due_on = forms.DateField(label=_("due"), widget=DateInput(), required=False)
    assignee = forms.ModelChoiceField(
        label=_("lead"), queryset=Member.objects.none(), empty_label=_("Nobody"), required=False
    )
    amount = forms.CharField(label=_("contract amount"), max_length=30, required=False)

    def __init__(
        self, *args: Any, actor: Actor, currency: str = "", amounts: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["assignee"].queryset = team_of(actor)  # type: ignore[attr-defined]
        if amounts:
            self.fields["amount"].help_text = currency or _("In the client’s currency.")
        else:
            del self.fields["amount"]

    def clean_amount(self) -> int | None:
        """Whole minor units of the client's currency; written as people write in the reader's language."""
        text, language = self.cleaned_data["amount"].strip(), get_language() or "en"
        if not text or not self.currency:  # without a client there is an error already
            return None
        try:
            return Money.parse(text, self.currency, language).minor
        except ValueError as error:
            example = Money(450_050, self.currency).as_typed(language)
            raise ValidationError(
                _("Write an amount such as %(example)s."), params={"example": example}
            ) from error

    def clean(self) -> dict[str, Any]:
        """A project ends after it starts."""
        data: dict[str, Any] = super().clean() or {}
        starts_on, due_on = data.get("starts_on"), data.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("The due day lies before the start."))
        return data

    @property
    def facts(self) -> ProjectFacts:
        """What was typed, beside the name."""
        data = self.cleaned_data
        return ProjectFacts(
            external_name=data["external_name"],
            starts_on=data["starts_on"],
            due_on=data["due_on"],
            contract_amount_minor=data.get("amount"),
            assignee=data["assignee"],
        )


class NewProjectForm(ProjectForm):
    """A project begins with its client; whoever is chosen works on it from the start."""

    client = forms.ModelChoiceField(
        label=_("client"), queryset=Client.objects.none(), empty_label=_("Choose a client")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("members"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("You and the lead are members in any case."),
    )

    field_order = ("client", "title", "external_name", "starts_on", "due_on", "assignee", "members", "amount")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        clients = Client.objects.visible_to(actor).order_by("name")
        currencies = list(clients.order_by().values_list("currency", flat=True).distinct()[:2])
        kwargs["currency"] = currencies[0] if len(currencies) == 1 else ""
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["client"].queryset = clients  # type: ignore[attr-defined]
        self.fields["members"].queryset = team_of(actor)  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean_client(self) -> Client:
        """The amount is in the client's currency."""
        client: Client = self.cleaned_data["client"]
        self.currency = client.currency
        return client


class EditProjectForm(ProjectForm):
    """The same with the progress the client may see (G2-16a)."""

    progress = forms.IntegerField(label=_("progress in percent"), min_value=0, max_value=100)

    @classmethod
    def initial_of(cls, project: Project) -> dict[str, Any]:
        """What the project says now; the amount as the reader would type it."""
        minor = project.contract_amount_minor
        amount = None if minor is None else Money(minor, project.currency)
        return {
            "title": project.title,
            "external_name": project.external_name,
            "starts_on": project.starts_on,
            "due_on": project.due_on,
            "assignee": project.assignee_id,
            "progress": project.progress,
            "amount": "" if amount is None else amount.as_typed(get_language() or "en"),
        }


class ClientStatusForm(forms.Form):
    """What the client reads of a project (A-18)."""

    is_visible = forms.BooleanField(label=_("Show in the client portal"), required=False)
    label = forms.CharField(label=_("status for the client"), max_length=60, required=False)
    description = forms.CharField(
        label=_("sentence for the client"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    family = forms.ChoiceField(label=_("whose turn it is"), choices=ClientStatus.Family.choices)
    step = forms.TypedChoiceField(
        label=_("step of four"),
        choices=[("", _("no steps")), *[(step.value, str(step.value)) for step in StatusStep]],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """What is shown has words."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_visible") and not data.get("label"):
            self.add_error("label", _("Write what the client is to read."))
        return data


class MilestoneForm(forms.Form):
    """A key date."""

    title = forms.CharField(label=_("name"), max_length=120)
    due_on = forms.DateField(label=_("date"), widget=DateInput())
    client_visible = forms.BooleanField(label=_("The client can see this"), initial=True, required=False)


class TaskForm(forms.Form):
    """A piece of work."""

    title = forms.CharField(label=_("task"), max_length=160)
    assignee = forms.ModelChoiceField(
        label=_("person"), queryset=Member.objects.none(), empty_label=_("Nobody"), required=False
    )
    due_on = forms.DateField(label=_("due"), widget=DateInput(), required=False)
    client_visible = forms.BooleanField(label=_("The client can see this"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = team_of(actor)  # type: ignore[attr-defined]


class DiscussionForm(forms.Form):
    """A topic and its first message (G1-13)."""

    title = forms.CharField(label=_("subject"), max_length=120)
    body = forms.CharField(label=_("message"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)
