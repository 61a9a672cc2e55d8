"""A form's field for uploads: refuses beside the field what `store_upload` would refuse, so that typed text
is kept.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from parvis.files.errors import FileEmpty, FileTooLarge, FileTypeRefused
from parvis.files.inspection import inspect_head
from parvis.files.media import HEAD_BYTES
from parvis.files.rules import clean_name


class UploadField(forms.FileField):
    """One file whose size and beginning are acceptable. Whether a picture decodes is found out when it is
    stored.
    """

    default_error_messages = {"required": _("Please choose a file."), "empty": FileEmpty.message}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload as it came."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            refuse_at_the_field(upload)
        return upload


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class UploadsField(UploadField):
    """Any number of files; cleans to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each upload as it came."""
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        return [super(UploadsField, self).clean(upload, initial) for upload in uploads]


def refuse_at_the_field(upload: UploadedFile[Any]) -> None:
    """Raises ValidationError with the words of the refusal."""
    limit_bytes: int = settings.UPLOAD_LIMIT_BYTES
    try:
        if (upload.size or 0) > limit_bytes:
            raise FileTooLarge(limit_bytes)
        upload.seek(0)
        inspect_head(clean_name(upload.name or ""), upload.read(HEAD_BYTES))
        upload.seek(0)
    except (FileTooLarge, FileTypeRefused) as refusal:
        raise ValidationError(str(refusal.message), code=refusal.code) from refusal
