"""What a contact has set aside on the home page."""

from django.db import models

from parvis.workspaces.models import WorkspaceRow


class PortalSnooze(WorkspaceRow):
    """ "Remind me tomorrow": until then the card stands folded below the others.

    It changes nothing else: deadlines and reminders go on.
    """

    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, related_name="+")
    deliverable = models.ForeignKey("deliverables.Deliverable", on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint("contact", "deliverable", name="set_aside_once"),)

    def __str__(self) -> str:
        return f"{self.deliverable_id} until {self.until:%Y-%m-%d}"
