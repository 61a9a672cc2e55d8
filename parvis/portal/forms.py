"""What a contact types, parsed and checked."""

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from parvis.conversations.actions import MAX_COMMENT_LENGTH
from parvis.deliverables.rules import Verdict
from parvis.files.forms import UploadField, UploadsField
from parvis.projects.models import Project
from parvis.workspaces.models import LANGUAGES

MAX_PAGES = 10_000  # of one version; more is no document


class EmailForm(forms.Form):
    """Where the access link shall be sent."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}),
    )


class CommentForm(forms.Form):
    """Words, files, or both."""

    body = forms.CharField(
        label=_("Your message"),
        required=False,
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    attachments = UploadsField(label=_("Files"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something has to be there."""
        values = super().clean() or {}
        if not values.get("body") and not values.get("attachments") and not self.errors:
            self.add_error("body", _("Write a few words, or add a file."))
        return values


class RemarkForm(CommentForm):
    """A remark on a version, perhaps with a spot on one of its pages (G1-42b)."""

    body = forms.CharField(
        label=_("Your remark"),
        required=False,
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.UUIDField(widget=forms.HiddenInput)
    anchor_page = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_PAGES, widget=forms.HiddenInput
    )
    anchor_x = forms.DecimalField(required=False, min_value=0, max_value=100, widget=forms.HiddenInput)
    anchor_y = forms.DecimalField(required=False, min_value=0, max_value=100, widget=forms.HiddenInput)


class ReplyForm(CommentForm):
    """An answer within a remark."""

    body = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.UUIDField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """An answer to one version; a rejection says why (A-15)."""

    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.HiddenInput)
    version = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Your note"),
        required=False,
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
    )

    def clean(self) -> dict[str, Any]:
        """A rejection without a reason helps nobody."""
        values = super().clean() or {}
        if values.get("verdict") == Verdict.REJECTED and not values.get("note"):
            self.add_error("note", _("Say in a few words why, so that we can do better."))
        return values


class ProjectField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django has no generic field at run time
    """A choice among projects, under the names their clients know (K-41)."""

    def label_from_instance(self, obj: Any) -> str:
        """The name for the client."""
        return str(obj.name_for_client)


class UploadForm(forms.Form):
    """A file for one of the contact's projects."""

    project = ProjectField(
        label=_("Project"),
        queryset=Project.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "input"}),
    )
    title = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=160,
        help_text=_("Without a name the file keeps its own."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    note = forms.CharField(
        label=_("A word about it"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    file = UploadField(label=_("File"))

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_projects(self, projects)


class DiscussionForm(CommentForm):
    """A new talk about one of the contact's projects."""

    field_order = ("project", "title", "body", "attachments")

    project = ProjectField(
        label=_("Project"),
        queryset=Project.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "input"}),
    )
    title = forms.CharField(
        label=_("Subject"), max_length=120, widget=forms.TextInput(attrs={"class": "input"})
    )
    body = forms.CharField(
        label=_("Your message"),
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
    )

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_projects(self, projects)


def offer_projects(form: forms.Form, projects: QuerySet[Project]) -> None:
    """Let the form choose among these."""
    cast("ProjectField", form.fields["project"]).queryset = projects


class PreferencesForm(forms.Form):
    """How the contact wants to be spoken to."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As the agency set it")), *LANGUAGES],
        widget=forms.Select(attrs={"class": "input"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [
            ("", _("As the agency set it")),
            *((zone, zone) for zone in sorted(available_timezones())),
        ],
        widget=forms.Select(attrs={"class": "input"}),
    )
