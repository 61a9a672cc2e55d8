"""A workspace, how it looks, and when it works."""

from datetime import time

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.models import Edited, Row

LANGUAGES = [("fr", "Français"), ("en", "English"), ("es", "Español"), ("pt", "Português")]
"""The four languages (A-25), each named in itself."""

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, for example #2f5d50."))


def weekdays() -> list[int]:
    """Monday to Friday, Monday being 0."""
    return [0, 1, 2, 3, 4]


class Workspace(Edited, Row):
    """One agency or firm on this installation; its `edition` counts for name, look and calendar together."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="fr")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    email_from = models.EmailField(_("sender address of mails"), blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Branding(Row):
    """Logo and colours of a workspace (G1-06, A-37); a client's portal may override each."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="branding")
    colour = models.CharField(_("main colour"), max_length=7, default="#2f5d50", validators=[COLOUR])
    accent = models.CharField(_("accent"), max_length=7, blank=True, validators=[COLOUR])
    canvas = models.CharField(_("background"), max_length=7, blank=True, validators=[COLOUR])
    logo_id = models.UUIDField(_("logo"), null=True, blank=True)  # a stored file; files are above

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.colour}"


class WorkingCalendar(Row):
    """Time zone, working days and the hour at which reminders leave (A-23, A-35)."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="calendar")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris")
    working_weekdays = models.JSONField(_("working days"), default=weekdays)
    country = models.CharField(_("country of public holidays"), max_length=2, blank=True, default="FR")
    region = models.CharField(_("region of public holidays"), max_length=12, blank=True)
    closing_days = models.JSONField(_("own closing days"), default=list, blank=True)  # ISO dates
    send_time = models.TimeField(_("reminders leave at"), default=time(9, 0))

    def __str__(self) -> str:
        return self.time_zone


class WorkspaceRow(Row):
    """A row that belongs to one workspace; every domain table starts from it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True
