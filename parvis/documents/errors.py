"""Refusals around documents."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError


class DocumentDeleted(DomainError):
    """A deleted document takes no version."""

    code: ClassVar[str] = "document_deleted"
    message = _("This document was deleted. Bring it back first.")


class FolderElsewhere(DomainError):
    """The folder belongs to another project."""

    code: ClassVar[str] = "folder_elsewhere"
    message = _("This folder belongs to another project.")
