"""Refusals around clients and contacts."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError


class StateChangeImpossible(DomainError):
    """DOMAIN 3.3 lists no such transition, or somebody changed the state first."""

    code: ClassVar[str] = "client_state_change_impossible"
    message = _("The client cannot go from its present state to this one.")


class ClientInUse(DomainError):
    """Something forbids the deletion (G2-24d, BG-02); the message names it."""

    code: ClassVar[str] = "client_in_use"
    message = _("This client cannot be deleted while something depends on it.")


class ContactAlreadyThere(DomainError):
    """The address belongs to somebody who is already a contact of this client."""

    code: ClassVar[str] = "contact_already_there"
    message = _("Somebody with this e-mail address is already a contact of this client.")


class EmailTaken(DomainError):
    """Another contact of the workspace has this address."""

    code: ClassVar[str] = "email_taken"
    message = _("Another contact already has this e-mail address.")


class PortalIsOff(DomainError):
    """Nobody is invited into a portal that is switched off (G2-11)."""

    code: ClassVar[str] = "portal_off"
    message = _("The portal of this client is switched off. Switch it on before you invite somebody.")


class AccessIsClosed(DomainError):
    """The access was closed by hand: it is reopened, not invited again (DOMAIN 3.3)."""

    code: ClassVar[str] = "access_closed"
    message = _("The access of this person is closed. Reopen it first.")


class AccessIsNotClosed(DomainError):
    """There is nothing to reopen."""

    code: ClassVar[str] = "access_not_closed"
    message = _("The access of this person is not closed.")


class NotInside(DomainError):
    """Whoever has not come in yet is invited, which says what the link is for (G1-35)."""

    code: ClassVar[str] = "not_inside"
    message = _("This person has not opened the portal yet. Send the invitation instead.")


class TooManyLinks(DomainError):
    """Nobody's mailbox is flooded (RELIABILITY C10)."""

    code: ClassVar[str] = "too_many_links"
    message = _("This person was sent several links within the last hour. Nothing was sent.")


class AlreadyInside(DomainError):
    """The person has been in already: they ask for a link themselves, or are sent one."""

    code: ClassVar[str] = "already_inside"
    message = _("This person has already opened the portal. Nothing was sent.")
