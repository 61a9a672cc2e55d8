"""What was answered to a request that may be sent twice."""

from django.db import models

from parvis.workspaces.models import WorkspaceRow


class KeptAnswer(WorkspaceRow):
    """The answer to one Idempotency-Key of one asker, kept for a day (RELIABILITY G4).

    `asker_id` is the member's id: people stand above this package.
    """

    asker_id = models.UUIDField()
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["workspace", "asker_id", "key"], name="one_answer_per_idempotency_key"
            ),
        )
        indexes = (models.Index(fields=["created_at"], name="kept_answers_by_age"),)

    def __str__(self) -> str:
        return str(self.pk)
