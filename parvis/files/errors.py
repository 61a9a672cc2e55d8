"""Why an upload or a download is refused, in words for whoever reads them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from parvis.core.errors import DomainError

MEGABYTE = 1024 * 1024


class FileTooLarge(DomainError):
    """More bytes than one file may have."""

    code = "file_too_large"
    status = 413

    def __init__(self, limit_bytes: int) -> None:
        megabytes = max(1, limit_bytes // MEGABYTE)
        super().__init__(
            ngettext(
                "This file is too large: one file may have up to %(megabytes)s MB.",
                "This file is too large: one file may have up to %(megabytes)s MB.",
                megabytes,
            )
            % {"megabytes": megabytes}
        )


class UploadTooLarge(DomainError):
    """One form carried too much at once: bytes, files or fields."""

    code = "upload_too_large"
    status = 413
    message = _("This is too much for one upload. Send fewer or smaller files at a time.")


class UploadUnreadable(DomainError):
    """The form did not arrive whole, or is not built as a form has to be."""

    code = "upload_unreadable"
    status = 400
    message = _("The upload did not arrive whole. Please try again.")


class FileEmpty(DomainError):
    """Not one byte."""

    code = "file_empty"
    status = 422
    message = _("This file is empty. Please choose another one.")


class FileTypeRefused(DomainError):
    """A program, a disguise, or a picture that cannot be decoded."""

    code = "file_type_refused"
    status = 422
    message = _("This type of file is not accepted.")


class ProgramRefused(FileTypeRefused):
    """Would run when opened."""

    message = _(
        "Programs and scripts are not accepted. Put the file into a ZIP archive if it has to be sent."
    )


class FileDisguised(FileTypeRefused):
    """Its content is not what its name says (RELIABILITY E2)."""

    message = _(
        "The content of this file is not what its name says. Please save it again under the right type."
    )


class ImageUnreadable(FileTypeRefused):
    """Named and marked as a picture, and yet cannot be decoded."""

    message = _("This picture is damaged and cannot be read. Please export it again.")


class ImageTooBig(FileTypeRefused):
    """More pixels than we are ready to decode (RELIABILITY E3)."""

    message = _("This picture has more than 30 million pixels. Please export it smaller.")


class StorageFull(DomainError):
    """The disk is full, or the workspace used up its share."""

    code = "storage_full"
    status = 507
    message = _("There is no room left for this file. Nothing was saved; please tell the agency.")


class FileUnavailable(DomainError):
    """The row is there, its bytes are not (yet, or any more)."""

    code = "file_unavailable"
    status = 503
    message = _("This file cannot be opened at the moment. Please try again later.")
