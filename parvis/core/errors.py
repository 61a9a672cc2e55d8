"""Refusals a person can understand."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something cannot be done now, for a reason that can be told.

    Subclasses are named for the reason. `code` is stable and goes to API callers; `message` is
    shown in the reader's language; `status` is the HTTP answer.
    """

    code: ClassVar[str] = "conflict"
    status: ClassVar[int] = 409
    message: str | Promise = _("This is no longer possible.")

    def __init__(self, message: str | Promise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)
