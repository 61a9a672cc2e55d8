"""The clock. Only views, jobs and commands read it; rules and actions are told the time."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()
