"""Refusals around internal text."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError


class NothingWritten(DomainError):
    """An internal comment or a note needs words."""

    code: ClassVar[str] = "nothing_written"
    message = _("There is nothing to keep: the text is empty.")
