"""What staff type about documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.documents.models import Folder
from parvis.files.forms import UploadField, UploadsField


class DocumentForm(forms.Form):
    """One or several files into a folder; each becomes a document named after its file."""

    folder = forms.ModelChoiceField(label=_("folder"), queryset=Folder.objects.none(), empty_label=None)
    title = forms.CharField(
        label=_("name"),
        max_length=160,
        required=False,
        help_text=_(
            "Empty means the name of the file. A day and a version number in the name are not needed."
        ),
    )
    note = forms.CharField(label=_("note"), max_length=300, required=False)
    client_visible = forms.BooleanField(label=_("The client can see this"), initial=True, required=False)
    # The stubs know the attribute of forms, not that a field may be called so.
    files = UploadsField(label=_("Drop files here or choose them"))  # type: ignore[assignment]

    def __init__(self, *args: Any, folders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"].queryset = folders  # type: ignore[attr-defined]


class EditDocumentForm(forms.Form):
    """What a document is called, and who sees it."""

    title = forms.CharField(label=_("name"), max_length=160)
    client_visible = forms.BooleanField(label=_("The client can see this"), required=False)


class VersionForm(forms.Form):
    """The next version of a document (G1-27)."""

    note = forms.CharField(label=_("what changed"), max_length=300, required=False)
    file = UploadField(label=_("Drop the new version here or choose it"))


class MoveForm(forms.Form):
    """Another folder of the same project."""

    folder = forms.ModelChoiceField(label=_("folder"), queryset=Folder.objects.none(), empty_label=None)

    def __init__(self, *args: Any, folders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"].queryset = folders  # type: ignore[attr-defined]
