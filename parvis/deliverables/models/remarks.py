"""Remarks: the threads of a deliverable, each tied to a version and perhaps to a spot on it."""

from django.db import models
from django.db.models import Q

from parvis.deliverables.models.deliverables import Deliverable, DeliverableVersion
from parvis.deliverables.querysets import RemarkQuerySet
from parvis.workspaces.models import WorkspaceRow


class Remark(WorkspaceRow):
    """One root comment with its replies (G1-14, G1-15), numbered within the deliverable like its pin.

    The anchor is a file, a page (from 1) and percent coordinates; without one the remark is about
    the version as a whole.
    """

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="remarks")
    version = models.ForeignKey(DeliverableVersion, on_delete=models.CASCADE, related_name="remarks")
    thread = models.OneToOneField("conversations.Thread", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    page = models.PositiveIntegerField(null=True)
    x = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    y = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    handled_in = models.ForeignKey(
        DeliverableVersion, on_delete=models.SET_NULL, null=True, related_name="handled_remarks"
    )  # G1-17
    created_at = models.DateTimeField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint("deliverable", "number", name="one_remark_per_number"),
            models.CheckConstraint(
                condition=Q(x=None, y=None) | Q(x__gte=0, x__lte=100, y__gte=0, y__lte=100),
                name="pins_stand_on_the_page",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_pinned(self) -> bool:
        """Whether it points to a spot (G1-42b)."""
        return self.x is not None
