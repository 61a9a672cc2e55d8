"""Refusals around the people of the agency."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError


class LastOwner(DomainError):
    """A workspace always has an owner who can sign in (BG-02)."""

    code: ClassVar[str] = "last_owner"
    message = _("The workspace needs an owner. Make somebody else an owner first.")


class AlreadyMember(DomainError):
    """The address belongs to somebody of the team."""

    code: ClassVar[str] = "already_member"
    message = _("Somebody with this e-mail address is already in the team.")


class AccountExists(DomainError):
    """The invited address has an account, and whoever asks is not signed in with it."""

    code: ClassVar[str] = "account_exists"
    status: ClassVar[int] = 403
    message = _("This invitation is for an account that exists. Sign in with it, then join.")


class InvitationEnded(DomainError):
    """Used, withdrawn, or older than it may be."""

    code: ClassVar[str] = "invitation_ended"
    status: ClassVar[int] = 410
    message = _("This invitation is no longer open. Ask the person who invited you for a new one.")


class OwnerOnly(DomainError):
    """Only an owner makes owners, or unmakes them."""

    code: ClassVar[str] = "owner_only"
    status: ClassVar[int] = 403
    message = _("Only an owner can give or take the role of owner.")
