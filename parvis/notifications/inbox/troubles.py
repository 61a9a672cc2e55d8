"""Why a message is in trouble, in words a person can act on."""

from django.utils.translation import gettext as _

from parvis.outbox.models import Message, MessageState

# RFC 5321 4.2.3 and 4.5.3: unknown or misspelt; RFC 7504: takes no mail at all.
BAD_ADDRESS = {"InvalidAddress", "smtp:501", "smtp:521", "smtp:550", "smtp:551", "smtp:553", "smtp:556"}
MAILBOX_FULL = "smtp:552"


def explain_trouble(message: Message) -> str:
    """What happened, and what helps."""
    if message.result_reason == "resent":
        return _("Somebody sent it again.")
    if message.state == MessageState.UNKNOWN:
        return _(
            "The connection broke during handover. It may have arrived: you decide whether to send it again."
        )
    if message.error in BAD_ADDRESS:
        if message.contact_id is None:
            return _("The address was refused. Check its spelling under People and roles.")
        return _("The address was refused. Check its spelling on the client's page.")
    if message.error == MAILBOX_FULL:
        return _(
            "The mailbox is full, or the message is too large for it."
            " Agree on another way, or send it again later."
        )
    if message.error.startswith("smtp:5"):
        return _(
            "The mail server refused it for good (code %(code)s), perhaps as spam or by a rule of its own."
            " Whoever runs it can say why."
        ) % {"code": message.error.removeprefix("smtp:")}
    if message.state == MessageState.FAILED:
        return _("The mail server did not take it within a day. Nothing more is tried.")
    return _("It is on its way.")
