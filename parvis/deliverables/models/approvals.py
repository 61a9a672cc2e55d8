"""Who has to approve, and what they decided."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.models import Edited
from parvis.deliverables.models.deliverables import Deliverable, DeliverableVersion
from parvis.deliverables.rules import ApprovalOrder, Verdict
from parvis.workspaces.models import WorkspaceRow


class ApprovalPolicy(Edited, WorkspaceRow):
    """How a deliverable is approved (G1-20 to G1-24); its `edition` counts for the approvers, too."""

    deliverable = models.OneToOneField(Deliverable, on_delete=models.CASCADE, related_name="policy")
    required_approvers = models.PositiveSmallIntegerField(
        _("approvals required"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    order = models.CharField(_("order"), max_length=10, choices=ApprovalOrder, default=ApprovalOrder.PARALLEL)
    deadline_days = models.PositiveSmallIntegerField(
        _("deadline in working days"), default=3, null=True, blank=True, validators=[MaxValueValidator(90)]
    )
    reminder_every_days = models.PositiveSmallIntegerField(
        _("remind every … days"), default=1, null=True, blank=True, validators=[MaxValueValidator(30)]
    )
    escalates = models.BooleanField(_("tell the client's owner when the deadline has passed"), default=True)

    def __str__(self) -> str:
        return f"{self.required_approvers}"


class ApproverSlot(WorkspaceRow):
    """A designated approver, with the function they approve in (G1-21, A-31: decision makers only)."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="slots")
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("function"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)  # 0 primary, 1 secondary, …

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint("deliverable", "contact", name="approver_once"),)

    def __str__(self) -> str:
        return str(self.contact_id)


class Decision(WorkspaceRow):
    """A contact's answer to one version, with what exactly they had before them."""

    version = models.ForeignKey(DeliverableVersion, on_delete=models.CASCADE, related_name="decisions")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="decisions")
    slot = models.ForeignKey(ApproverSlot, on_delete=models.SET_NULL, null=True, related_name="decisions")
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=160)
    function = models.CharField(max_length=80, blank=True)
    verdict = models.CharField(max_length=18, choices=Verdict)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # of the version, at this moment
    device_id = models.UUIDField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint("version", "contact", name="one_decision_per_version"),)

    def __str__(self) -> str:
        return f"{self.verdict}"


class VersionVisit(WorkspaceRow):
    """A contact has had a version on the screen (A-36: said by the page itself, or by a comment)."""

    version = models.ForeignKey(DeliverableVersion, on_delete=models.CASCADE, related_name="visits")
    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    commented_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint("version", "contact", name="one_visit_per_version"),)

    def __str__(self) -> str:
        return str(self.contact_id)
