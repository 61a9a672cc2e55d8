"""Why an archive was not made or not taken in."""

from django.core.management.base import CommandError


class SafekeepingRefused(CommandError):
    """One sentence for the operator."""
