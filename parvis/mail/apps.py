"""Outgoing mail as a Django application."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Composition, rendering and transport of mail."""

    name = "parvis.mail"
    label = "mail"
