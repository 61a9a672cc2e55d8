"""Why a message is in trouble, in words a person can act on."""

from django.utils.translation import gettext as _

from parvis.outbox.models import Message, MessageState


def explain_trouble(message: Message) -> str:
    """What happened, and what helps."""
    if message.result_reason == "resent":
        return _("Somebody sent it again.")
    if message.state == MessageState.UNKNOWN:
        return _(
            "The connection broke during handover. It may have arrived: you decide whether to send it again."
        )
    if message.error == "InvalidAddress" or message.error.startswith("smtp:55"):
        if message.contact_id is None:
            return _("The address was refused. Check its spelling under People and roles.")
        return _("The address was refused. Check its spelling on the client's page.")
    if message.state == MessageState.FAILED:
        return _("The mail server did not take it within a day. Nothing more is tried.")
    return _("It is on its way.")
