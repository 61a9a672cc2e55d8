"""The demonstration agency: the example of the source documents, with pictures drawn by us.

Safe to load twice.
"""

from django.conf import settings


def banner() -> str:
    """What whoever started the demonstration has to know."""
    from parvis.demo.loading import OWNER_EMAIL, PASSWORD, SLUG  # models are not ready when apps load

    return (
        "\nParvis is running (Ctrl-C stops it).\n\n"
        f"  Agency    {settings.BASE_URL}/\n"
        f"            {OWNER_EMAIL} · {PASSWORD}\n"
        f"  Mailbox   http://{settings.MAILBOX_BIND.replace('127.0.0.1', 'localhost')}/\n"
        "            Sarah of Acme Corp has mail: open it and come in by its button, without a password.\n"
        f"  Portal    {settings.BASE_URL}/p/{SLUG}/\n"
    )
