"""A client and the settings of its portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access import Audience, Guard, Switch
from parvis.clients.querysets import ClientQuerySet
from parvis.clients.rules import ClientState
from parvis.core.models import Edited
from parvis.core.searching import FoldedText
from parvis.workspaces.models import COLOUR, LANGUAGES, WorkspaceRow


class Client(Edited, WorkspaceRow):
    """An organisation the workspace works for (G2-07)."""

    name = models.CharField(_("company name"), max_length=120)
    search_text = FoldedText("name")
    sector = models.CharField(_("business sector"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ClientState, default=ClientState.PROSPECT)
    owner = models.ForeignKey(
        "team.Member",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, blank=True)
    colour = models.PositiveSmallIntegerField(_("colour"), default=1)  # of the twelve dots .c1 to .c12
    escalation_contact = models.ForeignKey(
        "clients.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("escalation contact"),
    )
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["workspace", "name"], name="clients_by_name"),
            models.Index(fields=["workspace", "-last_activity_at", "-id"], name="clients_by_activity"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def guard(self) -> Guard:
        """A contact may see that their own company exists; what else is each thing's own guard."""
        return Guard(workspace_id=self.workspace_id, client_id=self.pk, audience=Audience.CLIENT)


class PortalSettings(Edited, WorkspaceRow):
    """What a client's portal shows: the ten switches of A-02 with the defaults of G1-08.

    Seeing internal discussions (G1-08e) has no field: it is never possible (A-01).
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="portal")
    enabled = models.BooleanField(
        _("portal enabled"), default=True
    )  # by default for each new client (G2-22a)
    progress = models.BooleanField(_("Progress"), default=True)
    tasks = models.BooleanField(_("Tasks"), default=True)
    milestones = models.BooleanField(_("Milestones"), default=True)
    documents = models.BooleanField(_("Documents"), default=True)
    upload = models.BooleanField(_("Uploading files"), default=True)
    comments = models.BooleanField(_("Comments"), default=True)
    messages = models.BooleanField(_("Messages"), default=True)
    approvals = models.BooleanField(_("Approvals"), default=True)
    timeline = models.BooleanField(_("Timeline"), default=True)
    invoices = models.BooleanField(_("Invoices"), default=False)
    welcome_messages = models.JSONField(
        _("welcome message"), default=dict, blank=True
    )  # language → text (G1-07)
    colour = models.CharField(_("main colour"), max_length=7, blank=True, validators=[COLOUR])
    logo_id = models.UUIDField(_("logo"), null=True, blank=True)  # a stored file
    notification_defaults = models.JSONField(default=dict, blank=True)  # kind → on by default (G1-09)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.client_id)

    @property
    def guard(self) -> Guard:
        """Configuring a portal is the team's business alone (G2-17e)."""
        return Guard(workspace_id=self.workspace_id, client_id=self.client_id)

    @property
    def switches(self) -> frozenset[Switch]:
        """The switches that are on."""
        return frozenset(switch for switch in Switch if getattr(self, switch.value))

    def welcome_in(self, language: str) -> str:
        """The welcome message in the language, else in any other there is, else nothing."""
        texts: dict[str, str] = self.welcome_messages
        return texts.get(language) or next((text for text in texts.values() if text), "")
